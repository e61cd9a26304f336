import type { FindingGroup } from './report.ts';

const columns = [
  'kind',
  'severity',
  'title',
  'title_ar',
  'file',
  'record',
  'element',
  'value',
  'reason',
  'done',
] as const;

/** Without it, spreadsheets take UTF-8 for something else and spoil every name. */
const byteOrderMark = '\uFEFF';

/** All findings as CSV (RFC 4180, UTF-8 with byte order mark), one a line, with a header. */
export const csvReport = (groups: readonly FindingGroup[]): string => {
  const rows = groups.flatMap(({ findings, ...group }) =>
    findings.map(({ file, record, element, value, reason }) => [
      group.kind,
      group.severity,
      group.title.en,
      group.title.ar,
      file,
      record,
      element,
      value,
      reason,
      group.done,
    ]),
  );
  const lines = [columns, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`);
  return byteOrderMark + lines.join('');
};

/** What a spreadsheet would take for a formula when a cell starts with it. */
const formulaStart = /^[=+\-@\t\r]/;

/** A cell in quotes where it must be; an apostrophe keeps a spreadsheet from running a formula. */
const cellOf = (text: string): string => {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

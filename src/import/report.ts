import { findingKinds } from './finding-kinds.ts';
import type { FindingKind } from './finding-kinds.ts';
import type { Finding } from './findings.ts';
import type { ImportResult } from './import-delivery.ts';
import { csvReport } from './report-csv.ts';
import { htmlReport } from './report-html.ts';
import type { ImportOutcome } from './stages/publish.ts';

/** The formats of a report; each is also the suffix of its file. */
export const reportFormats = ['txt', 'json', 'html', 'csv'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The findings of one kind, with what the kind means and what was done. */
export interface FindingGroup {
  readonly kind: FindingKind;
  readonly severity: (typeof findingKinds)[FindingKind]['severity'];
  readonly title: { readonly en: string; readonly ar: string };
  readonly done: string;
  readonly findings: readonly Finding[];
}

/** Groups findings by kind: errors first, then warnings, then the rest; the most frequent first. */
export const groupFindings = (findings: readonly Finding[]): readonly FindingGroup[] =>
  [...Map.groupBy(findings, ({ kind }) => kind)]
    .map(([kind, same]) => ({ kind, ...findingKinds[kind], findings: same.toSorted(byFile) }))
    .toSorted(
      (one, other) =>
        severityOrder.indexOf(one.severity) - severityOrder.indexOf(other.severity) ||
        other.findings.length - one.findings.length,
    );

/** By file name; what was found in one file stays in the order of the file. */
const byFile = (one: Finding, other: Finding): number =>
  one.file === other.file ? 0 : one.file < other.file ? -1 : 1;

const severityOrder = ['error', 'warning', 'info'];

/** What became of the import, in one sentence. */
export const headline = (result: ImportResult): string => headlines[result.outcome](result);

const changesOf = ({ plan }: ImportResult): string =>
  `${plan.addedQuads} statements added, ${plan.removedQuads} removed`;

const headlines: Readonly<Record<ImportOutcome, (result: ImportResult) => string>> = {
  published: (result) =>
    `Published to ${result.dataset.slug} as commit ${result.commit?.sequence}: ${changesOf(result)}.`,
  unchanged: ({ dataset }) => `Nothing changed: ${dataset.slug} holds exactly this already.`,
  'dry-run': (result) =>
    `Dry run, nothing was changed. Publishing to ${result.dataset.slug} would mean: ${changesOf(result)}.`,
  blocked: ({ validation }) =>
    `Not published: ${validation.violations} constraints of the shared shapes are violated. Nothing was changed.`,
};

/**
 * Writes the report of an import for a cataloguer: what became of it, and for each kind of finding
 * how often, what it means and what was done. The text names a few examples of each kind; JSON, HTML
 * and CSV hold every finding.
 */
export const renderReport = (result: ImportResult, format: ReportFormat): string =>
  renderers[format](result, groupFindings(result.findings));

const renderers: Readonly<
  Record<ReportFormat, (result: ImportResult, groups: readonly FindingGroup[]) => string>
> = {
  txt: (result, groups) => textReport(result, groups),
  json: (result, groups) => jsonReport(result, groups),
  html: (result, groups) => htmlReport(result, headline(result), groups),
  csv: (_, groups) => csvReport(groups),
};

const examplesMax = 3;

const textReport = (result: ImportResult, groups: readonly FindingGroup[]): string => {
  const { counts } = result;
  const lines = [
    headline(result),
    `Read: ${counts['records']} manuscripts, ${counts['pages']} pages, ${counts['quads']} statements, from ${result.files.length} files.`,
    groups.length === 0 ? 'Nothing to report.' : `${result.findings.length} findings:`,
  ];
  for (const { severity, title, done, findings } of groups) {
    lines.push('', `${severity.toUpperCase()}  ${title.en}: ${findings.length}`, `  ${done}`);
    for (const finding of findings.slice(0, examplesMax)) lines.push(`  - ${exampleOf(finding)}`);
    const more = findings.length - examplesMax;
    if (more > 0) lines.push(`  … and ${more} more; the HTML, CSV or JSON report lists them all.`);
  }
  return lines.join('\n');
};

const exampleOf = ({ file, record, element, value, reason }: Finding): string => {
  const name = record === '' ? file : file.split('/').at(-1);
  const place = [name, record, element].filter(Boolean).join(', ');
  return `${place}${value === '' ? '' : ` “${value}”`}: ${reason}`;
};

const jsonReport = (result: ImportResult, groups: readonly FindingGroup[]): string => {
  const { outcome, blocked, dataset, graph, plan, commit, counts, files, validation } = result;
  return JSON.stringify(
    {
      headline: headline(result),
      outcome,
      blocked,
      dataset,
      graph,
      plan,
      commit: commit && {
        sequence: commit.sequence,
        hash: commit.hash,
        recordedAt: commit.recordedAt,
      },
      counts,
      files,
      validation,
      findingCount: result.findings.length,
      findings: groups.map(({ findings, ...group }) => ({
        ...group,
        count: findings.length,
        items: findings,
      })),
    },
    undefined,
    2,
  );
};

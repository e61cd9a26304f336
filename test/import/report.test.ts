import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/import/findings.ts';
import type { ImportResult } from '../../src/import/import-delivery.ts';
import { renderReport } from '../../src/import/report.ts';

const finding = (kind: Finding['kind'], file: string, value = ''): Finding => ({
  kind,
  file,
  record: 'mysql_id_1',
  element: 'origDate',
  value,
  reason: 'Because.',
});

const result: ImportResult = {
  outcome: 'published',
  blocked: false,
  dataset: { slug: 'sample', title: 'Sample <b>', licence: 'https://example.org/licence' },
  graph: 'http://localhost:3030/dataset/sample',
  plan: { addedQuads: 10, removedQuads: 2, created: true },
  commit: undefined,
  findings: [
    finding('date-absent', 'b.xml'),
    finding('key-order', 'b.xml', '=1+1,"x"'),
    finding('key-order', 'a.xml', '<script>alert(1)</script>'),
    finding('record-repeated', 'c.xml'),
    ...Array.from({ length: 5 }, (_, index) => finding('date-absent', `d${index}.xml`)),
  ],
  counts: { records: 3, pages: 7, quads: 10 },
  files: [{ name: 'a.xml', sha256: 'abc', bytes: 5 }],
  validation: { violations: 0, warnings: 0, infos: 0 },
};

describe('The report as text', () => {
  const text = renderReport(result, 'txt');

  it('says first what became of the import', () => {
    expect(text.split('\n')[0]).toContain('10 statements added, 2 removed');
    expect(renderReport({ ...result, outcome: 'unchanged' }, 'txt')).toContain('Nothing changed');
    expect(renderReport({ ...result, outcome: 'dry-run' }, 'txt')).toContain('Dry run');
    expect(renderReport({ ...result, outcome: 'blocked' }, 'txt')).toContain('Not published');
  });

  it('puts errors before warnings before the rest, with counts and what was done', () => {
    const order = [
      'Record delivered twice: 1',
      'Passage that ends before it starts: 2',
      'No date stated: 6',
    ];
    const places = order.map((line) => text.indexOf(line));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toContain('it may be a misbound leaf');
  });

  it('names a few examples and says how many more there are', () => {
    expect(text).toContain('… and 3 more');
    expect(text).toContain('a.xml, mysql_id_1, origDate');
  });
});

describe('The report as JSON', () => {
  it('holds every finding, by kind, with titles in English and Arabic', () => {
    const report: unknown = JSON.parse(renderReport(result, 'json'));
    expect(report).toMatchObject({
      outcome: 'published',
      findingCount: 9,
      findings: [
        { kind: 'record-repeated', severity: 'error', count: 1 },
        { kind: 'key-order', count: 2, items: [{ file: 'a.xml' }, { file: 'b.xml' }] },
        { kind: 'date-absent', count: 6, title: { ar: 'لم يُذكر تاريخ' } },
      ],
    });
  });
});

describe('The report as CSV', () => {
  const csv = renderReport(result, 'csv');

  it('has a header and one line for each finding', () => {
    expect(csv.split('\r\n').slice(0, -1)).toHaveLength(1 + result.findings.length);
    expect(csv).toMatch(
      /^\uFEFFkind,severity,title,title_ar,file,record,element,value,reason,done\r\n/,
    );
  });

  it('quotes what must be quoted and never starts a formula', () => {
    expect(csv).toContain(`"'=1+1,""x"""`);
  });
});

describe('The report as HTML', () => {
  const html = renderReport(result, 'html');

  it('runs nothing that came with the data', () => {
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('Sample &lt;b&gt;');
  });

  it('shows the kinds in English and Arabic, each in its direction', () => {
    expect(html).toContain('<span lang="ar" dir="rtl">لم يُذكر تاريخ</span>');
  });

  it('lists the files with their hashes', () => {
    expect(html).toContain('<td dir="auto">abc</td>');
  });
});

describe('A report without findings', () => {
  it('says so', () => {
    const clean = { ...result, findings: [] };
    expect(renderReport(clean, 'txt')).toContain('Nothing to report.');
    expect(renderReport(clean, 'html')).toContain('Nothing to report.');
  });
});

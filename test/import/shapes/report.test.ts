import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  reportAsJson,
  reportAsQuads,
  reportAsText,
  summarise,
} from '../../../src/import/shapes/report.ts';
import {
  readValidator,
  renderValidationReport,
  validateDocument,
} from '../../../src/import/shapes/validate-document.ts';
import type { ValidationFinding } from '../../../src/import/stages/validate.ts';
import { isnad, rdf, sh } from '../../../src/model/terms.ts';
import { parseRdf } from '../../../src/rdf/parse.ts';
import { literal } from '../../../src/rdf/terms.ts';
import { ontologyFolder } from '../../ontology/shape-examples.ts';

const finding = (changes: Partial<ValidationFinding> = {}): ValidationFinding => ({
  severity: 'violation',
  focusNode: 'https://isnad.example.org/id/manuscript/1',
  path: isnad.folioCount,
  value: literal('many'),
  constraint: sh.DatatypeConstraintComponent,
  shape: 'https://example.org/shape',
  shapeName: { en: 'number of folios', ar: 'عدد الأوراق' },
  messages: { en: 'A whole number is expected.', ar: 'يُنتظر عدد صحيح.' },
  expected: 'a well-formed xsd:integer',
  ...changes,
});

const nodes = { checked: 1, unchecked: 0 };

describe('the validation report', () => {
  it('accepts what has warnings only', () => {
    expect(summarise(3, nodes, [finding({ severity: 'warning' })]).accepted).toBe(true);
    expect(summarise(3, nodes, [finding({ severity: 'warning' }), finding()])).toMatchObject({
      accepted: false,
      quads: 3,
      counts: { violation: 1, warning: 1, info: 0 },
    });
  });

  it('reads as text: counts, then each shape with its message in both languages and the values', () => {
    expect(
      reportAsText(
        summarise(1204, { checked: 58, unchecked: 3 }, [
          finding({
            severity: 'warning',
            shape: 'w',
            value: undefined,
            messages: { en: 'W', ar: 'و' },
          }),
          finding(),
        ]),
      ),
    ).toBe(`Not accepted: 1 violation, 1 warning, 0 remarks.
58 nodes checked, in 1,204 statements. Not checked: 3 nodes without a type that the shapes know.

VIOLATION: number of folios (1)
  A whole number is expected.
  يُنتظر عدد صحيح.
  Shape https://example.org/shape; expected a well-formed xsd:integer.
    <https://isnad.example.org/id/manuscript/1>: "many"

WARNING: number of folios (1)
  W
  و
  Shape w; expected a well-formed xsd:integer.
    <https://isnad.example.org/id/manuscript/1>: no value
`);
  });

  it('counts aloud the nodes it does not show', () => {
    const many = Array.from({ length: 1013 }, (_, index) =>
      finding({ focusNode: `urn:n${index}` }),
    );
    const text = reportAsText(summarise(1, nodes, many));
    expect(text).toContain('<urn:n9>');
    expect(text).not.toContain('<urn:n10>');
    expect(text).toContain('… and 1,003 more; --json lists them all.');
  });

  it('lists every finding as JSON, with the value’s datatype or language', () => {
    const many = Array.from({ length: 13 }, () => finding({ value: literal('نص', 'ar') }));
    expect(reportAsJson(summarise(1, nodes, many))).toMatchObject({
      accepted: false,
      counts: { violation: 13 },
      findings: many.map(() => ({ value: { text: 'نص', language: 'ar' }, path: isnad.folioCount })),
    });
  });

  it('is a sh:ValidationReport that conforms only without any finding', async () => {
    const conforming = await renderValidationReport(summarise(1, nodes, []), 'turtle');
    expect(conforming).toContain('sh:conforms true');
    const turtle = await renderValidationReport(
      summarise(1, nodes, [finding({ severity: 'warning' })]),
      'turtle',
    );
    const quads = await parseRdf(turtle, { mediaType: 'text/turtle', baseIri: 'urn:x' });
    const values = (property: string): string[] =>
      quads
        .filter(({ predicate }) => predicate.value === property)
        .map(({ object }) => object.value);
    expect(values(rdf.type).toSorted()).toEqual(
      [sh.ValidationReport, sh.ValidationResult].toSorted(),
    );
    expect(values(sh.conforms)).toEqual(['false']);
    expect(values(sh.resultSeverity)).toEqual([sh.Warning]);
    expect(values(sh.resultPath)).toEqual([isnad.folioCount]);
    expect(values(sh.resultMessage)).toHaveLength(2);
    expect(quads).toHaveLength(reportAsQuads(summarise(1, nodes, [finding()])).length);
  });
});

describe('a document', async () => {
  const validator = await readValidator(ontologyFolder);
  const options = { mediaType: 'text/turtle', baseIri: 'https://isnad.example.org/' } as const;

  it('tells how many of its nodes no shape speaks of', async () => {
    const summary = await validateDocument(validator, '<a> <urn:p> <b> .', options);
    expect(summary).toMatchObject({ accepted: true, nodes: { checked: 0, unchecked: 1 } });
    expect(await renderValidationReport(summary, 'text')).toContain('Not checked: 1 node without');
  });

  it('is validated as a whole', async () => {
    const text = `<id/page/1> a <${isnad.Page}> .`;
    const summary = await validateDocument(validator, text, options);
    expect(summary).toMatchObject({ quads: 1, nodes: { checked: 1, unchecked: 0 } });
    expect(summary.findings.map((each) => each.path)).toContain(isnad.pageOf);
    expect(summary.accepted).toBe(false);
  });

  it('gives the report that docs/validation.md shows', async () => {
    const page = readFileSync(path.join(ontologyFolder, '..', 'docs', 'validation.md'), 'utf8');
    const [, file = ''] = /```turtle\n([^`]+)```/.exec(page) ?? [];
    const [, shown] = /```text\n([^`]+)```/.exec(page) ?? [];
    const baseIri = 'http://localhost:3030/';
    const summary = await validateDocument(validator, file, { ...options, baseIri });
    expect(await renderValidationReport(summary, 'text')).toBe(shown);
  });

  it('that cannot be parsed is an error with its line, not a finding', async () => {
    await expect(validateDocument(validator, '\n<a> <b> .', options)).rejects.toMatchObject({
      code: 'rdf-syntax',
      position: { line: 2 },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { hasDatatype, storedDatatypes } from '../../../src/import/shapes/datatypes.ts';
import { rdf, xsd } from '../../../src/model/terms.ts';
import { literal, typedLiteral } from '../../../src/rdf/terms.ts';

const wellFormed: readonly (readonly [datatype: string, text: string])[] = [
  [xsd.string, ''],
  [xsd.string, '𐩠 😀'],
  [xsd.boolean, 'true'],
  [xsd.boolean, '0'],
  [xsd.integer, '-007'],
  [xsd.decimal, '.5'],
  [xsd.decimal, '282'],
  [xsd.double, '1E-3'],
  [xsd.double, '-INF'],
  [xsd.date, '0750-02-28'],
  [xsd.date, '2024-02-29'],
  [xsd.date, '-0044-03-15Z'],
  [xsd.date, '2000-02-29+03:00'],
  [xsd.dateTime, '2026-11-22T23:55:01.5Z'],
  [xsd.dateTime, '2026-11-22T24:00:00'],
  [xsd.gYear, '0750'],
  [xsd.gYear, '12026'],
  [xsd.anyURI, 'https://example.org/%D8%A7?x=1#y'],
];

const malformed: readonly (readonly [datatype: string, text: string])[] = [
  [xsd.boolean, 'yes'],
  [xsd.integer, '1.0'],
  [xsd.integer, ''],
  [xsd.integer, ' 1'],
  [xsd.decimal, '1e3'],
  [xsd.decimal, '.'],
  [xsd.double, 'inf'],
  [xsd.date, '0750'],
  [xsd.date, '750-01-01'],
  [xsd.date, '0750-02-29'],
  [xsd.date, '1900-02-29'],
  [xsd.date, '0750-04-31'],
  [xsd.date, '0750-13-01'],
  [xsd.dateTime, '2026-11-22'],
  [xsd.dateTime, '2026-02-30T00:00:00Z'],
  [xsd.dateTime, '2026-11-22T24:00:01'],
  [xsd.gYear, '750'],
  [xsd.anyURI, 'not an address'],
];

describe('datatypes', () => {
  it.each(wellFormed)('%s accepts "%s"', (datatype, text) => {
    expect(hasDatatype(typedLiteral(text, datatype), datatype)).toBe(true);
  });

  it.each(malformed)('%s refuses "%s"', (datatype, text) => {
    expect(hasDatatype(typedLiteral(text, datatype), datatype)).toBe(false);
  });

  it('tell text with a language from plain text', () => {
    expect(hasDatatype(literal('نص', 'ar'), rdf.langString)).toBe(true);
    expect(hasDatatype(literal('نص', 'ar'), xsd.string)).toBe(false);
    expect(hasDatatype(literal('text'), rdf.langString)).toBe(false);
  });

  it('are the ten that the store keeps as they are', () => {
    expect(storedDatatypes).toHaveLength(10);
    expect(storedDatatypes).not.toContain(xsd.int);
  });
});

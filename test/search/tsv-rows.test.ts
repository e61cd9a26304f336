import { describe, expect, it } from 'vitest';
import { integerIn, iriIn, textIn, tsvRows } from '../../src/search/tsv-rows.ts';

const rowsOf = (text: string): readonly (readonly string[])[] => [
  ...tsvRows(new TextEncoder().encode(text)),
];

describe('a SPARQL TSV answer', () => {
  it('is read row by row without its header, unbound cells empty', () => {
    expect(rowsOf('?a\t?b\n<http://a/1>\t\n\t12\n')).toEqual([
      ['<http://a/1>', ''],
      ['', '12'],
    ]);
    expect(rowsOf('?a\n')).toEqual([]);
    expect(rowsOf('')).toEqual([]);
  });

  it('tells IRIs, numbers and texts apart', () => {
    expect(iriIn('<http://a/1>')).toBe('http://a/1');
    expect(iriIn('"http://a/1"')).toBeUndefined();
    expect(integerIn('255')).toBe(255);
    expect(integerIn('"7"^^<http://www.w3.org/2001/XMLSchema#integer>')).toBe(7);
    expect(integerIn('1.5')).toBeUndefined();
    expect(integerIn('')).toBeUndefined();
    expect(textIn('')).toBeUndefined();
    expect(textIn('<http://a/1>')).toBeUndefined();
  });

  it('keeps text, its language and every escaped character', () => {
    expect(textIn('"مصحف"@ar')).toEqual({ value: 'مصحف', language: 'ar' });
    expect(textIn(String.raw`"a\tb\nc\"d\\e\u0628\U0001F600"`)).toEqual({
      value: 'a\tb\nc"d\\eب😀',
      language: '',
    });
    expect(textIn('"0750-01-01"^^<http://www.w3.org/2001/XMLSchema#date>')).toEqual({
      value: '0750-01-01',
      language: '',
    });
    expect(textIn('true')).toEqual({ value: 'true', language: '' });
  });
});

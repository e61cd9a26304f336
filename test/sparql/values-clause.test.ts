import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSparql } from '../../src/sparql/parser.ts';
import { tokensOf } from '../../src/sparql/tokens.ts';
import { valuesOf } from '../../src/sparql/values-clause.ts';

const queryWith = (clause: string): string => `SELECT ?thing { ${clause} ?thing ?p ?o }`;
const parse = (text: string) => parseSparql(text, '', tokensOf(text));

describe('a list of names in a query', () => {
  it('is a VALUES clause, also when it is empty', () => {
    expect(valuesOf('thing', ['http://a.example/1', 'http://a.example/مصحف'])).toBe(
      'VALUES ?thing { <http://a.example/1> <http://a.example/مصحف> }',
    );
    expect(parse(queryWith(valuesOf('thing', []))).type).toBe('query');
  });

  it.each([
    'http://a.example/> } DROP ALL #',
    '> ?s ?p ?o . <',
    'http://a.example/\\u003E',
    'http://a.example/a b',
    'http://a.example/\n',
    'http://a.example/"x"',
    'http://a.example/{x}',
    'http://a.example/|^`',
    '\u0000',
  ])('refuses %j, which could end the clause or is no IRI', (hostile) => {
    expect(() => valuesOf('thing', [hostile])).toThrow(
      expect.objectContaining({ code: 'query-failed' }),
    );
  });

  it('never becomes anything but one list of names, whatever the names hold', () => {
    const pieces = fc.constantFrom(
      'http://a.example/',
      '>',
      '<',
      '}',
      '\\',
      '"',
      "'",
      '#',
      ';',
      'é',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), (parts) => {
        const name = `http://a.example/${parts.join('')}`;
        let clause: string;
        try {
          clause = valuesOf('thing', [name]);
        } catch {
          return;
        }
        expect(clause.slice('VALUES ?thing { <'.length, -'> }'.length)).toBe(name);
        expect(name).not.toMatch(/[ \n\r\t<>"{}|^`\\]/);
      }),
    );
  });
});

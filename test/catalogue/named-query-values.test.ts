import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNamedQuery, type ParameterKind } from '../../src/catalogue/named-query.ts';
import { fillParameters } from '../../src/catalogue/named-query-values.ts';
import { isIsnadError, type IsnadError } from '../../src/errors.ts';

const header = '#+ title: A?\n#+ title@ar: أ؟\n#+ area: research\n#+ about: b\n#+ about@ar: ب\n';

const question = (lines: Readonly<Record<string, string>>) =>
  parseNamedQuery(
    'planted',
    header +
      Object.entries(lines)
        .map(([name, line]) => `#+ param ${name}: ${line} | help\n#+ param@ar ${name}: عون\n`)
        .join(''),
  );

const defaults: Record<ParameterKind, string> = {
  verse: '2:255',
  year: '0750',
  date: '2026-12-01',
  text: 'word',
  concept: 'script/kufi',
  integer: '7',
};

const bound = (kind: ParameterKind, value: string | undefined) => {
  const { bindings } = fillParameters(question({ x: `${kind} = ${defaults[kind]}` }), { x: value });
  const term = bindings['x'];
  const datatype = term?.termType === 'Literal' ? term.datatype.value.split('#')[1] : 'iri';
  return `${term?.value} ${datatype}`;
};

const errorOf = (work: () => unknown): IsnadError => {
  try {
    work();
  } catch (error) {
    if (isIsnadError(error)) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
};

/** The datatype of what a value becomes, or the code of its refusal. */
const outcomeOf = (kind: ParameterKind, value: string): string | undefined => {
  try {
    return bound(kind, value)
      .split(/ (?=\w+$)/)
      .at(-1);
  } catch (error) {
    return isIsnadError(error) ? error.code : String(error);
  }
};

describe('the values of a question', () => {
  it.each<[ParameterKind, string | undefined, string]>([
    ['verse', '2:255', '262 integer'],
    ['verse', ' ٢:٢٥٥ ', '262 integer'],
    ['verse', '', '262 integer'],
    ['year', '750', '0750-01-01 date'],
    ['year', '0001', '0001-01-01 date'],
    ['date', '2028-02-29', '2028-02-29 date'],
    ['text', 'نص " } #', 'نص " } # string'],
    ['text', '', ' string'],
    ['text', undefined, 'word string'],
    ['concept', 'script/hijazi-i', 'https://w3id.org/isnad/vocabulary/script/hijazi-i iri'],
    ['concept', 'hijazi', 'https://w3id.org/isnad/vocabulary/script/hijazi iri'],
    ['integer', '-12', '-12 integer'],
  ])('%s %j becomes %s', (kind, value, expected) => {
    expect(bound(kind, value)).toBe(expected);
  });

  it.each<[ParameterKind, string]>([
    ['verse', '2:255-2:257'],
    ['year', '0'],
    ['year', '12000'],
    ['year', '750 OR 1=1'],
    ['date', '2026-02-30'],
    ['date', '0000-01-01'],
    ['date', '2026-12-01T00:00:00Z'],
    ['concept', 'material/parchment'],
    ['concept', 'script/kufi> <x'],
    ['concept', 'script/../x'],
    ['concept', 'https://w3id.org/isnad/vocabulary/script/kufi'],
    ['integer', '1.5'],
    ['integer', '1e3'],
  ])('%s %j is refused, naming what is allowed', (kind, value) => {
    const { code, extra } = errorOf(() => bound(kind, value));
    expect(code).toBe('invalid-parameter');
    expect(extra).toMatchObject({
      parameter: 'x',
      allowed: [expect.stringMatching(/^an? |^any /)],
    });
  });

  it('names the length of the sūra for a verse it does not have', () => {
    const error = errorOf(() => bound('verse', '2:900'));
    expect(error.code).toBe('verse-reference');
    expect(error.message).toMatch(/^x is .* has 286 verses/);
  });

  const range = question({ from: 'verse = 2:255', to: 'verse = ?from' });
  it('of a range follow its start, and may not end before it', () => {
    expect(fillParameters(range, { from: '3:1' }).values).toEqual({ from: '3:1', to: '3:1' });
    expect(errorOf(() => fillParameters(range, { from: '3:1', to: '2:1' })).code).toBe(
      'verse-reference',
    );
  });

  it('of a parameter the question does not have are refused, naming those it has', () => {
    const { code, extra } = errorOf(() => fillParameters(range, { form: '3:1' }));
    expect(code).toBe('invalid-parameter');
    expect(extra).toEqual({ parameter: 'form', allowed: ['from', 'to'] });
  });

  it('are terms of their kind, or refused with a code of the catalogue, whatever is given', () => {
    const expected: Record<ParameterKind, string> = {
      verse: 'integer',
      year: 'date',
      date: 'date',
      text: 'string',
      concept: 'iri',
      integer: 'integer',
    };
    const kinds = fc.constantFrom<ParameterKind>('verse', 'year', 'date', 'text', 'concept');
    const values = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\d:/-]{1,8}$/));
    fc.assert(
      fc.property(kinds, values, (kind, value) => {
        expect(['invalid-parameter', 'verse-reference', expected[kind]]).toContain(
          outcomeOf(kind, value),
        );
      }),
    );
  });
});

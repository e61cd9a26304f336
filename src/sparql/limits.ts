import { IsnadError } from '../errors.ts';
import { placeOf, type Token } from './tokens.ts';

/**
 * How large a query may be before it is parsed. The limits lie far above what people and tools write
 * and below the sizes at which parsers recurse out of their stack
 * (the engine dies for good of 240 nested calls, of 832 BIND, of 2304 operators in a row).
 */
export const queryLimits = {
  characters: { most: 262_144, what: 'characters' },
  depth: { most: 64, what: 'levels of nesting' },
  operators: { most: 1000, what: 'operators' },
  clauses: { most: 400, what: 'UNION, OPTIONAL, MINUS, BIND, FILTER, GRAPH and SELECT clauses' },
  commas: { most: 10_000, what: 'listed values' },
} as const;

type Limit = keyof typeof queryLimits;

const opening = new Set(['(', '[', '{']);
const closing = new Set([')', ']', '}']);
const operators = new Set([
  '!',
  '+',
  '-',
  '*',
  '/',
  '||',
  '&&',
  '|',
  '^',
  '=',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
]);
const clauses = new Set([
  'UNION',
  'OPTIONAL',
  'MINUS',
  'BIND',
  'FILTER',
  'GRAPH',
  'SELECT',
  'EXISTS',
]);

const refuse = (limit: Limit, text: string, offset: number): never => {
  const { most, what } = queryLimits[limit];
  throw new IsnadError('query-unsupported', `The query has more than ${most} ${what}.`, {
    position: placeOf(text, offset),
    extra: { limit: most, unit: what },
  });
};

/**
 * Refuses a text that is too long to be looked at.
 *
 * @throws IsnadError `query-unsupported`
 */
export const checkLength = (text: string): void => {
  if (text.length > queryLimits.characters.most)
    refuse('characters', text, queryLimits.characters.most);
};

const countedAs = ({ kind, text }: Token): Limit | undefined => {
  if (kind === 'word') return clauses.has(text.toUpperCase()) ? 'clauses' : undefined;
  if (kind !== 'mark') return undefined;
  if (text === ',') return 'commas';
  return operators.has(text) ? 'operators' : undefined;
};

/**
 * Refuses a query that is nested too deep or has too many parts for any parser to be safe.
 *
 * @throws IsnadError `query-unsupported` with the place where the limit is passed
 */
export const checkLimits = (text: string, tokens: readonly Token[]): void => {
  const counts: Record<Limit, number> = {
    characters: 0,
    depth: 0,
    operators: 0,
    clauses: 0,
    commas: 0,
  };
  const count = (limit: Limit, offset: number): void => {
    counts[limit] += 1;
    if (counts[limit] > queryLimits[limit].most) refuse(limit, text, offset);
  };
  for (const token of tokens) {
    const limit = countedAs(token);
    if (limit) count(limit, token.offset);
    if (token.kind !== 'mark') continue;
    if (opening.has(token.text)) count('depth', token.offset);
    if (closing.has(token.text)) counts.depth -= 1;
  }
};

import { hash } from 'node:crypto';
import type { QueryShape } from '../store/store.ts';
import { isLikelyLong } from './likely-long.ts';
import type { Query } from './parser.ts';
import { isNode, type TreeNode } from './syntax-tree.ts';

/**
 * The shape of a query: what stays of it when its prefixes are resolved, its variables and blank nodes
 * numbered in order of appearance, and its comments, spaces and spellings of keywords forgotten.
 *
 * @param query the syntax tree, with relative IRIs as they stand
 */
export const shapeOf = (query: Query): QueryShape => ({
  key: hashOf(query, false),
  form: hashOf(query, true),
  startsHeavy: isLikelyLong(query),
});

/** @param masked whether constants are left out, but for predicates, which tell most of the cost */
const hashOf = (query: Query, masked: boolean): string => {
  const state: State = { names: new Map(), prefixes: new Map(), masked };
  const normal = JSON.stringify(normalise(query, state, false));
  return hash('sha256', normal, 'base64url');
};

interface State {
  /** Variables and blank nodes by name, with the number they get. */
  readonly names: Map<string, number>;
  readonly prefixes: Map<string, string>;
  readonly masked: boolean;
}

const numbered = (name: string, { names }: State): string => {
  const number = names.get(name) ?? names.size;
  names.set(name, number);
  return `?${number}`;
};

const normalise = (value: unknown, state: State, isPredicate: boolean): unknown => {
  if (Array.isArray(value))
    return value
      .map((each) => normalise(each, state, isPredicate))
      .filter((each) => each !== undefined);
  if (!isNode(value)) return state.masked && typeof value === 'number' ? 0 : value;
  if (value.type === 'term') return normaliseTerm(value, state, isPredicate);
  if (value.type === 'contextDef') return normaliseContext(value, state);
  if (value.type === 'pattern' && value.subType === 'values') return normaliseValues(value, state);
  const keys = Object.keys(value).filter((key) => key !== 'loc');
  // The declarations come first, for the terms need them; else the order of the text.
  return keys
    .toSorted((a, b) => Number(b === 'context') - Number(a === 'context'))
    .map((key) => [key, normalise(value[key], state, isPredicate || key === 'predicate')]);
};

const normaliseTerm = (term: TreeNode, state: State, isPredicate: boolean): unknown => {
  const { subType, value, prefix, label, langOrIri } = term;
  if (subType === 'variable') return numbered(`?${String(value)}`, state);
  if (subType === 'blankNode') return numbered(`_:${String(label)}`, state);
  if (state.masked && !isPredicate) return subType;
  if (subType !== 'namedNode') return [subType, value, normalise(langOrIri, state, true)];
  const start = typeof prefix === 'string' ? (state.prefixes.get(prefix) ?? '') : '';
  return `<${start}${String(value)}>`;
};

/** A prefix is resolved where it is used; a base stays, for relative IRIs stand as they are. */
const normaliseContext = (definition: TreeNode, state: State): unknown => {
  const { subType, key, value } = definition;
  if (subType !== 'prefix') return normalise(value, state, true);
  const iri = isNode(value) ? String(value['value']) : '';
  state.prefixes.set(String(key), iri);
  return undefined;
};

/** The rows name the variables as keys. */
const normaliseValues = ({ variables, values }: TreeNode, state: State): unknown => {
  const names = Array.isArray(variables)
    ? variables.flatMap((each: unknown) => (isNode(each) ? [String(each['value'])] : []))
    : [];
  const rows = Array.isArray(values) ? values : [];
  const cells = (row: unknown): unknown[] =>
    names.map((name) => (isNode(row) ? (normalise(row[name], state, false) ?? null) : null));
  // A hundred rows are about as long as one in the lanes' eyes; that there are many may matter.
  const shown = state.masked ? [rows.length > 100] : rows.map(cells);
  return ['values', names.map((name) => numbered(`?${name}`, state)), shown];
};

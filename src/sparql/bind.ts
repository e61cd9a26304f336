import { Generator } from '@traqula/generator-sparql-1-1';
import { IsnadError } from '../errors.ts';
import { rdf, xsd } from '../model/terms.ts';
import { isStorableIri, isStorableLanguageTag } from '../rdf/stored-form/names.ts';
import type { Literal, NamedNode } from '../rdf/terms.ts';
import { parseSparql, type Query } from './parser.ts';
import { type TreeNode, walk } from './syntax-tree.ts';
import { tokensOf } from './tokens.ts';

/** Values of a query's parameters: the names of its variables, and a term for each. */
export type Bindings = Readonly<Record<string, NamedNode | Literal>>;

/** A node of the tree that is being filled in. */
type Draft = Record<string, unknown>;

const refuse = (detail: string): never => {
  throw new IsnadError('invalid-parameter', detail);
};

const iriNode = (iri: string, loc: unknown): Draft => {
  if (!isStorableIri(iri)) refuse(`"${iri}" is not an absolute IRI.`);
  return { type: 'term', subType: 'namedNode', value: iri, loc };
};

const literalNode = ({ value, language, datatype }: Literal, loc: unknown): Draft => {
  const text = { type: 'term', subType: 'literal', value: value.toWellFormed(), loc };
  if (language !== '') {
    if (!isStorableLanguageTag(language.toLowerCase())) refuse(`"${language}" is no language tag.`);
    return { ...text, langOrIri: language };
  }
  const isPlain = datatype.value === xsd.string || datatype.value === rdf.langString;
  return { ...text, langOrIri: isPlain ? undefined : iriNode(datatype.value, loc) };
};

const termNode = (term: NamedNode | Literal, loc: unknown): Draft =>
  term.termType === 'NamedNode' ? iriNode(term.value, loc) : literalNode(term, loc);

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const draftsIn = (value: unknown): Draft[] => (Array.isArray(value) ? value.filter(isDraft) : []);

/** One run of filling in: the terms, the names met, and the variables that stay variables. */
interface Filling {
  readonly bindings: Bindings;
  readonly met: Set<string>;
  readonly kept: WeakSet<object>;
}

const boundTerm = ({ bindings }: Filling, node: unknown): NamedNode | Literal | undefined => {
  if (!isDraft(node) || node['type'] !== 'term' || node['subType'] !== 'variable') return undefined;
  const name = String(node['value']);
  return Object.hasOwn(bindings, name) ? bindings[name] : undefined;
};

const needsIri = (filling: Filling, node: unknown, where: string): void => {
  const term = boundTerm(filling, node);
  if (term && term.termType !== 'NamedNode')
    refuse(`"${term.value}" is not an IRI, as ${where} must be.`);
};

const mayNotAssign = (filling: Filling, node: unknown): void => {
  if (boundTerm(filling, node) && isDraft(node))
    throw new IsnadError(
      'internal',
      `The query assigns its own parameter ?${String(node['value'])}.`,
    );
};

/** A parameter among the columns stays a column: `(term AS ?name)`. */
const fillColumns = (filling: Filling, query: Draft): void => {
  if (!Array.isArray(query['variables'])) return;
  query['variables'] = query['variables'].map((column: unknown) => {
    const term = boundTerm(filling, column);
    if (!term || !isDraft(column)) return column;
    filling.met.add(String(column['value']));
    filling.kept.add(column);
    const { loc } = column;
    return {
      type: 'pattern',
      subType: 'bind',
      expression: termNode(term, loc),
      variable: column,
      loc,
    };
  });
};

/** GROUP BY takes no constant by itself, but a call of one. */
const fillGroups = (filling: Filling, group: Draft): void => {
  for (const { variable } of draftsIn(group['groupings'])) mayNotAssign(filling, variable);
  if (!Array.isArray(group['groupings'])) return;
  group['groupings'] = group['groupings'].map((each: unknown) =>
    boundTerm(filling, each) && isDraft(each)
      ? {
          type: 'expression',
          subType: 'operation',
          operator: 'str',
          args: [each],
          loc: each['loc'],
        }
      : each,
  );
};

/** `BOUND(?name)` of a parameter is true. */
const fillBound = (filling: Filling, call: Draft): void => {
  const [argument] = draftsIn(call['args']);
  if (!argument || !boundTerm(filling, argument)) return;
  filling.met.add(String(argument['value']));
  const { loc } = call;
  const yes = {
    type: 'term',
    subType: 'literal',
    value: 'true',
    langOrIri: iriNode(xsd.boolean, loc),
  };
  Object.assign(call, yes, { args: undefined, operator: undefined });
};

/** What must be seen to before the variables inside a node are replaced, by the node's kind. */
const byKind: Readonly<Record<string, (filling: Filling, node: Draft) => void>> = {
  'query select': fillColumns,
  'query describe': (filling, query) => {
    for (const each of draftsIn(query['variables'])) needsIri(filling, each, 'what is described');
  },
  'solutionModifier group': fillGroups,
  'pattern bind': (filling, node) => {
    if (!isDraft(node['variable']) || !filling.kept.has(node['variable']))
      mayNotAssign(filling, node['variable']);
  },
  'pattern values': (filling, node) => {
    for (const each of draftsIn(node['variables'])) mayNotAssign(filling, each);
  },
  'pattern graph': (filling, node) => needsIri(filling, node['name'], 'the name of a graph'),
  'triple undefined': (filling, node) => {
    needsIri(filling, node['subject'], 'a subject');
    needsIri(filling, node['predicate'], 'a property');
  },
};

const isBoundCall = ({ type, subType, operator }: TreeNode): boolean =>
  type === 'expression' && subType === 'operation' && operator === 'bound';

const fill = (query: Query, filling: Filling): void => {
  for (const node of walk(query)) {
    if (!isDraft(node)) continue;
    byKind[`${String(node['type'])} ${String(node['subType'])}`]?.(filling, node);
    if (isBoundCall(node)) fillBound(filling, node);
    const term = filling.kept.has(node) ? undefined : boundTerm(filling, node);
    if (!term) continue;
    filling.met.add(String(node['value']));
    Object.assign(node, termNode(term, node['loc']));
  }
};

const parsedQueries = new Map<string, Query>();
const parsedQueriesMax = 200;

/** Parses a query of our own once; the few there are stay parsed. */
const parseOnce = (text: string): Query => {
  const known = parsedQueries.get(text);
  if (known) return known;
  const parsed = parseSparql(text, '', tokensOf(text));
  if (parsed.type !== 'query')
    throw new IsnadError('query-syntax', 'An update takes no parameters.');
  if (parsedQueries.size >= parsedQueriesMax) parsedQueries.clear();
  parsedQueries.set(text, parsed);
  return parsed;
};

const generator = new Generator();

/**
 * Puts terms in the place of a query's variables, on its syntax tree: whatever a term holds, it stays
 * one term. A variable among the columns of SELECT stays a column with that value.
 *
 * @param text a query of our own, such as one of `queries/*.rq`
 * @returns the query for the engine
 * @throws IsnadError `invalid-parameter` for a malformed IRI or language tag, or a literal where only
 *   an IRI can stand; `query-syntax`; `internal` when the query does not have the variable, or assigns it
 */
export const bindTerms = (text: string, bindings: Bindings): string => {
  const query = structuredClone(parseOnce(text));
  const filling: Filling = { bindings, met: new Set(), kept: new WeakSet() };
  fill(query, filling);
  const missing = Object.keys(bindings).filter((name) => !filling.met.has(name));
  if (missing.length > 0)
    throw new IsnadError('internal', `The query has no variable ?${missing.join(', ?')}.`);
  return generator.generate(query);
};

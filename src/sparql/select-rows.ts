import { IsnadError } from '../errors.ts';
import { blankNode, literal, namedNode, typedLiteral } from '../rdf/terms.ts';
import type { BlankNode, Literal, NamedNode } from '../rdf/terms.ts';
import { askedBy } from './asker.ts';
import type { Asker } from '../turns.ts';
import type { Bindings } from './bind.ts';
import type { QueryServices } from './query-services.ts';

/** One solution: the terms of the variables that have one. */
export type Row = Readonly<Record<string, NamedNode | Literal | BlankNode | undefined>>;

/** The answer of a SELECT query. */
export interface Rows {
  readonly variables: readonly string[];
  readonly rows: readonly Row[];
  /** Sequence of the commit the answer was computed at. */
  readonly commit: number;
}

export interface SelectOptions extends Asker {
  /** Terms for the query's parameters. */
  readonly bindings?: Bindings;
  /** When the answer is due, in milliseconds of `Date.now()`; by default `queryTimeoutMs` from now. */
  readonly deadlineAt?: number;
}

/** SPARQL 1.1 Query Results JSON, as the engine writes it. */
interface ResultsJson {
  readonly head: { readonly vars: readonly string[] };
  readonly results: { readonly bindings: readonly Readonly<Record<string, TermJson>>[] };
}
interface TermJson {
  readonly type: 'uri' | 'literal' | 'bnode';
  readonly value: string;
  readonly 'xml:lang'?: string;
  readonly datatype?: string;
}

const toTerm = (json: TermJson): NamedNode | Literal | BlankNode => {
  if (json.type === 'uri') return namedNode(json.value);
  if (json.type === 'bnode') return blankNode(json.value);
  if (json['xml:lang'] !== undefined) return literal(json.value, json['xml:lang']);
  return json.datatype === undefined
    ? literal(json.value)
    : typedLiteral(json.value, json.datatype);
};

const toRow = (binding: Readonly<Record<string, TermJson>>): Row =>
  Object.fromEntries(Object.entries(binding).map(([name, json]) => [name, toTerm(json)]));

/** The grammar is loaded when it is needed: most commands, and the start of the service, do without it. */
const bound = async (query: string, bindings: Bindings): Promise<string> => {
  const { bindTerms } = await import('./bind.ts');
  return bindTerms(query, bindings);
};

/**
 * Asks one of our own SELECT queries and gives its rows as RDF terms. The text is trusted and so not
 * analysed; values from users come in as `bindings`.
 *
 * @throws IsnadError as `Store.query` and `bindTerms`
 */
export const selectRows = async (
  { store, iris, settings }: QueryServices,
  query: string,
  { bindings, deadlineAt, ...asker }: SelectOptions = {},
): Promise<Rows> => {
  const answer = await store.query({
    query: bindings ? await bound(query, bindings) : query,
    mediaType: 'application/sparql-results+json',
    defaultGraph: settings.defaultGraph,
    baseIri: iris.base,
    deadlineAt: deadlineAt ?? Date.now() + settings.queryTimeoutMs,
    resultBytesMax: settings.resultBytesMax,
    ...askedBy(asker),
  });
  const json: ResultsJson = JSON.parse(new TextDecoder().decode(answer.body));
  if (!Array.isArray(json.head.vars)) throw new IsnadError('internal', 'The query is no SELECT.');
  return {
    variables: json.head.vars,
    rows: json.results.bindings.map((binding) => toRow(binding)),
    commit: answer.commit,
  };
};

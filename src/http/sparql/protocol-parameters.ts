import { IsnadError } from '../../errors.ts';
import { isStorableIri } from '../../rdf/stored-form/names.ts';
import type { QueryRequest } from '../../store/store.ts';

/** What a request of the SPARQL 1.1 Protocol asks for. */
export interface SparqlParameters {
  /** Nothing when the request holds no query at all. */
  readonly query: string | undefined;
  /** The dataset the request names, which replaces the query's own. */
  readonly graphs: QueryRequest['graphs'];
  /** Nothing when the format is left to Accept; the empty text when it was offered and not chosen. */
  readonly format: string | undefined;
}

/** Names under which clients send a format; some send all of them at once. */
const formatNames = ['format', 'output', 'results'] as const;
const repeatable = ['default-graph-uri', 'named-graph-uri'] as const;
const single = ['query', ...formatNames, 'lang'] as const;

const usingNames = ['using-graph-uri', 'using-named-graph-uri'] as const;

/** What an update request of the SPARQL 1.1 Protocol asks for. */
export interface UpdateParameters {
  readonly update: string;
  /** The dataset of every WHERE, where the request names one. */
  readonly using: QueryRequest['graphs'];
}

const refuse = (parameter: string, reason: string, allowed: readonly string[]): never => {
  throw new IsnadError('invalid-parameter', reason, {
    extra: { parameter: parameter.slice(0, 80), allowed },
  });
};

type Pairs = readonly (readonly [name: string, value: string])[];

const valuesOf = (pairs: Pairs, name: string): string[] =>
  pairs.filter(([each]) => each === name).map(([, value]) => value);

const graphIris = (pairs: Pairs, name: string): string[] => {
  const iris = valuesOf(pairs, name);
  for (const iri of iris)
    if (!isStorableIri(iri))
      refuse(name, `${name} is “${iri.slice(0, 80)}”, not an absolute IRI.`, [name]);
  return iris;
};

/** The graphs that one parameter names as default and the other as named ones, if any. */
const graphsOf = (
  pairs: Pairs,
  [forDefault, forNamed]: readonly [string, string],
): QueryRequest['graphs'] => {
  const graphs = { default: graphIris(pairs, forDefault), named: graphIris(pairs, forNamed) };
  return graphs.default.length + graphs.named.length > 0 ? graphs : undefined;
};

const checkNames = (pairs: Pairs, once: readonly string[], repeated: readonly string[]): void => {
  const allowed = [...once, ...repeated];
  for (const [name] of pairs)
    if (!allowed.includes(name))
      refuse(name, `There is no parameter “${name.slice(0, 80)}” here.`, allowed);
  for (const name of once)
    if (valuesOf(pairs, name).length > 1) refuse(name, `${name} is given more than once.`, allowed);
};

const formatOf = (pairs: Pairs): string | undefined => {
  const given = new Set(formatNames.flatMap((name) => valuesOf(pairs, name)));
  if (given.size > 1) refuse('format', 'The parameters name several formats.', formatNames);
  const [format] = given;
  return format;
};

/**
 * Reads the parameters of a query request, wherever they stood.
 *
 * @throws IsnadError `invalid-parameter` for one that is unknown, repeated or malformed, naming those
 *   that are allowed
 */
export const readSparqlParameters = (pairs: Pairs): SparqlParameters => {
  checkNames(pairs, single, repeatable);
  const [query] = valuesOf(pairs, 'query');
  return { query, format: formatOf(pairs), graphs: graphsOf(pairs, repeatable) };
};

/**
 * Reads the parameters of an update request, wherever they stood.
 *
 * @throws IsnadError `invalid-parameter`, also when there is no update
 */
export const readUpdateParameters = (pairs: Pairs): UpdateParameters => {
  checkNames(pairs, ['update'], usingNames);
  const [update] = valuesOf(pairs, 'update');
  if (update === undefined)
    throw new IsnadError('invalid-parameter', 'The request holds no update.', {
      extra: { parameter: 'update' },
    });
  return { update, using: graphsOf(pairs, usingNames) };
};

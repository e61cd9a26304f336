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
const allowed: readonly string[] = [...single, ...repeatable];

const refuse = (parameter: string, reason: string): never => {
  throw new IsnadError('invalid-parameter', reason, {
    extra: { parameter: parameter.slice(0, 80), allowed },
  });
};

type Pairs = readonly (readonly [name: string, value: string])[];

const valuesOf = (pairs: Pairs, name: string): string[] =>
  pairs.filter(([each]) => each === name).map(([, value]) => value);

const graphIris = (pairs: Pairs, name: (typeof repeatable)[number]): string[] => {
  const iris = valuesOf(pairs, name);
  for (const iri of iris)
    if (!isStorableIri(iri)) refuse(name, `${name} is “${iri.slice(0, 80)}”, not an absolute IRI.`);
  return iris;
};

const checkNames = (pairs: Pairs): void => {
  for (const [name] of pairs)
    if (!allowed.includes(name)) refuse(name, `There is no parameter “${name.slice(0, 80)}” here.`);
  for (const name of single)
    if (valuesOf(pairs, name).length > 1) refuse(name, `${name} is given more than once.`);
};

const formatOf = (pairs: Pairs): string | undefined => {
  const given = new Set(formatNames.flatMap((name) => valuesOf(pairs, name)));
  if (given.size > 1) refuse('format', 'The parameters name several formats.');
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
  checkNames(pairs);
  const [query] = valuesOf(pairs, 'query');
  const [defaults, named] = repeatable.map((name) => graphIris(pairs, name));
  const hasDataset = (defaults?.length ?? 0) + (named?.length ?? 0) > 0;
  return {
    query,
    format: formatOf(pairs),
    ...(hasDataset
      ? { graphs: { default: defaults ?? [], named: named ?? [] } }
      : { graphs: undefined }),
  };
};

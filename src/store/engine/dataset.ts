import type { DefaultGraph, NamedNode } from 'oxigraph/web.js';
import { IsnadError } from '../../errors.ts';
import { isStorableIri } from '../../rdf/stored-form/names.ts';
import type { EngineQuery } from './calls.ts';
import type { Engine } from './delta.ts';
import { queryKeywords } from './query-keywords.ts';

/** The engine's options that say which graphs a query sees. */
export interface DatasetOptions {
  readonly default_graph?: DefaultGraph | NamedNode[];
  readonly named_graphs?: NamedNode[];
  readonly use_default_graph_as_union?: boolean;
}

const graphTerm = (engine: Engine, iri: string): NamedNode => {
  if (isStorableIri(iri)) return engine.namedNode(iri);
  throw new IsnadError('invalid-parameter', `<${iri}> is not an absolute IRI.`);
};

/** Each graph once: the engine would read one that is named twice two times. */
const graphTerms = (engine: Engine, iris: readonly string[]): NamedNode[] =>
  [...new Set(iris)].map((iri) => graphTerm(engine, iri));

/**
 * The dataset of a query: the protocol's graphs, else those of its FROM clauses, else the mode's. The
 * engine's own options would silently override FROM, so they are left out where FROM stands.
 *
 * @param graphs names of all stored graphs that standard mode may show
 * @throws IsnadError `query-unsupported` for SERVICE, which the engine would answer with nothing
 *   where it is SILENT; `invalid-parameter` for a graph name that is no IRI
 */
export const datasetOf = (
  engine: Engine,
  request: EngineQuery,
  graphs: Iterable<string>,
): DatasetOptions => {
  const { from, service } = queryKeywords(request.query);
  if (service)
    throw new IsnadError(
      'query-unsupported',
      'SERVICE, which asks other services, is not offered.',
    );
  if (request.graphs)
    return {
      default_graph: graphTerms(engine, request.graphs.default),
      named_graphs: graphTerms(engine, request.graphs.named),
    };
  if (from) return {};
  if (request.defaultGraph === 'union') return { use_default_graph_as_union: true };
  return {
    default_graph: engine.defaultGraph(),
    named_graphs: [...graphs].map((graph) => engine.namedNode(graph)),
  };
};

import { createHash } from 'node:crypto';
import type { Store } from '../../src/store/store.ts';
import { baseIri } from './open-store.ts';

const queries = [
  'SELECT (COUNT(*) AS ?n) (MIN(?o) AS ?least) { GRAPH <a:g1> { ?s ?p ?o } }',
  'SELECT ?o { GRAPH ?g { <a:s77> ?p ?o } } ORDER BY ?o',
];

/** What a store answers, as one hash: every line of every graph that counts, and two queries. */
export const answersOf = async (
  store: Store,
  counts: (graph: string) => boolean = () => true,
): Promise<string> => {
  const hash = createHash('sha256');
  for (const { graph } of await store.listGraphs()) {
    if (!counts(graph)) continue;
    const found = await store.readGraph(graph);
    for (const piece of found?.nquads ?? []) hash.update(piece);
  }
  for (const query of queries) {
    const { body } = await store.query({
      query,
      mediaType: 'text/csv',
      defaultGraph: 'union',
      baseIri,
      deadlineAt: Date.now() + 30_000,
      resultBytesMax: 1_000_000,
    });
    hash.update(body);
  }
  return hash.digest('hex');
};

import type { Iris } from '../../model/iris.ts';
import type { Store } from '../store.ts';

/** The graphs there were at a commit; the default graph only if it held anything. */
export const graphsAt = async (
  store: Pick<Store, 'head' | 'log' | 'listGraphs'>,
  iris: Iris,
  at: number,
): Promise<string[]> => {
  if (at === store.head().sequence) return (await store.listGraphs()).map(({ graph }) => graph);
  const named = new Set<string>();
  let defaultQuads = 0;
  for await (const record of store.log()) {
    if (record.sequence > at) break;
    for (const { graph, created, dropped, addedQuads, removedQuads } of record.graphs) {
      if (graph === '') defaultQuads += addedQuads - removedQuads;
      if (created && graph !== '') named.add(graph);
      if (dropped) named.delete(graph);
    }
  }
  if (at > 0) named.add(iris.provenance);
  return [...(defaultQuads > 0 ? [''] : []), ...named].toSorted((left, right) =>
    Buffer.compare(Buffer.from(left), Buffer.from(right)),
  );
};

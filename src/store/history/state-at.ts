import type { Iris } from '../../model/iris.ts';
import { provenanceLines } from '../journal/provenance.ts';
import type { Store } from '../store.ts';
import type { StateRequest, TimeTravel } from '../time.ts';
import { toByteString, toPieces } from './lines.ts';

export interface StateSources {
  readonly iris: Iris;
  readonly store: Pick<Store, 'head' | 'log' | 'onCommit' | 'readGraph' | 'listGraphs'>;
  readonly diff: TimeTravel['diff'];
}

/** The graphs there were at a commit; the default graph only if it held anything. */
export const graphsAt = async ({ iris, store }: StateSources, at: number): Promise<string[]> => {
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

const provenanceAt = async (
  { iris, store }: StateSources,
  at: number,
): Promise<readonly Uint8Array[]> => {
  const lines = new Set<string>();
  for await (const record of store.log()) {
    if (record.sequence > at) break;
    for (const line of provenanceLines(record, iris)) lines.add(toByteString(`${line}\n`));
  }
  return toPieces([...lines]);
};

const graphAt = async (
  sources: StateSources,
  graph: string,
  { at, timeoutMs }: StateRequest,
): Promise<readonly Uint8Array[]> => {
  if (graph === sources.iris.provenance) return provenanceAt(sources, at);
  const of = { kind: 'graph', graph } as const;
  const deadlineAt = Date.now() + timeoutMs;
  const changes = await sources.diff({ from: 0, to: at, of, deadlineAt });
  return changes.flatMap(({ added }) => added);
};

/**
 * What graphs held at one commit, one after the other (`TimeTravel.state`). The newest state is read from
 * the engine as long as no later commit has touched the graph in question; anything else is worked out
 * from the journal.
 */
export async function* stateAt(
  sources: StateSources,
  request: StateRequest,
): AsyncGenerator<Uint8Array> {
  const { store, iris } = sources;
  const isNewest = request.at === store.head().sequence;
  const touched = new Set<string>();
  const stop = store.onCommit(({ graphs }) => {
    touched.add(iris.provenance);
    for (const { graph } of graphs) touched.add(graph);
  });
  try {
    for (const graph of request.graphs ?? (await graphsAt(sources, request.at))) {
      const now = isNewest && !touched.has(graph) ? await store.readGraph(graph) : undefined;
      // A commit that came between the question and the answer has been told of by now.
      if (now && !touched.has(graph)) yield* now.nquads;
      else yield* await graphAt(sources, graph, request);
    }
  } finally {
    stop();
  }
}

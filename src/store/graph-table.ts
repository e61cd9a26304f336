import { addHashes, LineHashSum } from '../rdf/graph-hash.ts';
import { GraphStates } from './journal/graph-states.ts';
import type { CommitRecord, GraphState, GraphSummary } from './store.ts';

/** How many quads these lines are, and the sum of their hashes. */
export const gainOf = (lines: Uint8Array = new Uint8Array()): GraphState => {
  const sum = new LineHashSum();
  sum.addText(lines);
  return { quads: sum.lines, hash: sum.hex() };
};

/** What queries see of each graph: how much it holds, and its hash. */
export class GraphTable {
  readonly #states = new GraphStates();
  readonly #provenanceGraph: string;

  constructor(provenanceGraph: string) {
    this.#provenanceGraph = provenanceGraph;
  }

  /** @param gain what the provenance graph gains by the commit */
  apply(record: CommitRecord, gain: GraphState): void {
    this.#states.apply(record.graphs);
    const before = this.#states.of(this.#provenanceGraph);
    this.#states.set(this.#provenanceGraph, {
      quads: before.quads + gain.quads,
      hash: addHashes(before.hash, gain.hash),
    });
  }

  /** Puts in what a graph is known to hold, as a checkpoint tells it. */
  set({ graph, quads, hash }: GraphSummary): void {
    this.#states.set(graph, { quads, hash });
  }

  /** All graphs in the order of their names; the default graph only when it holds quads. */
  list(): GraphSummary[] {
    return [...this.#states.entries()]
      .filter(([graph, { quads }]) => graph !== '' || quads > 0)
      .map(([graph, { quads, hash }]) => ({ graph, quads, hash }))
      .toSorted((left, right) => Buffer.compare(Buffer.from(left.graph), Buffer.from(right.graph)));
  }
}

import type { CommitRecord, GraphSummary } from './store.ts';

/** How many quads each graph holds, kept from the commits alone. */
export class GraphTable {
  readonly #quads = new Map<string, number>();
  readonly #provenanceGraph: string;
  readonly #provenanceQuads: (record: CommitRecord) => number;

  /** @param provenanceQuads how many quads the provenance graph gains by a commit */
  constructor(provenanceGraph: string, provenanceQuads: (record: CommitRecord) => number) {
    this.#provenanceGraph = provenanceGraph;
    this.#provenanceQuads = provenanceQuads;
  }

  apply(record: CommitRecord): void {
    for (const { graph, addedQuads, removedQuads, created, dropped } of record.graphs) {
      if (created) this.#quads.set(graph, 0);
      this.#add(graph, addedQuads - removedQuads);
      if (dropped) this.#quads.delete(graph);
    }
    this.#add(this.#provenanceGraph, this.#provenanceQuads(record));
  }

  /** All graphs in the order of their names; the default graph only when it holds quads. */
  list(): GraphSummary[] {
    return [...this.#quads]
      .filter(([graph, quads]) => graph !== '' || quads > 0)
      .map(([graph, quads]) => ({ graph, quads }))
      .toSorted((left, right) => Buffer.compare(Buffer.from(left.graph), Buffer.from(right.graph)));
  }

  #add(graph: string, quads: number): void {
    this.#quads.set(graph, (this.#quads.get(graph) ?? 0) + quads);
  }
}

import type { Iris } from '../model/iris.ts';
import { addHashes, LineHashSum } from '../rdf/graph-hash.ts';
import { GraphStates } from './journal/graph-states.ts';
import { isSharedLine } from './shared-lines.ts';
import type { CommitRecord, GraphState, GraphSummary } from './store.ts';

/** What queries see of each graph: how much it holds, and its hash. */
export class GraphTable {
  readonly #states = new GraphStates();
  readonly #iris: Iris;
  /** Lines of provenance that later commits may state again, as those about who wrote. */
  readonly #shared = new Set<string>();

  constructor(iris: Iris) {
    this.#iris = iris;
  }

  /** @param provenance what is said of the commit in the provenance graph, as canonical N-Quads */
  apply(record: CommitRecord, provenance: Uint8Array): void {
    this.#states.apply(record.graphs);
    const gain = this.#gain(record.sequence, provenance);
    const graph = this.#iris.provenance;
    const before = this.#states.of(graph);
    this.#states.set(graph, {
      quads: before.quads + gain.quads,
      hash: addHashes(before.hash, gain.hash),
    });
  }

  /**
   * Begins with what a checkpoint tells.
   *
   * @param shared the provenance's lines that later commits may state again
   */
  begin(graphs: readonly GraphSummary[], shared: readonly string[]): void {
    for (const { graph, quads, hash } of graphs) this.#states.set(graph, { quads, hash });
    for (const line of shared) this.#shared.add(line);
  }

  /** All graphs in the order of their names; the default graph only when it holds quads. */
  list(): GraphSummary[] {
    return [...this.#states.entries()]
      .filter(([graph, { quads }]) => graph !== '' || quads > 0)
      .map(([graph, { quads, hash }]) => ({ graph, quads, hash }))
      .toSorted((left, right) => Buffer.compare(Buffer.from(left.graph), Buffer.from(right.graph)));
  }

  /** Whether there is such a graph; the default graph always is. */
  has(graph: string): boolean {
    return graph === '' || this.#states.has(graph);
  }

  /** How many graphs there are, and quads in all of them. */
  totals(): { readonly graphs: number; readonly quads: number } {
    let [graphs, quads] = [0, 0];
    for (const [graph, state] of this.#states.entries()) {
      if (graph !== '') graphs += 1;
      quads += state.quads;
    }
    return { graphs, quads };
  }

  /** What the provenance graph gains: a line that an earlier commit stated counts no second time. */
  #gain(sequence: number, provenance: Uint8Array): GraphState {
    const sum = new LineHashSum();
    for (const line of new TextDecoder().decode(provenance).split('\n').slice(0, -1)) {
      if (isSharedLine(line, sequence, this.#iris)) {
        if (this.#shared.has(line)) continue;
        this.#shared.add(line);
      }
      sum.addLine(Buffer.from(line));
    }
    return { quads: sum.lines, hash: sum.hex() };
  }
}

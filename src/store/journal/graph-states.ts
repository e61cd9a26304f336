import { addHashes, emptyGraphHash } from '../../rdf/graph-hash.ts';
import type { CommitRecord, GraphDelta, GraphState } from '../store.ts';

const empty: GraphState = { quads: 0, hash: emptyGraphHash };

/** What each graph holds, kept from the commits alone. */
export class GraphStates {
  readonly #states = new Map<string, GraphState>();

  /** What a graph holds; an absent one holds nothing. */
  of(graph: string): GraphState {
    return this.#states.get(graph) ?? empty;
  }

  has(graph: string): boolean {
    return this.#states.has(graph);
  }

  set(graph: string, state: GraphState): void {
    this.#states.set(graph, state);
  }

  entries(): Iterable<[graph: string, state: GraphState]> {
    return this.#states.entries();
  }

  /** Follows a commit, whose record says what its graphs hold afterwards. */
  apply(graphs: CommitRecord['graphs']): void {
    for (const { graph, addedQuads, removedQuads, created, dropped, after } of graphs) {
      const before = created ? empty : this.of(graph);
      // Records of format 1 tell no hash: the upgrade commit that follows them tells them all.
      const counted = { ...before, quads: before.quads + addedQuads - removedQuads };
      if (dropped) this.#states.delete(graph);
      else this.#states.set(graph, after ?? counted);
    }
  }
}

/** What a graph holds once a delta has been made in it. */
export const stateAfter = (before: GraphState, delta: GraphDelta): GraphState =>
  delta.dropped
    ? empty
    : {
        quads: before.quads + delta.addedQuads - delta.removedQuads,
        hash: addHashes(before.hash, delta.hashChange),
      };

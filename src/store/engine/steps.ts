import type { Iris } from '../../model/iris.ts';
import { provenanceLines } from '../journal/provenance.ts';
import type { CommitRecord, GraphDelta } from '../store.ts';

/** What one commit does to an engine's store. */
export interface Step {
  readonly sequence: number;
  readonly changes: readonly Omit<GraphDelta, 'hashChange' | 'addedQuads' | 'removedQuads'>[];
  /** What the provenance graph gains: canonical N-Quads. */
  readonly provenance: Uint8Array;
}

/**
 * What the provenance graph gains by a commit, as canonical N-Quads. It has its memory to itself: a
 * Buffer's is part of a pool, which would be copied whole to each engine.
 */
export const provenanceText = (record: CommitRecord, iris: Iris): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${provenanceLines(record, iris).join('\n')}\n`);

const bytesOf = ({ changes, provenance }: Step): number =>
  changes
    .flatMap(({ added, removed }) => [...added, ...removed])
    .reduce((sum, piece) => sum + piece.length, provenance.length);

/** Larger steps are read from the journal: they would be copied for each engine. */
const stepBytesMax = 256 * 1024;
const bytesMax = 8 * 1024 * 1024;

/**
 * The newest commits, kept so that engines which are close behind can be handed what they lack: reading
 * a small commit back from its file takes an engine longer than making it.
 */
export class RecentSteps {
  #steps: Step[] = [];
  #bytes = 0;

  /** Keeps the step of the newest commit; the oldest are let go when they take too much room. */
  add(step: Step): void {
    const bytes = bytesOf(step);
    if (bytes > stepBytesMax) {
      this.#steps = [];
      this.#bytes = 0;
      return;
    }
    this.#steps.push(step);
    this.#bytes += bytes;
    while (this.#bytes > bytesMax) {
      const oldest = this.#steps.shift();
      if (!oldest) break;
      this.#bytes -= bytesOf(oldest);
    }
  }

  /** The steps after commit `from` up to commit `to`, or nothing when they are not all here. */
  between(from: number, to: number): readonly Step[] | undefined {
    const first = this.#steps[0]?.sequence;
    if (first === undefined || from + 1 < first) return undefined;
    const steps = this.#steps.slice(from + 1 - first, to + 1 - first);
    return steps.length === to - from ? steps : undefined;
  }
}

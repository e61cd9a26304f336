import type { GraphSummary } from '../../store.ts';
import type { Place } from '../../journal/place.ts';
import type { Reader } from './reader.ts';

/** What one replica holds. */
export interface InspectedReader {
  /** Sequence of the commit it is at. */
  readonly commit: number;
  readonly graphs: readonly GraphSummary[];
}

interface Wish {
  readonly reader: Reader;
  readonly isFree: (isThere: boolean) => void;
}

/**
 * Looks at what replicas hold, one after the other, each when it falls idle: queries are answered by the
 * others meanwhile. A replica that is ended before its turn is left out.
 */
export class Inspections {
  readonly #readers: ReadonlySet<Reader>;
  #wish: Wish | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(readers: ReadonlySet<Reader>) {
    this.#readers = readers;
  }

  /**
   * @param turn lets the pool go on with what waits
   * @throws what a replica's engine throws that is still there afterwards
   */
  async inspect(turn: () => void): Promise<InspectedReader[]> {
    // One round at a time.
    const before = this.#last;
    const found = before.then(async () => this.#round(turn));
    this.#last = found.catch(() => undefined);
    return found;
  }

  /** Whether a replica is waited for. */
  get isWaiting(): boolean {
    return this.#wish !== undefined;
  }

  /** Takes the replica that is waited for, if it is idle and not behind. To be called at every turn of the pool. */
  proceed(visible: Place): void {
    const wish = this.#wish;
    if (!wish) return;
    const { activity, place } = wish.reader;
    const isThere = this.#readers.has(wish.reader);
    if (isThere && (activity !== 'idle' || place.sequence < visible.sequence)) return;
    this.#wish = undefined;
    if (isThere) wish.reader.activity = 'advancing';
    wish.isFree(isThere);
  }

  async #round(turn: () => void): Promise<InspectedReader[]> {
    const found: InspectedReader[] = [];
    // Those that take the place of one that has grown are not asked in turn.
    const present = Array.from(this.#readers);
    for (const reader of present) {
      const inspected = await this.#inspect(reader, turn);
      if (inspected) found.push(inspected);
    }
    return found;
  }

  async #inspect(reader: Reader, turn: () => void): Promise<InspectedReader | undefined> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#wish = { reader, isFree: resolve };
    turn();
    if (!(await promise)) return undefined;
    try {
      const graphs = await reader.engine.call('graphHashes');
      return { commit: reader.place.sequence, graphs };
    } catch (error) {
      if (this.#readers.has(reader)) throw error;
      return undefined;
    } finally {
      reader.activity = 'idle';
      turn();
    }
  }
}

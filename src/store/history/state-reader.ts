import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import { Turns } from '../../turns.ts';
import { draftSuffix } from '../checkpoint/make.ts';
import type { StatePlan } from '../checkpoint/read-state.ts';
import { checkpointsName } from '../checkpoint/list.ts';
import type { CheckpointShelf } from '../checkpoint/shelf.ts';
import type { Place } from '../journal/place.ts';
import type { StateRequest } from '../time.ts';
import { StateThread } from './state-thread.ts';

export interface StateReaderParts {
  readonly dataDir: string;
  readonly baseIri: string;
  readonly checkpoints: Pick<CheckpointShelf, 'newestTo' | 'discard'>;
  /** The newest commit on the disk. */
  readonly head: () => Place;
  readonly onNotice: (notice: string) => void;
}

type StateOfGraphs = Omit<StateRequest, 'graphs'> & { readonly graphs: readonly string[] };

/**
 * Each reading has a thread of its own for as long as its client takes what is read, so that a slow
 * client holds up no other.
 */
const bounds = { places: 4, placesOfOne: 2, waiting: 64, waitingOfOne: 16 };

/** Reads what graphs held at a commit, from the newest checkpoint before it and the journal. */
export class StateReader {
  readonly #parts: StateReaderParts;
  readonly #turns = new Turns(bounds, 'readings of a state');
  readonly #threads = new Set<StateThread>();
  #idle: StateThread | undefined;
  #count = 0;

  constructor(parts: StateReaderParts) {
    this.#parts = parts;
  }

  /**
   * The state as canonical N-Quads, in the order of graphs and lines, in pieces that each end with a line.
   *
   * @throws IsnadError `store-busy`, `client-busy` as `Turns.enter`; `query-timeout` when a piece took
   *   longer than it may; the reason of the signal
   */
  async *read(request: StateOfGraphs): AsyncGenerator<Uint8Array> {
    const { timeoutMs, client, signal } = request;
    const leave = await this.#turns.enter({ client, signal, deadlineAt: Date.now() + timeoutMs });
    try {
      signal?.throwIfAborted();
      if (this.#turns.closed) throw this.#turns.closed;
      yield* this.#pieces(request);
    } finally {
      leave();
    }
  }

  /** @param passOver how many pieces have been given already: those of all readings of a state are the same */
  async *#pieces(request: StateOfGraphs, passOver = 0): AsyncGenerator<Uint8Array> {
    const { signal, timeoutMs } = request;
    const plan = this.#planOf(request);
    const thread = this.#take();
    const onAbort = (): void => void thread.end(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    let read = 0;
    let isDone = false;
    try {
      thread.begin(plan);
      for (;;) {
        const reply = await thread.next(timeoutMs);
        isDone = reply.kind === 'done';
        if (isDone) return;
        if (reply.kind !== 'piece') break;
        read += 1;
        if (read > passOver) yield reply.piece;
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      await this.#giveBack(thread, isDone);
    }
    // The checkpoint cannot be read any further: another is begun with, or the journal alone.
    if (plan.base) this.#parts.checkpoints.discard(plan.base.directory);
    yield* this.#pieces(request, Math.max(read, passOver));
  }

  /** Ends all readings: what they read is to be no more. */
  async endAll(reason: IsnadError): Promise<void> {
    await Promise.all([...this.#threads].map(async (thread) => thread.end(reason)));
  }

  /** Ends all readings, and begins no more. */
  async close(): Promise<void> {
    const closing = new IsnadError('store-busy', 'The store is closing.');
    this.#turns.close(closing);
    await Promise.all([this.endAll(closing), this.#idle?.end(closing)]);
  }

  #planOf({ at, graphs }: StateOfGraphs): StatePlan {
    const { dataDir, baseIri, checkpoints, head } = this.#parts;
    this.#count += 1;
    return {
      journalDirectory: path.join(dataDir, 'journal'),
      baseIri,
      at,
      graphs,
      base: checkpoints.newestTo(at),
      head: head(),
      runsFolder: path.join(dataDir, checkpointsName, `state-${this.#count}${draftSuffix}`),
    };
  }

  #take(): StateThread {
    const thread = this.#idle ?? new StateThread(this.#parts.onNotice);
    this.#idle = undefined;
    this.#threads.add(thread);
    return thread;
  }

  /** Keeps one thread for the next reading; one that was left in the midst of its work is ended. */
  async #giveBack(thread: StateThread, isDone: boolean): Promise<void> {
    this.#threads.delete(thread);
    if (isDone && !thread.isEnded && !this.#idle && !this.#turns.closed) this.#idle = thread;
    else await thread.end(new IsnadError('internal', 'The reading was given up.'));
  }
}

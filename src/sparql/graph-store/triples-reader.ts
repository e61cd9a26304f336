import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../../errors.ts';
import { endThread, startThread } from '../../threads.ts';
import type { TriplesTask } from './read-triples.ts';
import type { TriplesReply } from './triples-worker.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./triples-worker${path.extname(import.meta.url)}`, import.meta.url);

/** Requests that may wait, each with its documents in memory. */
const waitingMax = 20;
/** A document of hostile size dies in its worker, not in the service. */
const workerHeapMb = 1024;

export interface ReadingLimits {
  /** When the documents must have been read, in milliseconds of `Date.now()`. */
  readonly deadlineAt: number;
  /** Ends the work when its client is gone. */
  readonly signal: AbortSignal;
}

/**
 * Reads documents in one worker thread, one request after another. A request that takes too long, or more
 * memory than there is, fails by itself; those behind it go on in a new worker.
 */
export class TriplesReader {
  #worker: Worker | undefined;
  /** The end of the last request: the worker does one at a time. */
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /**
   * Canonical N-Quads of the documents' triples, in their graph.
   *
   * @throws IsnadError as `readTriples`; `query-timeout` at the deadline, `request-too-large` when the
   *   documents take more memory than there is for them, `store-busy` when too many wait
   */
  async read(task: TriplesTask, limits: ReadingLimits): Promise<Uint8Array> {
    if (this.#waiting >= waitingMax)
      throw new IsnadError('store-busy', 'Too many documents are waiting to be read.');
    this.#waiting += 1;
    const done = this.#last
      .then(() => this.#readNow(task, limits))
      .finally(() => (this.#waiting -= 1));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #readNow(task: TriplesTask, { deadlineAt, signal }: ReadingLimits): Promise<Uint8Array> {
    signal.throwIfAborted();
    const leftMs = deadlineAt - Date.now();
    if (leftMs <= 0) throw tooLate();
    const worker = (this.#worker ??= this.#start());
    const settled = Promise.withResolvers<TriplesReply>();
    const onAbort = (): void => settled.reject(signal.reason);
    const onError = (error: unknown): void => settled.reject(workerError(error));
    const onExit = (): void => settled.reject(workerError(undefined));
    const timer = setTimeout(() => settled.reject(tooLate()), leftMs);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.once('message', settled.resolve).once('error', onError).once('exit', onExit);
    try {
      // In memory of their own, which goes over without another copy.
      const parts = task.parts.map((part) => ({ ...part, bytes: new Uint8Array(part.bytes) }));
      worker.postMessage(
        { ...task, parts },
        parts.map(({ bytes }) => bytes.buffer),
      );
      return nquadsOf(await settled.promise.catch((error: unknown) => this.#giveUp(worker, error)));
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', settled.resolve).off('error', onError).off('exit', onExit);
    }
  }

  #start(): Worker {
    const worker = startThread(workerFile, {
      resourceLimits: { maxOldGenerationSizeMb: workerHeapMb },
    });
    // What it dies of is told to the request it was at.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    // Between requests it holds nothing, so it must not keep the process alive.
    worker.unref();
    return worker;
  }

  /** Whatever it is doing, nobody waits for it any more. */
  async #giveUp(worker: Worker, error: unknown): Promise<never> {
    if (this.#worker === worker) this.#worker = undefined;
    await endThread(worker);
    throw error;
  }
}

/** One worker for the process; it starts with the first document. */
export const triplesReader = new TriplesReader();

const nquadsOf = (reply: TriplesReply): Uint8Array => {
  if ('error' in reply) throw fromWireError(reply.error);
  return reply.nquads;
};

const tooLate = (): IsnadError =>
  new IsnadError('query-timeout', 'The time limit came before the documents were read.');

const workerError = (cause: unknown): IsnadError => {
  const isMemory =
    cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory
    ? new IsnadError(
        'request-too-large',
        `The documents take more than the ${workerHeapMb} MB of memory there is to read them.`,
        { extra: { limit: workerHeapMb, unit: 'MB' }, cause },
      )
    : new IsnadError('internal', 'The documents could not be read.', { cause });
};

import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../../errors.ts';
import { endThread, startThread } from '../../threads.ts';
import { Turns, type Turn } from '../../turns.ts';
import type { PastCalls, PastMessage, PastReply, PastStart } from './past-worker.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./past-worker${path.extname(import.meta.url)}`, import.meta.url);

/** Megabytes of the heap of a reader: what the lines of a large commit take. */
const heapMb = 2048;
/** A reader answers one question at a time. */
const bounds = { places: 1, placesOfOne: 1, waiting: 64, waitingOfOne: 16 };
/**
 * A question whose client has left may still come to its end for so long: a new thread takes longer than
 * most questions.
 */
const graceMs = 200;

/** Who asks the past, and when the answer is due. */
export interface PastTurn extends Turn {
  readonly deadlineAt: number;
}

/**
 * A reader of the past: a worker that takes one call at a time, clients in turns. One that is not done by
 * its deadline, or whose client has left, is ended with its worker, so that no question holds up the others.
 */
export class PastClient {
  readonly #start: PastStart;
  readonly #turns = new Turns(bounds, 'questions about the past');
  #worker: Worker | undefined;
  #running: PromiseWithResolvers<unknown> | undefined;

  constructor(start: PastStart) {
    this.#start = start;
  }

  /**
   * Makes one call.
   *
   * @throws IsnadError what the call throws; `store-busy`, `client-busy` as `Turns.enter`; `query-timeout`
   *   when it took longer; the reason of the signal
   */
  async call<Call extends keyof PastCalls>(
    call: Call,
    turn: PastTurn,
    ...given: Parameters<PastCalls[Call]>
  ): Promise<ReturnType<PastCalls[Call]>> {
    const leave = await this.#turns.enter(turn);
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the worker implements PastCalls
      return (await this.#run({ call, given }, turn)) as ReturnType<PastCalls[Call]>;
    } finally {
      leave();
    }
  }

  /** Ends the worker; what waits or runs fails. */
  async close(): Promise<void> {
    const closing = new IsnadError('store-busy', 'The store is closing.');
    this.#turns.close(closing);
    await this.#discard(closing);
  }

  async #run(message: PastMessage, { deadlineAt, signal }: PastTurn): Promise<unknown> {
    signal?.throwIfAborted();
    if (this.#turns.closed) throw this.#turns.closed;
    const running = Promise.withResolvers<unknown>();
    this.#running = running;
    const leftMs = Math.max(0, deadlineAt - Date.now());
    const timer = setTimeout(() => void this.#discard(tooSlow()), leftMs);
    let grace: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      grace = setTimeout(() => void this.#discard(signal?.reason), graceMs);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#worker ??= this.#spawn();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    this.#worker.postMessage(message);
    try {
      return await running.promise;
    } finally {
      clearTimeout(timer);
      clearTimeout(grace);
      signal?.removeEventListener('abort', onAbort);
      this.#running = undefined;
    }
  }

  #spawn(): Worker {
    const worker = startThread(workerFile, {
      workerData: this.#start,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    worker.on('message', (reply: PastReply) => {
      // The last words of a worker that was ended answer what nobody waits for any more.
      if (this.#worker !== worker) return;
      if ('error' in reply) this.#running?.reject(fromWireError(reply.error));
      else this.#running?.resolve(reply.result);
    });
    worker.on('error', (cause: Error) => {
      if (this.#worker !== worker) return;
      const memory = 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
      void this.#discard(
        memory ? tooLarge() : new IsnadError('internal', cause.message, { cause }),
      );
    });
    return worker;
  }

  /** Gives up the worker, and with it what it is at. */
  async #discard(reason: unknown): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#running?.reject(reason);
    if (worker) await endThread(worker);
  }
}

const tooSlow = (): IsnadError =>
  new IsnadError('query-timeout', 'Reading the past took longer than its time limit.');
const tooLarge = (): IsnadError =>
  new IsnadError('result-too-large', 'What changed between these commits is too large to compare.');

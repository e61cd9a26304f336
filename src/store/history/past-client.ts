import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../../errors.ts';
import { endThread, startThread } from '../../threads.ts';
import type { PastCalls, PastMessage, PastReply, PastStart } from './past-worker.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./past-worker${path.extname(import.meta.url)}`, import.meta.url);

/** Megabytes of the heap of a reader: what the lines of a large commit take. */
const heapMb = 2048;

interface Line {
  readonly message: PastMessage;
  readonly deadlineAt: number;
  readonly settled: PromiseWithResolvers<unknown>;
}

/**
 * A reader of the past: a worker that takes one call at a time, in their order. One that is not done by
 * its deadline is ended with its worker, so that no question holds up the others.
 */
export class PastClient {
  readonly #start: PastStart;
  readonly #waitingMax: number;
  readonly #line: Line[] = [];
  #worker: Worker | undefined;
  #running: Line | undefined;
  #closed = false;

  constructor(start: PastStart, waitingMax: number) {
    this.#start = start;
    this.#waitingMax = waitingMax;
  }

  /**
   * Makes one call.
   *
   * @throws IsnadError what the call throws; `store-busy` when too many wait or its turn did not come
   *   before the deadline; `query-timeout` when it took longer
   */
  async call<Call extends keyof PastCalls>(
    call: Call,
    deadlineAt: number,
    ...given: Parameters<PastCalls[Call]>
  ): Promise<ReturnType<PastCalls[Call]>> {
    if (this.#closed) throw new IsnadError('store-busy', 'The store is closing.');
    if (this.#line.length >= this.#waitingMax) throw tooMany();
    const settled = Promise.withResolvers<unknown>();
    const line = { message: { call, given }, deadlineAt, settled };
    const timer = setTimeout(() => this.#expire(line), Math.max(0, deadlineAt - Date.now()));
    this.#line.push(line);
    this.#next();
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the worker implements PastCalls
      return (await settled.promise) as ReturnType<PastCalls[Call]>;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the worker; what waits or runs fails. */
  async close(): Promise<void> {
    this.#closed = true;
    const closing = new IsnadError('store-busy', 'The store is closing.');
    for (const { settled } of this.#line.splice(0)) settled.reject(closing);
    await this.#discard(closing);
  }

  #next(): void {
    if (this.#running || this.#closed) return;
    this.#running = this.#line.shift();
    if (!this.#running) return;
    this.#worker ??= this.#spawn();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    this.#worker.postMessage(this.#running.message);
  }

  #spawn(): Worker {
    const worker = startThread(workerFile, {
      workerData: this.#start,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    worker.on('message', (reply: PastReply) => {
      // The last words of a worker that was ended answer what nobody waits for any more.
      if (this.#worker !== worker) return;
      const running = this.#running;
      this.#running = undefined;
      if ('error' in reply) running?.settled.reject(fromWireError(reply.error));
      else running?.settled.resolve(reply.result);
      this.#next();
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

  #expire(line: Line): void {
    const at = this.#line.indexOf(line);
    if (at >= 0) this.#line.splice(at, 1)[0]?.settled.reject(tooMany());
    else if (this.#running === line) void this.#discard(tooSlow());
  }

  async #discard(reason: IsnadError): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#running?.settled.reject(reason);
    this.#running = undefined;
    if (worker) await endThread(worker);
    this.#next();
  }
}

const tooMany = (): IsnadError =>
  new IsnadError('store-busy', 'Too many questions about the past are waiting.');
const tooSlow = (): IsnadError =>
  new IsnadError('query-timeout', 'Reading the past took longer than its time limit.');
const tooLarge = (): IsnadError =>
  new IsnadError('result-too-large', 'What changed between these commits is too large to compare.');

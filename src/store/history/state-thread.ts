import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../../errors.ts';
import { endThread, startThread } from '../../threads.ts';
import type { StatePlan } from '../checkpoint/read-state.ts';
import { removeUseless } from '../remove-useless.ts';
import type { StateMessage, StateReply } from './state-worker.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./state-worker${path.extname(import.meta.url)}`, import.meta.url);

/** Megabytes of its heap: lines are sorted in pieces that are much smaller. */
const heapMb = 512;

/** A thread that reads one state after another, a piece each time it is asked for one. */
export class StateThread {
  readonly #worker: Worker;
  readonly #onNotice: (notice: string) => void;
  #plan: StatePlan | undefined;
  #asked: PromiseWithResolvers<StateReply> | undefined;
  #ended: { readonly reason: unknown } | undefined;

  constructor(onNotice: (notice: string) => void) {
    this.#onNotice = onNotice;
    this.#worker = startThread(workerFile, {
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    this.#worker.on('message', (reply: StateReply) => this.#asked?.resolve(reply));
    this.#worker.on('error', (cause: Error) =>
      this.#fail(new IsnadError('internal', cause.message, { cause })),
    );
  }

  /** Whether it is of no more use. */
  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Begins with a state; the one before has been read to its end. */
  begin(plan: StatePlan): void {
    this.#plan = plan;
    this.#send({ kind: 'begin', plan });
  }

  /**
   * The next piece, or that there is none.
   *
   * @param timeoutMs how long it may take
   * @throws IsnadError what the reading throws, `query-timeout`, `internal`; why the thread was ended
   */
  async next(timeoutMs: number): Promise<Exclude<StateReply, { kind: 'failed' }>> {
    const asked = Promise.withResolvers<StateReply>();
    this.#asked = asked;
    if (this.#ended) asked.reject(this.#ended.reason);
    const timer = setTimeout(() => this.#fail(tooSlow()), timeoutMs);
    this.#send({ kind: 'next' });
    try {
      const reply = await asked.promise;
      if (reply.kind === 'failed') throw fromWireError(reply.error);
      return reply;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the thread, whatever it is at; who waits for a piece is told why. */
  async end(reason: unknown): Promise<void> {
    this.#fail(reason);
    await endThread(this.#worker);
    // A thread that is ended cannot clear up behind itself.
    if (this.#plan) removeUseless(this.#plan.runsFolder, this.#onNotice);
  }

  #send(message: StateMessage): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    this.#worker.postMessage(message);
  }

  #fail(reason: unknown): void {
    this.#ended ??= { reason };
    this.#asked?.reject(reason);
  }
}

const tooSlow = (): IsnadError =>
  new IsnadError('query-timeout', 'Reading the state took longer than its time limit.');

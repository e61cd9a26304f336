import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../../errors.ts';
import { endThread, startThread } from '../../threads.ts';
import type { StatePlan } from '../checkpoint/read-state.ts';
import type { StateReply } from './state-worker.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./state-worker${path.extname(import.meta.url)}`, import.meta.url);

/** Megabytes of its heap: lines are sorted in pieces that are much smaller. */
const heapMb = 512;

/** A thread that reads one state, a piece each time it is asked for one. */
export class StateThread {
  readonly #plan: StatePlan;
  readonly #worker: Worker;
  #asked: PromiseWithResolvers<StateReply> | undefined;
  #ended: { readonly reason: unknown } | undefined;

  constructor(plan: StatePlan) {
    this.#plan = plan;
    this.#worker = startThread(workerFile, {
      workerData: plan,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    this.#worker.on('message', (reply: StateReply) => this.#asked?.resolve(reply));
    this.#worker.on('error', (cause: Error) =>
      this.#fail(new IsnadError('internal', cause.message, { cause })),
    );
  }

  /** Directory of the checkpoint it reads. */
  get base(): string | undefined {
    return this.#plan.base?.directory;
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
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    this.#worker.postMessage(undefined);
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
    rmSync(this.#plan.runsFolder, { recursive: true, force: true });
  }

  #fail(reason: unknown): void {
    this.#ended ??= { reason };
    this.#asked?.reject(reason);
  }
}

const tooSlow = (): IsnadError =>
  new IsnadError('query-timeout', 'Reading the state took longer than its time limit.');

import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../../errors.ts';
import type { Place } from '../journal/place.ts';
import type { RecentSteps } from './steps.ts';
import type { EngineCall, EngineCalls, EngineMessage, EngineReply, EngineStart } from './calls.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url);

interface PendingCall {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: IsnadError) => void;
}

/** One engine worker as the main thread sees it: takes one call at a time, and can be ended. */
export class EngineClient {
  /** Size of the engine's memory after its last call. */
  memoryBytes = 0;
  /** False when the engine must be discarded. */
  healthy = true;
  readonly #worker: Worker;
  readonly #onProgress: ((sequence: number) => void) | undefined;
  readonly #onLost: () => void;
  readonly #recent: RecentSteps | undefined;
  #pending: PendingCall | undefined;
  #ended = false;

  /**
   * @param onLost called once when the worker ends without having been told to
   * @param onProgress called with each commit read from the journal
   * @param recent commits that need not be read from the journal
   */
  constructor(
    start: EngineStart,
    onLost: () => void,
    onProgress?: (sequence: number) => void,
    recent?: RecentSteps,
  ) {
    this.#onLost = onLost;
    this.#recent = recent;
    this.#onProgress = onProgress;
    this.#worker = new Worker(workerFile, { workerData: start });
    this.#worker.on('message', (reply: EngineReply) => this.#receive(reply));
    this.#worker.on('error', (error: Error) => this.#lost(error.message));
    this.#worker.on('exit', () => this.#lost('its thread ended'));
  }

  /**
   * Makes one call. The caller waits for its end before the next.
   *
   * @throws IsnadError what the engine's error means; `healthy` says whether it can go on
   */
  async call<Call extends EngineCall>(
    call: Call,
    ...given: Parameters<EngineCalls[Call]>
  ): Promise<ReturnType<EngineCalls[Call]>> {
    if (this.#pending) throw new IsnadError('internal', 'The engine is at work already.');
    const result = await new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
      this.#worker.postMessage({ call, arguments: given } satisfies EngineMessage);
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the worker implements EngineCalls
    return result as ReturnType<EngineCalls[Call]>;
  }

  /**
   * Takes the engine from one commit to a later one: by the steps where they are at hand, else by the
   * journal.
   *
   * @throws IsnadError as `call`
   */
  async advance(from: Place, to: Place): Promise<void> {
    const steps = this.#recent?.between(from.sequence, to.sequence);
    if (steps) await this.call('follow', to, steps);
    else await this.call('advance', to);
  }

  /** Ends the worker at once, whatever it is doing; a running call fails. */
  async terminate(): Promise<void> {
    this.#end('it was stopped');
    await this.#worker.terminate();
  }

  #receive(reply: EngineReply): void {
    if (reply.kind === 'progress') {
      this.#onProgress?.(reply.sequence);
      return;
    }
    const pending = this.#pending;
    this.#pending = undefined;
    if (reply.kind === 'result') {
      this.memoryBytes = reply.memoryBytes;
      pending?.resolve(reply.result);
      return;
    }
    if (reply.poisoned) this.healthy = false;
    pending?.reject(fromWireError(reply.error));
  }

  #lost(reason: string): void {
    if (this.#ended) return;
    this.#end(reason);
    this.#onLost();
  }

  #end(reason: string): void {
    this.#ended = true;
    this.healthy = false;
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.reject(new IsnadError('query-failed', `The engine broke down: ${reason}.`));
  }
}

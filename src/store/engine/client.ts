import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { fromWireError, IsnadError } from '../../errors.ts';
import { endThread, startThread } from '../../threads.ts';
import type { Place } from '../journal/place.ts';
import type { RecentSteps } from './steps.ts';
import {
  type EngineCall,
  type EngineCalls,
  type EngineMessage,
  type EngineReply,
  type EngineStart,
  type StartProblem,
  type StartWith,
} from './calls.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url);

interface PendingCall {
  readonly message: EngineMessage;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: IsnadError) => void;
}

/** What an engine tells by itself. */
export interface EngineEvents {
  /** Once, when the worker ends without having been told to. */
  readonly onLost?: () => void;
  /** With each commit read from the journal. */
  readonly onProgress?: (sequence: number) => void;
  /** When it cannot begin with the image or the checkpoint it was started with; it goes on without. */
  readonly onBadStart?: (what: StartWith, path: string, problem: StartProblem) => void;
}

/** One engine worker as the main thread sees it: takes one call at a time, and can be ended. */
export class EngineClient {
  /** Size of the engine's memory after its last call. */
  memoryBytes = 0;
  /** False when the engine must be discarded. */
  healthy = true;
  #start: EngineStart;
  #worker: Worker;
  readonly #events: EngineEvents;
  readonly #recent: RecentSteps | undefined;
  #pending: PendingCall | undefined;
  #ended = false;

  constructor(start: EngineStart, events: EngineEvents, recent?: RecentSteps) {
    this.#events = events;
    this.#recent = recent;
    this.#start = start;
    this.#worker = this.#run(this.#start);
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
    if (this.#ended) throw new IsnadError('query-failed', 'The engine was stopped.');
    const result = await new Promise((resolve, reject) => {
      const message: EngineMessage = { call, arguments: given };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
      this.#worker.postMessage(message);
      // Only now: what cannot be sent is not at work.
      this.#pending = { message, resolve, reject };
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

  /** Ends the worker, whatever it is doing; a running call fails at once. */
  async terminate(): Promise<void> {
    this.#end('it was stopped');
    await endThread(this.#worker);
  }

  #run(start: EngineStart): Worker {
    const worker = startThread(workerFile, { workerData: start });
    const ifStill = (lose: () => void): void => {
      if (this.#worker === worker) lose();
    };
    worker.on('message', (reply: EngineReply) => ifStill(() => this.#receive(reply)));
    worker.on('error', (error: Error) => ifStill(() => this.#lost(error.message)));
    worker.on('exit', () => ifStill(() => this.#lost('its thread ended')));
    return worker;
  }

  /** Goes on with another worker, which does without what the first one broke down on. */
  #runWithout(what: StartWith, problem: StartProblem): void {
    if (this.#ended) return;
    const given = this.#start[what];
    if (given !== undefined) this.#events.onBadStart?.(what, given, problem);
    void endThread(this.#worker);
    this.#start = { ...this.#start, [what]: undefined };
    this.#worker = this.#run(this.#start);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    if (this.#pending) this.#worker.postMessage(this.#pending.message);
  }

  #receive(reply: EngineReply): void {
    if (reply.kind === 'progress') {
      this.#events.onProgress?.(reply.sequence);
      return;
    }
    if (reply.kind === 'bad-start') {
      this.#runWithout(reply.what, reply.problem);
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
    this.#events.onLost?.();
  }

  #end(reason: string): void {
    this.#ended = true;
    this.healthy = false;
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.reject(new IsnadError('query-failed', `The engine broke down: ${reason}.`));
  }
}

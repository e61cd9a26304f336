import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { IsnadError } from '../../errors.ts';
import { startThread } from '../../threads.ts';
import type { Place } from '../journal/place.ts';
import type { IndexNews, IndexStart, IndexTask } from './index-worker.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./index-worker${path.extname(import.meta.url)}`, import.meta.url);

interface Waiting {
  readonly sequence: number;
  readonly settled: PromiseWithResolvers<void>;
}

/**
 * The index worker as the main thread sees it. It is started by the first `follow`, and again by the next
 * one if it broke down.
 */
export class IndexClient {
  readonly #start: Omit<IndexStart, 'head'>;
  readonly #onNotice: (notice: string) => void;
  readonly #waiting = new Set<Waiting>();
  #worker: Worker | undefined;
  #reached = 0;
  #ended: Promise<void> = Promise.resolve();

  constructor(start: Omit<IndexStart, 'head'>, onNotice: (notice: string) => void) {
    this.#start = start;
    this.#onNotice = onNotice;
  }

  /** The newest commit that the index covers. */
  get reached(): number {
    return this.#reached;
  }

  /** Whether the worker is running, so that it is to be told of commits. */
  get isFollowing(): boolean {
    return this.#worker !== undefined;
  }

  /** Lets the index follow the journal to a commit. */
  follow(to: Place): void {
    if (this.#worker) this.#send({ kind: 'follow', to });
    else this.#spawn(to);
  }

  /**
   * Resolves when the index covers a commit.
   *
   * @throws IsnadError `store-busy` when it does not before the deadline
   */
  async reach(to: Place, deadlineAt: number): Promise<void> {
    this.follow(to);
    if (this.#worker && this.#reached >= to.sequence) return;
    const waiting = { sequence: to.sequence, settled: Promise.withResolvers<void>() };
    const timer = setTimeout(
      () => waiting.settled.reject(this.#behind(to.sequence)),
      Math.max(0, deadlineAt - Date.now()),
    );
    this.#waiting.add(waiting);
    try {
      await waiting.settled.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(waiting);
    }
  }

  /** Lets the worker end what it is writing, then ends it. */
  async close(): Promise<void> {
    if (this.#worker) this.#send({ kind: 'end' });
    await this.#ended;
  }

  #behind(sequence: number): IsnadError {
    return new IsnadError(
      'store-busy',
      `The index of the history is being made: it covers ${this.#reached} of ${sequence} commits.`,
    );
  }

  #send(task: IndexTask): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    this.#worker?.postMessage(task);
  }

  #spawn(head: Place): void {
    const ended = Promise.withResolvers<void>();
    this.#ended = ended.promise;
    this.#reached = 0;
    const worker = startThread(workerFile, { workerData: { ...this.#start, head } });
    this.#worker = worker;
    worker.on('message', (news: IndexNews) => this.#receive(news));
    worker.on('error', (error) => this.#lost(String(error)));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#lost('its thread ended');
      ended.resolve();
    });
  }

  #receive(news: IndexNews): void {
    if (news.kind === 'failed') {
      this.#onNotice(`The index of the history is not kept: ${news.reason}`);
      this.#lost(news.reason);
      return;
    }
    this.#reached = news.sequence;
    for (const { sequence, settled } of this.#waiting)
      if (sequence <= news.sequence) settled.resolve();
  }

  /** Whoever waits is told at once; the next question starts the worker again. */
  #lost(reason: string): void {
    for (const { settled } of this.#waiting)
      settled.reject(new IsnadError('store-busy', `The index of the history is away: ${reason}.`));
  }
}

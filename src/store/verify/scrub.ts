import path from 'node:path';
import { fromWireError } from '../../errors.ts';
import { startThread } from '../../threads.ts';
import type { ScrubStatus } from '../watch.ts';
import type { ScrubReply, ScrubStart } from './scrub-worker.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./scrub-worker${path.extname(import.meta.url)}`, import.meta.url);

export interface ScrubOptions {
  readonly dataDir: string;
  /** How often; 0 is never. */
  readonly intervalHours: number;
  readonly onNotice: (notice: string) => void;
}

const hourMs = 3_600_000;
/** The first run comes soon, or a service that is restarted every night would never have one. */
const firstAfterMs = hourMs / 4;

/** Doubts that are written out in a notice; `verify` shows all. */
const doubtsShown = 3;

/**
 * Verifies the journal of a store again and again in the background, in a worker of low priority that
 * rests half the time. What it finds goes into the status and into a notice; nothing is stopped by it.
 */
export class Scrub {
  readonly #options: ScrubOptions;
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #status: ScrubStatus = { runs: 0, doubts: 0, failures: 0, endedAt: 0, lastRunMs: 0 };

  constructor(options: ScrubOptions) {
    this.#options = options;
    const intervalMs = options.intervalHours * hourMs;
    if (intervalMs > 0) this.#schedule(Math.min(firstAfterMs, intervalMs), intervalMs);
  }

  status(): ScrubStatus {
    return this.#status;
  }

  /** Verifies now; joins a run that is under way. */
  async run(): Promise<void> {
    this.#running ??= this.#runAndNote().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Ends the worker between two records, and resolves once it has. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    Atomics.store(this.#stop, 0, 1);
    Atomics.notify(this.#stop, 0);
    await this.#running;
  }

  #schedule(afterMs: number, intervalMs: number): void {
    this.#timer = setTimeout(() => {
      void this.#runAgainAfter(intervalMs);
    }, afterMs);
    this.#timer.unref();
  }

  async #runAgainAfter(intervalMs: number): Promise<void> {
    await this.run();
    if (!this.#isStopped) this.#schedule(intervalMs, intervalMs);
  }

  get #isStopped(): boolean {
    return Atomics.load(this.#stop, 0) === 1;
  }

  async #runAndNote(): Promise<void> {
    const startedAt = performance.now();
    try {
      // Something that is rewritten at this moment can look damaged once, but not twice.
      const first = await this.#verify();
      const doubts = first?.length === 0 ? first : await this.#verify();
      if (!doubts) return;
      const lastRunMs = performance.now() - startedAt;
      const runs = this.#status.runs + 1;
      this.#status = {
        ...this.#status,
        runs,
        doubts: doubts.length,
        endedAt: Date.now(),
        lastRunMs,
      };
      if (doubts.length > 0) this.#options.onNotice(noticeOf(doubts));
    } catch (error) {
      this.#status = { ...this.#status, failures: this.#status.failures + 1 };
      this.#options.onNotice(`The journal could not be verified: ${String(error)}`);
    }
  }

  /** The doubts of one run, or nothing when it was stopped. */
  async #verify(): Promise<readonly string[] | undefined> {
    if (this.#isStopped) return undefined;
    const start: ScrubStart = { dataDir: this.#options.dataDir, stop: this.#stop };
    const worker = startThread(workerFile, { workerData: start });
    const ended = Promise.withResolvers<readonly string[] | undefined>();
    worker.on('message', (reply: ScrubReply) => {
      if ('error' in reply) ended.reject(fromWireError(reply.error));
      else ended.resolve(reply.found.doubts);
    });
    worker.on('error', (error) => ended.reject(error));
    worker.on('exit', () => ended.resolve(undefined));
    return ended.promise;
  }
}

const noticeOf = (doubts: readonly string[]): string => {
  const shown = doubts.slice(0, doubtsShown).join(' ');
  const more = doubts.length > doubtsShown ? ` And ${doubts.length - doubtsShown} more.` : '';
  return `The journal is not as it was written: ${shown}${more} Make a copy of the directory, then run verify.`;
};

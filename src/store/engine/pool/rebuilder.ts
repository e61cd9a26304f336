import type { PoolCounters } from './status.ts';

/** Waits twice as long after each failure. */
const retryMs = { first: 500, max: 30_000 };
/** After so many failures in a row it is taken for granted that there will be fewer engines. */
const scarceAfter = 3;

export interface RebuilderOptions {
  /** Whether a replica is missing. */
  readonly isMissing: () => boolean;
  /** Builds one and takes it into the pool. */
  readonly build: () => Promise<void>;
  readonly counters: PoolCounters;
  readonly onNotice: (notice: string) => void;
  /** When one could not be built: who waits for it must make do without. */
  readonly onFailure: () => void;
}

/** Builds the replicas that are missing, one at a time, and waits longer after each failure. */
export class Rebuilder {
  readonly #options: RebuilderOptions;
  #failures = 0;
  #isFilling = false;
  #closed = false;
  #endPause: (() => void) | undefined;

  constructor(options: RebuilderOptions) {
    this.#options = options;
  }

  /** Whether it has failed so often that the others must make do without. */
  get isScarce(): boolean {
    return this.#failures >= scarceAfter;
  }

  /** Builds what is missing, unless it is at it already. */
  async fill(): Promise<void> {
    if (this.#isFilling) return;
    this.#isFilling = true;
    while (!this.#closed && this.#options.isMissing()) {
      if (this.#failures > 0) await this.#pause();
      if (!this.#closed) await this.#tryBuild();
    }
    this.#isFilling = false;
  }

  close(): void {
    this.#closed = true;
    this.#endPause?.();
  }

  async #pause(): Promise<void> {
    const ms = Math.min(retryMs.first * 2 ** (this.#failures - 1), retryMs.max);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #tryBuild(): Promise<void> {
    const { build, counters, onNotice } = this.#options;
    const startedAt = performance.now();
    try {
      await build();
      if (this.isScarce) onNotice('Engines can be built again.');
      this.#failures = 0;
      counters.lastRebuildMs = performance.now() - startedAt;
      counters.rebuildMs += counters.lastRebuildMs;
      counters.rebuilds += 1;
    } catch (error) {
      this.#failures += 1;
      counters.buildFailures += 1;
      if (this.#closed) return;
      onNotice(`A reader could not be built: ${reasonOf(error)}`);
      if (this.#failures === scarceAfter)
        onNotice(
          'Fewer engines than set: long queries may delay short ones until one can be built.',
        );
      this.#options.onFailure();
    }
  }
}

/** What is told of an error. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

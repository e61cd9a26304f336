import { IsnadError } from '../../errors.ts';
import type { DueChange } from './calls.ts';
import type { EngineClient } from './client.ts';

/** Longest delay `setTimeout` takes; a longer one would fire at once. */
const timerMax = 2 ** 31 - 1;

/** The error of an update whose time has run out. */
export const updateTimedOut = (): IsnadError =>
  new IsnadError('query-timeout', 'The update was stopped at its time limit.');

/**
 * Watches an engine at work on one change after the other: it is ended when it is still at work on one at
 * that one's deadline. The deadlines of those that are done, or wait their turn, end nothing; the engine
 * itself leaves out what comes to its turn too late.
 */
export class DeadlineWatch {
  /** Which change the engine is at work on, as it tells; -1 before the first. */
  readonly turn = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(-1);
  readonly #engine: Pick<EngineClient, 'terminate'>;
  readonly #deadlines: readonly number[];
  #timer: NodeJS.Timeout | undefined;
  #expired = false;

  constructor(engine: Pick<EngineClient, 'terminate'>, changes: readonly DueChange[]) {
    this.#engine = engine;
    this.#deadlines = changes.map(({ deadlineAt }) => deadlineAt);
  }

  /**
   * Watches over `work`.
   *
   * @throws IsnadError `query-timeout` when the engine was ended; what `work` throws
   */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#wait();
    try {
      return await work();
    } catch (error) {
      throw this.#expired ? updateTimedOut() : error;
    } finally {
      clearTimeout(this.#timer);
    }
  }

  #wait(): void {
    const now = Date.now();
    const ahead = this.#deadlines.filter((deadlineAt) => deadlineAt > now);
    const next = ahead.reduce((least, each) => Math.min(least, each), Infinity);
    if (next === Infinity) return;
    this.#timer = setTimeout(() => this.#look(), Math.min(next - now, timerMax));
  }

  #look(): void {
    const deadlineAt = this.#deadlines[Atomics.load(this.turn, 0)] ?? Infinity;
    this.#expired = deadlineAt <= Date.now();
    if (this.#expired) void this.#engine.terminate();
    else this.#wait();
  }
}

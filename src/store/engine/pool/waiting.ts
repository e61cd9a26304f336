import { IsnadError } from '../../../errors.ts';
import type { QueryAnswer, QueryRequest } from '../../store.ts';

/** Longest delay `setTimeout` takes; a longer one would fire at once. */
const timerMax = 2 ** 31 - 1;
/** How long the work of a client that is gone may still run before its engine is ended. */
export const abandonedMs = 2000;

/** `light`: expected to end soon; `heavy`: known, or found, to take long. */
export type Lane = 'light' | 'heavy';

/** Why a query's work must end although it is not done. */
export type StopReason = 'deadline' | 'abandoned';

/**
 * One query from its arrival to its end. It ends exactly once: answered, failed, at its deadline, or
 * when its client goes. Its timers and its listener belong to it alone and are taken away on every one
 * of these ways, so that no stale timer ends an engine that is at work on another query.
 */
export class Waiting {
  readonly request: QueryRequest;
  /** The commit the answer may not be older than. */
  readonly minSequence: number;
  readonly arrivedAt = Date.now();
  lane: Lane;
  /** Whether it once worked longer than its light budget. */
  overran = false;
  /** Whether nobody waits for the answer any more. */
  settled = false;
  readonly #stop: (query: Waiting, reason: StopReason) => void;
  readonly #onAbort = (): void => this.#abandon();
  readonly #answer = Promise.withResolvers<QueryAnswer>();
  #startedAt: number | undefined;
  #everStarted = false;
  #timer: NodeJS.Timeout;
  #budgetTimer: NodeJS.Timeout | undefined;

  /** @param stop called when the query must leave the line, or its engine must be ended */
  constructor(
    request: QueryRequest,
    lane: Lane,
    minSequence: number,
    stop: (query: Waiting, reason: StopReason) => void,
  ) {
    this.request = request;
    this.lane = lane;
    this.minSequence = minSequence;
    this.#stop = stop;
    this.#timer = setTimeout(() => this.#expire(), Math.min(this.allowedMs, timerMax));
    request.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get answer(): Promise<QueryAnswer> {
    return this.#answer.promise;
  }

  /** Milliseconds from its arrival to its deadline. */
  get allowedMs(): number {
    return Math.max(this.request.deadlineAt - this.arrivedAt, 0);
  }

  /** Milliseconds an engine has been at work on it, this time. */
  get workedMs(): number {
    return this.#startedAt === undefined ? 0 : Date.now() - this.#startedAt;
  }

  /** An engine begins with it. In the light lane `onOverrun` is called once its budget is spent. */
  begin(budgetMs: number, onOverrun: () => void): void {
    this.#startedAt = Date.now();
    this.#everStarted = true;
    if (this.lane === 'light') this.#budgetTimer = setTimeout(onOverrun, budgetMs);
  }

  /** Its engine was ended for the sake of others; it starts anew, in the heavy lane, in its turn. */
  startAnew(): void {
    clearTimeout(this.#budgetTimer);
    this.#startedAt = undefined;
    this.lane = 'heavy';
  }

  resolve(answer: QueryAnswer): void {
    this.#answer.resolve(answer);
    this.end();
  }

  reject(error: unknown): void {
    this.#answer.reject(error);
    this.end();
  }

  /** Takes timers and listener away: nothing may be stopped on account of this query any more. */
  end(): void {
    this.settled = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#budgetTimer);
    this.request.signal?.removeEventListener('abort', this.#onAbort);
  }

  #expire(): void {
    this.reject(
      this.#everStarted
        ? new IsnadError('query-timeout', 'The query was stopped at its time limit.')
        : new IsnadError('store-busy', 'No engine came free within the time limit of the query.'),
    );
    this.#stop(this, 'deadline');
  }

  /** Most queries end by themselves within the grace, which spares the engine. */
  #abandon(): void {
    this.settled = true;
    this.#answer.reject(this.request.signal?.reason);
    clearTimeout(this.#timer);
    if (this.#startedAt === undefined) this.#stop(this, 'abandoned');
    else this.#timer = setTimeout(() => this.#stop(this, 'abandoned'), abandonedMs);
  }
}

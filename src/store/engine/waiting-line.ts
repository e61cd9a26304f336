import { IsnadError } from '../../errors.ts';
import type { QueryAnswer, QueryRequest } from '../store.ts';

/** Longest delay `setTimeout` takes; a longer one would fire at once. */
const timerMax = 2 ** 31 - 1;
/** How long the work of a client that is gone may still run before its engine is ended. */
const abandonedMs = 2000;

/**
 * One query from its arrival to its end. It ends exactly once: answered, failed, at its deadline, or
 * when its client goes. Its timer and listener are taken away on every one of these ways.
 */
export class Waiting {
  readonly request: QueryRequest;
  /** The commit the answer may not be older than. */
  readonly minSequence: number;
  /** Whether an engine is at work on it. */
  started = false;
  readonly #stop: (query: Waiting) => void;
  readonly #onAbort = (): void => this.#abandon();
  readonly #settled = Promise.withResolvers<QueryAnswer>();
  #timer: NodeJS.Timeout;

  /** @param stop called when the query must leave the line, or its engine must be ended */
  constructor(request: QueryRequest, minSequence: number, stop: (query: Waiting) => void) {
    this.request = request;
    this.minSequence = minSequence;
    this.#stop = stop;
    const left = Math.min(Math.max(request.deadlineAt - Date.now(), 0), timerMax);
    this.#timer = setTimeout(() => this.#expire(), left);
    request.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get answer(): Promise<QueryAnswer> {
    return this.#settled.promise;
  }

  resolve(answer: QueryAnswer): void {
    this.#settled.resolve(answer);
    this.end();
  }

  reject(error: unknown): void {
    this.#settled.reject(error);
    this.end();
  }

  /** Takes the timer and the listener away: nothing may be stopped on account of this query any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.request.signal?.removeEventListener('abort', this.#onAbort);
  }

  #expire(): void {
    this.reject(
      this.started
        ? new IsnadError('query-timeout', 'The query was stopped at its time limit.')
        : new IsnadError('store-busy', 'No engine came free within the time limit of the query.'),
    );
    this.#stop(this);
  }

  /** Most queries end by themselves within the grace, which spares the engine. */
  #abandon(): void {
    this.reject(this.request.signal?.reason);
    if (!this.started) this.#stop(this);
    else this.#timer = setTimeout(() => this.#stop(this), abandonedMs);
  }
}

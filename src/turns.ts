import { IsnadError } from './errors.ts';

/** On whose behalf something is asked. */
export interface Asker {
  /** Ends the work when its client is gone. */
  readonly signal?: AbortSignal | undefined;
  /** Who asks, such as an address: clients take turns. Without it the service itself asks. */
  readonly client?: string | undefined;
}

/** Who wants a turn, and how long it is worth waiting for. */
export interface Turn extends Asker {
  /** In milliseconds of `Date.now()`. */
  readonly deadlineAt?: number | undefined;
}

export interface TurnBounds {
  /** How many may have their turn at once, and how many of one client. */
  readonly places: number;
  readonly placesOfOne: number;
  /** How many may wait, and how many of one client: an address may stand for a whole institution. */
  readonly waiting: number;
  readonly waitingOfOne: number;
}

interface Waiting {
  readonly client: string;
  readonly called: PromiseWithResolvers<void>;
}

/** Work nobody names a client for. */
const ownWork = '';
/** Longest delay `setTimeout` takes, in milliseconds. */
const timerMax = 2 ** 31 - 1;

/**
 * Waits for work, but no longer than anybody wants it; the work itself goes on.
 *
 * @param late the error when the deadline passes
 * @throws what the work throws, `late`, the reason of the signal
 */
export const untilGone = async <Result>(
  work: Promise<Result>,
  { signal, deadlineAt = Infinity }: Turn,
  late: () => IsnadError,
): Promise<Result> => {
  const gone = Promise.withResolvers<never>();
  const onAbort = (): void => gone.reject(signal?.reason);
  const leftMs = Math.min(Math.max(deadlineAt - Date.now(), 0), timerMax);
  const timer = setTimeout(() => gone.reject(late()), leftMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  try {
    return await Promise.race([work, gone.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
};

/**
 * A line before work of which only so much is done at once. Clients take turns, however much each of them
 * has waiting; what one client wants is done in the order it came.
 */
export class Turns {
  readonly #bounds: TurnBounds;
  readonly #what: string;
  /** Clients in the order of their next turn. */
  readonly #ring = new Map<string, Waiting[]>();
  /** How many each client has under way. */
  readonly #under = new Map<string, number>();
  #placesLeft: number;
  #closed: IsnadError | undefined;

  /** @param what is waited with, for messages: a plural, such as `queries` */
  constructor(bounds: TurnBounds, what: string) {
    this.#bounds = bounds;
    this.#what = what;
    this.#placesLeft = bounds.places;
  }

  /** Why nobody is let in any more. */
  get closed(): IsnadError | undefined {
    return this.#closed;
  }

  /** How many wait. */
  get length(): number {
    return [...this.#ring.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /**
   * Resolves when it is this one's turn, with what ends it; that must be called.
   *
   * @throws IsnadError `store-busy` when too many wait or no turn came before the deadline, `client-busy`
   *   when too many of this client's wait; the reason of the signal
   */
  async enter(turn: Turn = {}): Promise<() => void> {
    const { client = ownWork } = turn;
    turn.signal?.throwIfAborted();
    if (this.#closed) throw this.#closed;
    if (this.#mayBegin(client)) this.#begin(client);
    else await this.#wait(client, turn);
    return () => this.#leave(client);
  }

  /** Lets nobody in any more; those who wait are told why. */
  close(reason: IsnadError): void {
    this.#closed = reason;
    for (const each of [...this.#ring.values()].flat()) each.called.reject(reason);
    this.#ring.clear();
  }

  async #wait(client: string, turn: Turn): Promise<void> {
    this.#admit(client);
    const waiting: Waiting = { client, called: Promise.withResolvers() };
    this.#ring.set(client, [...(this.#ring.get(client) ?? []), waiting]);
    try {
      await untilGone(waiting.called.promise, turn, () => this.#late());
    } catch (error) {
      // It may have been called in the same moment.
      if (!this.#forget(waiting) && !this.#closed) this.#leave(client);
      throw error;
    }
  }

  #admit(client: string): void {
    const all = this.length;
    if (all >= this.#bounds.waiting)
      throw new IsnadError('store-busy', `${all} ${this.#what} are waiting already.`);
    const own = this.#ring.get(client)?.length ?? 0;
    if (client !== ownWork && own >= this.#bounds.waitingOfOne)
      throw new IsnadError('client-busy', `${own} ${this.#what} of yours are waiting already.`, {
        extra: { limit: this.#bounds.waitingOfOne, unit: this.#what },
      });
  }

  #mayBegin(client: string): boolean {
    const own = this.#under.get(client) ?? 0;
    return this.#placesLeft > 0 && (client === ownWork || own < this.#bounds.placesOfOne);
  }

  #begin(client: string): void {
    this.#placesLeft -= 1;
    this.#under.set(client, (this.#under.get(client) ?? 0) + 1);
  }

  #leave(client: string): void {
    this.#placesLeft += 1;
    const left = (this.#under.get(client) ?? 0) - 1;
    if (left > 0) this.#under.set(client, left);
    else this.#under.delete(client);
    this.#putBehind(client, this.#ring.get(client) ?? []);
    this.#callNext();
  }

  /** Calls whose turn it is. */
  #callNext(): void {
    for (const [client, [next, ...others]] of this.#ring) {
      if (!next || !this.#mayBegin(client)) continue;
      this.#putBehind(client, others);
      this.#begin(client);
      next.called.resolve();
      return;
    }
  }

  #putBehind(client: string, waiting: Waiting[]): void {
    this.#ring.delete(client);
    if (waiting.length > 0) this.#ring.set(client, waiting);
  }

  /** Takes one out of the line; false when it is not in it. */
  #forget(waiting: Waiting): boolean {
    const own = this.#ring.get(waiting.client) ?? [];
    const left = own.filter((each) => each !== waiting);
    if (left.length > 0) this.#ring.set(waiting.client, left);
    else this.#ring.delete(waiting.client);
    return left.length < own.length;
  }

  #late(): IsnadError {
    return new IsnadError('store-busy', `Other ${this.#what} took all the time there was.`);
  }
}

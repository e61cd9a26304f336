import { IsnadError } from '../../errors.ts';

/** How many requests of one client may bring a token that is not valid, and in what time. */
const failuresMax = 20;
const windowMs = 60_000;
/** Clients remembered at once; more would let anybody fill the memory. */
const clientsMax = 10_000;

interface Failures {
  count: number;
  readonly since: number;
}

/**
 * Counts tokens that are not valid, by client. Guessing one is hopeless whatever the speed; this keeps those
 * who try from being a burden. A valid token is never refused for what others at its address tried.
 */
export class FailedTokens {
  readonly #now: () => number;
  readonly #failures = new Map<string, Failures>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @throws IsnadError `authorisation-throttled` once there have been too many of late */
  note(client: string): void {
    const now = this.#now();
    const known = this.#failures.get(client);
    const current = known && now - known.since < windowMs ? known : { count: 0, since: now };
    current.count += 1;
    // The oldest is forgotten first.
    this.#failures.delete(client);
    this.#failures.set(client, current);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > clientsMax && oldest !== undefined) this.#failures.delete(oldest);
    if (current.count <= failuresMax) return;
    const retryAfterSeconds = Math.ceil((current.since + windowMs - now) / 1000);
    throw new IsnadError(
      'authorisation-throttled',
      `More than ${failuresMax} requests brought a token that is not valid.`,
      { extra: { retryAfterSeconds, limit: failuresMax, unit: 'requests a minute' } },
    );
  }
}

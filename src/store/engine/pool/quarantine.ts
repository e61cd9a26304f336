import { createHash } from 'node:crypto';
import { IsnadError } from '../../../errors.ts';
import type { QueryRequest } from '../../store.ts';

const queriesMax = 1000;
const windowMs = 10 * 60 * 1000;
/** Engines a query may cost within the window before it is refused. */
const killsMax = 2;
/** A query that ran out of time may be tried again with this much more of it. */
const moreTime = 1.5;

interface Kills {
  /** When, in milliseconds of `Date.now()`, the newest last. */
  readonly at: number[];
  /** The longest it was given in vain; infinite once it broke an engine. */
  givenMs: number;
}

/**
 * The same for every spelling of a query, where its shape is known. The dataset belongs to it: what
 * is too much for all graphs may be little for one.
 */
const keyOf = ({ shape, query, graphs, defaultGraph }: QueryRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([shape?.key ?? query, graphs, defaultGraph]))
    .digest('base64url');

/**
 * The queries that cost engines: each broken or ended engine must be built anew, so a query that did
 * it twice within ten minutes is refused at once until its first time is ten minutes past.
 */
export class Quarantine {
  readonly #kills = new Map<string, Kills>();

  /** Queries that are refused now. */
  get size(): number {
    return [...this.#kills.values()].filter(({ at }) => recent(at).length >= killsMax).length;
  }

  /** @throws IsnadError `query-quarantined`, with when it may be tried again */
  check(request: QueryRequest): void {
    if (this.#kills.size === 0) return;
    const kills = this.#kills.get(keyOf(request));
    if (!kills) return;
    const at = recent(kills.at).slice(-killsMax);
    const [first] = at;
    if (first === undefined || at.length < killsMax) return;
    const now = Date.now();
    if (request.deadlineAt - now > kills.givenMs * moreTime) return;
    const seconds = Math.ceil((first + windowMs - now) / 1000);
    const what = kills.givenMs === Infinity ? 'broke the engine' : 'ran out of time';
    throw new IsnadError(
      'query-quarantined',
      `This query ${what} ${killsMax} times within ten minutes. It may be tried again in ${seconds} seconds.`,
      { extra: { retryAfterSeconds: seconds } },
    );
  }

  /**
   * Remembers that a query cost an engine.
   *
   * @param givenMs the time it had in vain; infinite when it broke the engine
   */
  note(request: QueryRequest, givenMs: number): void {
    const key = keyOf(request);
    const known = this.#kills.get(key);
    this.#kills.delete(key);
    const at = [...recent(known?.at ?? []), Date.now()].slice(-killsMax);
    this.#kills.set(key, { at, givenMs: Math.max(known?.givenMs ?? 0, givenMs) });
    const [oldest] = this.#kills.keys();
    if (this.#kills.size > queriesMax && oldest !== undefined) this.#kills.delete(oldest);
  }
}

const recent = (at: readonly number[]): number[] =>
  at.filter((when) => when > Date.now() - windowMs);

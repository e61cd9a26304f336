import { IsnadError } from '../../../errors.ts';
import type { Lane, Waiting } from './waiting.ts';

/** One client's part of the line. Work nobody names a client for shares one part without a limit. */
const ownWork = '';
/** The part of the line one client may fill. */
const clientShare = 0.5;

/** Clients in the order of their next turn, each with its queries in the order of theirs. */
type Ring = Map<string, Waiting[]>;

/**
 * The line of queries that wait for an engine. Clients take turns, however many queries each has
 * waiting; among its own queries a client's light ones go first, the others in order of arrival.
 */
export class FairLine {
  readonly #queueMax: number;
  /** A ring for each lane, for a client's turn in one must not cost it its turn in the other. */
  readonly #rings: Readonly<Record<Lane, Ring>>;

  /** @param shared whether light and heavy work wait for the same engines */
  constructor(queueMax: number, shared: boolean) {
    this.#queueMax = queueMax;
    const light: Ring = new Map();
    this.#rings = { light, heavy: shared ? light : new Map() };
  }

  get length(): number {
    return this.count('light') + this.count('heavy');
  }

  /** Queries of one lane that wait. */
  count(lane: Lane): number {
    return [...this.#rings[lane].values()].flat().filter((each) => each.lane === lane).length;
  }

  /** Clients with queries in the line. */
  get clients(): number {
    return new Set([...this.#rings.light.keys(), ...this.#rings.heavy.keys()]).size;
  }

  /**
   * Refuses a query for which there is no place.
   *
   * @param retryAfterSeconds when there may be one again
   * @throws IsnadError `store-busy` when the line is full, `client-busy` when this client's share of it is
   */
  admit(client: string | undefined, retryAfterSeconds: number): void {
    const extra = { retryAfterSeconds };
    const waiting = this.length;
    if (waiting >= this.#queueMax)
      throw new IsnadError('store-busy', `${waiting} queries are waiting already.`, { extra });
    if (client === undefined) return;
    const limit = Math.ceil(this.#queueMax * clientShare);
    const own = this.#ofClient(client);
    if (own >= limit)
      throw new IsnadError('client-busy', `${own} queries of yours are waiting already.`, {
        extra: { ...extra, limit, unit: 'queries' },
      });
  }

  push(query: Waiting): void {
    const ring = this.#rings[query.lane];
    const client = query.request.client ?? ownWork;
    const queries = ring.get(client) ?? [];
    ring.set(client, queries);
    const firstHeavy = queries.findIndex(({ lane }) => lane === 'heavy');
    if (query.lane === 'heavy' || firstHeavy < 0) queries.push(query);
    else queries.splice(firstHeavy, 0, query);
  }

  /** Puts light queries that turn out to be heavy behind, each at the end of its client's heavy ones. */
  makeHeavy(isHeavy: (query: Waiting) => boolean): void {
    const found = [...this.#rings.light.values()]
      .flat()
      .filter((query) => query.lane === 'light' && isHeavy(query));
    for (const query of found) {
      this.remove(query);
      query.lane = 'heavy';
      this.push(query);
    }
  }

  /** Takes a query out that waits no more. */
  remove(query: Waiting): void {
    const ring = this.#rings[query.lane];
    const client = query.request.client ?? ownWork;
    const queries = ring.get(client) ?? [];
    const at = queries.indexOf(query);
    if (at >= 0) queries.splice(at, 1);
    if (queries.length === 0) ring.delete(client);
  }

  /** Whether a query of this lane waits that `fits`. */
  has(lane: Lane, fits: (query: Waiting) => boolean): boolean {
    return [...this.#rings[lane].values()].some((queries) => queries.some(fits));
  }

  /** Takes the next query of a lane that `fits`, and moves its client behind the others. */
  take(lane: Lane, fits: (query: Waiting) => boolean): Waiting | undefined {
    const ring = this.#rings[lane];
    for (const [client, queries] of ring) {
      const at = queries.findIndex(fits);
      if (at < 0) continue;
      const [query] = queries.splice(at, 1);
      ring.delete(client);
      if (queries.length > 0) ring.set(client, queries);
      return query;
    }
    return undefined;
  }

  /** Empties the line. */
  clear(): Waiting[] {
    const all = [...new Set([...this.#rings.light.values(), ...this.#rings.heavy.values()])].flat();
    this.#rings.light.clear();
    this.#rings.heavy.clear();
    return all;
  }

  #ofClient(client: string): number {
    const { light, heavy } = this.#rings;
    const inLight = light.get(client)?.length ?? 0;
    return light === heavy ? inLight : inLight + (heavy.get(client)?.length ?? 0);
  }
}

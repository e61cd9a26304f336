import type { QueryAnswer, QueryRequest } from '../store/store.ts';
import type { Executor } from './executors.ts';
import { type Flight, joinFlight, startFlight } from './shared-evaluation.ts';

export interface ResultCacheStatus {
  readonly hits: number;
  readonly misses: number;
  /** Queries that got the answer of an equal one that was being worked on. */
  readonly joined: number;
  readonly entries: number;
  readonly bytes: number;
}

export interface ResultCache {
  /**
   * Answers from what is kept, else by `next`, whose answer it keeps. Takes every query; those whose
   * answer may differ next time go straight on.
   */
  readonly inFrontOf: (next: Executor, head: () => number) => Executor;
  readonly status: () => ResultCacheStatus;
}

/** An answer that takes more than this part of the cache would push too many others out. */
const largestShare = 1 / 8;
/** What an entry takes beside its body and its key, in bytes, roughly. */
const entryBytes = 300;

/** All an answer depends on, but for the commit. The dataset is the public one until tokens exist. */
const keyOf = ({ query, mediaType, defaultGraph, graphs, baseIri, resultBytesMax }: QueryRequest) =>
  JSON.stringify(['public', query, mediaType, defaultGraph, graphs, baseIri, resultBytesMax]);

/** Answers of one commit, the least recently used first. */
class Answers {
  readonly #bytesMax: number;
  readonly #answers = new Map<string, QueryAnswer>();
  bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get size(): number {
    return this.#answers.size;
  }

  /** An answer that is not older than a commit. */
  find(key: string, sequence: number): QueryAnswer | undefined {
    const answer = this.#answers.get(key);
    if (!answer) return undefined;
    this.#drop(key, answer);
    if (answer.commit < sequence) return undefined;
    this.#add(key, answer);
    return answer;
  }

  keep(key: string, answer: QueryAnswer): void {
    if (sizeOf(key, answer) > this.#bytesMax * largestShare) return;
    const known = this.#answers.get(key);
    if (known && known.commit > answer.commit) return;
    if (known) this.#drop(key, known);
    this.#add(key, answer);
    for (const [oldest, each] of this.#answers)
      if (this.bytes > this.#bytesMax) this.#drop(oldest, each);
      else return;
  }

  /** Gives up what is older than a commit. */
  forgetBefore(sequence: number): void {
    for (const [key, answer] of this.#answers)
      if (answer.commit < sequence) this.#drop(key, answer);
  }

  #add(key: string, answer: QueryAnswer): void {
    this.#answers.set(key, answer);
    this.bytes += sizeOf(key, answer);
  }

  #drop(key: string, answer: QueryAnswer): void {
    this.#answers.delete(key);
    this.bytes -= sizeOf(key, answer);
  }
}

const sizeOf = (key: string, { body }: QueryAnswer): number =>
  body.byteLength + key.length * 2 + entryBytes;

/**
 * A cache of whole answers. One is given again only while no commit has come since, so a reader sees
 * what it would without the cache. Equal queries that come while the first is being answered wait for
 * its answer instead of asking the engine again.
 *
 * @param bytesMax what all answers together may take; 0 keeps and shares nothing
 */
export const createResultCache = (bytesMax: number): ResultCache => {
  const answers = new Answers(bytesMax);
  const flights = new Map<string, Flight>();
  const counts = { hits: 0, misses: 0, joined: 0 };
  let newest = 0;

  /** @param flightKey the key of those who may wait for this evaluation too */
  const evaluate = (
    key: string,
    flightKey: string,
    request: QueryRequest,
    ask: (request: QueryRequest) => Promise<QueryAnswer>,
  ): Promise<QueryAnswer> => {
    const end = (): void => {
      if (flights.get(flightKey) === flight) flights.delete(flightKey);
    };
    const askAndKeep = async (shared: QueryRequest): Promise<QueryAnswer> => {
      try {
        const answer = await ask(shared);
        answers.keep(key, answer);
        return answer;
      } finally {
        end();
      }
    };
    const flight = startFlight(request, askAndKeep, end);
    flights.set(flightKey, flight);
    return joinFlight(flight, request);
  };

  return {
    inFrontOf: (next, head) => (query) => {
      const { analysis, request } = query;
      if (!analysis.isRepeatable || bytesMax === 0) return next(query);
      const sequence = head();
      if (sequence > newest) answers.forgetBefore(sequence);
      newest = Math.max(newest, sequence);
      const key = keyOf(request);
      const kept = answers.find(key, sequence);
      if (kept) {
        counts.hits += 1;
        return Promise.resolve(kept);
      }
      const ask = (asked: QueryRequest): Promise<QueryAnswer> => {
        const answer = next({ analysis, request: asked });
        if (!answer) throw new Error('No executor took the query, though the engine takes all.');
        return answer;
      };
      // An evaluation begun before a commit may see the state before it, which this query may not.
      const flightKey = `${sequence} ${key}`;
      const flight = flights.get(flightKey);
      if (!flight) {
        counts.misses += 1;
        return evaluate(key, flightKey, request, ask);
      }
      counts.joined += 1;
      return joinFlight(flight, request, () => ask(request));
    },
    status: () => ({ ...counts, entries: answers.size, bytes: answers.bytes }),
  };
};

import { setTimeout as delay } from 'node:timers/promises';
import { IsnadError } from '../../errors.ts';
import type { Place } from '../journal/place.ts';
import type { QueryAnswer, QueryRequest } from '../store.ts';
import type { EngineClient } from './client.ts';
import { Waiting } from './waiting-line.ts';

export interface PoolOptions {
  /** Queries answered at the same time. */
  readonly readers: number;
  /** Replicas kept beyond these, warm, to take over from a lost one and to read a new commit first. */
  readonly spares: 0 | 1;
  /** Queries that may wait. */
  readonly queueMax: number;
  /** Starts an engine; `onLost` is to be called when it breaks down by itself. */
  readonly spawn: (onLost: () => void) => EngineClient;
  readonly onNotice: (notice: string) => void;
}

export interface PoolStatus {
  /** Replicas that can answer at the newest commit, now or when their present query ends. */
  readonly current: number;
  /** Replicas that are reading the journal. */
  readonly catchingUp: number;
  readonly answering: number;
  readonly waiting: number;
  /** Memory of all replicas' engines, in bytes. */
  readonly memoryBytes: number;
}

interface Reader {
  readonly engine: EngineClient;
  place: Place;
  activity: 'idle' | 'answering' | 'advancing';
  query: Waiting | undefined;
  /** Memory after it last read the journal, in bytes. */
  baselineBytes: number;
}

/** A commit on the disk that no reader has yet. */
interface Publication {
  readonly place: Place;
  /** A large change: the last reader at the old commit goes on answering meanwhile. */
  readonly large: boolean;
  readonly done: () => void;
  reader: Reader | undefined;
}

const retryMs = { first: 500, max: 30_000 };
/** An engine is replaced when a query made its memory grow beyond this. */
const bloated = { factor: 1.5, bytes: 64 * 1024 * 1024 };

/**
 * The replicas that answer queries. All are alike: at most `readers` of them are at work on queries, so
 * a spare is always warm and idle, and it is the one that reads the next commit first. A reader serves
 * whole commits only: it takes no query while it reads the journal.
 */
export class ReaderPool {
  readonly #options: PoolOptions;
  readonly #readers = new Set<Reader>();
  readonly #line: Waiting[] = [];
  /** The newest commit that queries are answered at. */
  #visible: Place;
  #publication: Publication | undefined;
  #building: EngineClient | undefined;
  #filling = false;
  #failures = 0;
  #closed = false;

  constructor(options: PoolOptions, place: Place) {
    this.#options = options;
    this.#visible = place;
  }

  /** Starts the replicas one after the other; resolves when the first can answer. */
  async start(): Promise<void> {
    await this.#build();
    void this.#fill();
  }

  /** Answers a query, in its turn, at the newest commit visible now or a later one. */
  async ask(request: QueryRequest): Promise<QueryAnswer> {
    if (this.#closed) throw closing();
    request.signal?.throwIfAborted();
    if (this.#line.length >= this.#options.queueMax)
      throw new IsnadError('store-busy', `${this.#line.length} queries are waiting already.`);
    const query = new Waiting(request, this.#visible.sequence, (each) => this.#stop(each));
    this.#line.push(query);
    this.#turn();
    return query.answer;
  }

  /**
   * Makes a commit visible. Resolves when the first reader has it; from then on queries that arrive are
   * answered at it, and the other readers follow.
   *
   * @param large whether reading it takes so long that queries should not wait for it
   */
  async publish(place: Place, large: boolean): Promise<void> {
    await new Promise<void>((done) => {
      this.#publication = { place, large, done, reader: undefined };
      this.#turn();
    });
  }

  status(): PoolStatus {
    const readers = [...this.#readers];
    const current = readers.filter((reader) => this.#isCurrent(reader)).length;
    return {
      current,
      catchingUp: readers.length - current + (this.#building ? 1 : 0),
      answering: readers.filter(({ activity }) => activity === 'answering').length,
      waiting: this.#line.length,
      memoryBytes: readers.reduce((sum, { engine }) => sum + engine.memoryBytes, 0),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const query of this.#line.splice(0)) query.reject(closing());
    const readers = [...this.#readers];
    this.#readers.clear();
    for (const { query } of readers) query?.reject(closing());
    await Promise.all([
      ...readers.map(({ engine }) => engine.terminate()),
      this.#building?.terminate(),
    ]);
    this.#publication?.done();
  }

  /** What to do next with whoever is idle: first the new commit, then catching up, then queries. */
  #turn(): void {
    if (this.#closed) return;
    this.#advanceToPublication();
    for (const reader of this.#idle())
      if (reader.place.sequence < this.#visible.sequence) void this.#catchUp(reader);
    this.#dispatch();
  }

  get #wanted(): number {
    return this.#options.readers + this.#options.spares;
  }

  #idle(): Reader[] {
    return [...this.#readers].filter(({ activity }) => activity === 'idle');
  }

  #isCurrent(reader: Reader): boolean {
    return reader.activity !== 'advancing' && reader.place.sequence >= this.#visible.sequence;
  }

  #advanceToPublication(): void {
    const publication = this.#publication;
    if (!publication || publication.reader) return;
    const newestFirst = this.#idle().toSorted((a, b) => b.place.sequence - a.place.sequence);
    const reader = newestFirst.find((each) => !publication.large || this.#canSpare(each));
    if (!reader) return;
    publication.reader = reader;
    void this.#readPublication(publication, reader);
  }

  async #readPublication(publication: Publication, reader: Reader): Promise<void> {
    const advanced = await this.#advance(reader, publication.place);
    publication.reader = undefined;
    if (!advanced) return;
    this.#publication = undefined;
    this.#visible = publication.place;
    publication.done();
    this.#turn();
  }

  /** Whether queries can still be answered while this reader is away for long. */
  #canSpare(reader: Reader): boolean {
    if ([...this.#readers].some((each) => each !== reader && this.#isCurrent(each))) return true;
    return this.#readers.size === 1 && this.#building === undefined;
  }

  async #catchUp(reader: Reader): Promise<void> {
    await this.#advance(reader, this.#visible);
    this.#turn();
  }

  async #advance(reader: Reader, place: Place): Promise<boolean> {
    reader.activity = 'advancing';
    try {
      await reader.engine.advance(reader.place, place);
    } catch (error) {
      if (!this.#closed) this.#options.onNotice(`A reader could not follow: ${reasonOf(error)}`);
      this.#failures += 1;
      this.#discard(reader);
      return false;
    }
    reader.place = place;
    reader.baselineBytes = reader.engine.memoryBytes;
    reader.activity = 'idle';
    this.#failures = 0;
    return true;
  }

  #dispatch(): void {
    const free = this.#idle();
    let answering = [...this.#readers].filter(({ activity }) => activity === 'answering').length;
    while (answering < this.#options.readers) {
      const [query] = this.#line;
      if (!query) return;
      const at = free.findIndex(({ place }) => place.sequence >= query.minSequence);
      const [reader] = at < 0 ? [] : free.splice(at, 1);
      if (!reader) return;
      this.#line.shift();
      answering += 1;
      void this.#answer(reader, query);
    }
  }

  async #answer(reader: Reader, query: Waiting): Promise<void> {
    reader.activity = 'answering';
    reader.query = query;
    query.started = true;
    const { signal: _signal, deadlineAt: _deadlineAt, ...request } = query.request;
    try {
      const body = await reader.engine.call('query', request);
      query.resolve({ commit: reader.place.sequence, mediaType: request.mediaType, body });
    } catch (error) {
      query.reject(error);
    }
    reader.query = undefined;
    if (!this.#readers.has(reader)) return;
    if (reader.engine.healthy && !this.#isBloated(reader)) reader.activity = 'idle';
    else this.#discard(reader);
    this.#turn();
  }

  #isBloated({ engine, baselineBytes }: Reader): boolean {
    const limit = baselineBytes * bloated.factor + bloated.bytes;
    return engine.memoryBytes > limit && this.#readers.size === this.#wanted;
  }

  /** Takes a query out of the line, or ends the engine that is at work on it. */
  #stop(query: Waiting): void {
    const at = this.#line.indexOf(query);
    if (at >= 0) this.#line.splice(at, 1);
    for (const reader of this.#readers) if (reader.query === query) this.#discard(reader);
    this.#turn();
  }

  #discard(reader: Reader): void {
    this.#readers.delete(reader);
    void reader.engine.terminate();
    void this.#fill();
  }

  /** Builds what is missing, one replica at a time, and waits longer after each failure. */
  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    while (!this.#closed && this.#readers.size < this.#wanted) {
      const pauseMs = Math.min(retryMs.first * 2 ** (this.#failures - 1), retryMs.max);
      if (this.#failures > 0) await delay(pauseMs, undefined, { ref: false });
      await this.#tryBuild();
    }
    this.#filling = false;
  }

  async #tryBuild(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#build();
      // While a commit waits, a build has succeeded only once that commit has been read.
      if (!this.#publication) this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (!this.#closed) this.#options.onNotice(`A reader could not be built: ${reasonOf(error)}`);
    }
  }

  async #build(): Promise<void> {
    const place = this.#visible;
    const lost = (): void => {
      for (const reader of this.#readers) if (reader.engine === engine) this.#discard(reader);
      this.#turn();
    };
    const engine = this.#options.spawn(lost);
    this.#building = engine;
    try {
      await engine.call('advance', place);
    } catch (error) {
      void engine.terminate();
      throw error;
    } finally {
      this.#building = undefined;
    }
    const baselineBytes = engine.memoryBytes;
    this.#readers.add({ engine, place, activity: 'idle', query: undefined, baselineBytes });
    this.#turn();
  }
}

const closing = (): IsnadError => new IsnadError('store-busy', 'The store is closing.');
const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

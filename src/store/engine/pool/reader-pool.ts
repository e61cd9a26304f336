import { IsnadError } from '../../../errors.ts';
import type { Place } from '../../journal/place.ts';
import type { QueryAnswer, QueryRequest } from '../../store.ts';
import { FairLine } from './fair-line.ts';
import { probeIdle, type Probe } from './probe.ts';
import { type InspectedReader, Inspections } from './inspections.ts';
import { hasRoom, isShared, type LaneSizes, replicasOf, WaitEstimate } from './lanes.ts';
import { OverranShapes } from './overran-shapes.ts';
import { Publications } from './publications.ts';
import { Quarantine } from './quarantine.ts';
import { hasGrown, laneOf, newReader, type PoolEngine, type Reader } from './reader.ts';
import { reasonOf, Rebuilder } from './rebuilder.ts';
import { type KillReason, newCounters, type PoolStatus } from './status.ts';
import { describePool } from './describe-pool.ts';
import { type StopReason, Waiting } from './waiting.ts';

export interface PoolOptions {
  readonly lanes: LaneSizes;
  /** How long a query may work in the light lane, in milliseconds. */
  readonly lightBudgetMs: number;
  /** Queries that may wait. */
  readonly queueMax: number;
  /** Starts an engine; `onLost` is to be called when it breaks down by itself. */
  readonly spawn: (onLost: () => void) => PoolEngine;
  readonly onNotice: (notice: string) => void;
}

/** Running out of time tells against a query only if it was worked on for this part of its time. */
const fairTrial = 0.5;

/**
 * The replicas that answer queries. All are alike and whole: a replica takes no query while it reads
 * the journal, so it serves whole commits only. Queries go through two lanes. They start in the light
 * one; a query that outlives its budget there goes on as a heavy one, on the engine it has, and an idle
 * replica takes the light lane over. Only while the heavy lane is full, and light work waits, is it
 * stopped and put into the heavy lane's line.
 */
export class ReaderPool {
  readonly #options: PoolOptions;
  readonly #readers = new Set<Reader>();
  readonly #line: FairLine;
  readonly #publications: Publications;
  readonly #rebuilder: Rebuilder;
  readonly #counters = newCounters();
  readonly #overran = new OverranShapes();
  readonly #quarantine = new Quarantine();
  readonly #estimate = new WaitEstimate();
  readonly #inspections = new Inspections(this.#readers);
  #building: PoolEngine | undefined;
  #closed = false;

  /** @param place the newest commit on the disk, which the replicas read first */
  constructor(options: PoolOptions, place: Place) {
    this.#options = options;
    this.#line = new FairLine(options.queueMax, isShared(options.lanes));
    this.#publications = new Publications(place, {
      readers: this.#readers,
      isBuilding: () => this.#building !== undefined,
      advance: async (reader, to) => this.#advance(reader, to),
    });
    this.#rebuilder = new Rebuilder({
      isMissing: () => this.#readers.size < replicasOf(options.lanes),
      build: async () => this.#build(),
      counters: this.#counters,
      onNotice: options.onNotice,
    });
  }

  /** Starts the replicas one after the other; resolves when the first can answer. */
  async start(): Promise<void> {
    await this.#build();
    void this.#rebuilder.fill();
  }

  /**
   * Answers a query, in its turn, at the newest commit visible now or a later one.
   *
   * @throws IsnadError what the engine said of it; `query-timeout`, `query-quarantined`, `client-busy`,
   *   `store-busy`
   */
  async ask(request: QueryRequest): Promise<QueryAnswer> {
    if (this.#closed) throw closing();
    request.signal?.throwIfAborted();
    this.#admit(request);
    const lane = this.#overran.laneOf(request);
    const minSequence = this.#publications.visible.sequence;
    const query = new Waiting(request, lane, minSequence, (each, why) => this.#stop(each, why));
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
    const published = this.#publications.add(place, large);
    this.#turn();
    return published;
  }

  /**
   * What each replica holds, by its engine's own dump. An engine that has grown by it is replaced.
   *
   * @throws IsnadError what an engine said that could not tell
   */
  async inspect(): Promise<readonly InspectedReader[]> {
    return this.#inspections.inspect(() => this.#afterInspection());
  }

  /**
   * Asks every idle replica something small.
   *
   * @throws IsnadError what an engine said that could not answer
   */
  async probe(): Promise<Probe> {
    return probeIdle(this.#readers, () => this.#afterInspection());
  }

  status(): PoolStatus {
    return describePool({
      readers: [...this.#readers],
      visible: this.#publications.visible,
      wanted: replicasOf(this.#options.lanes),
      isBuilding: this.#building !== undefined,
      line: this.#line,
      quarantined: this.#quarantine.size,
      overranShapes: this.#overran.size,
      counters: this.#counters,
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#rebuilder.close();
    for (const query of this.#line.clear()) query.reject(closing());
    const readers = [...this.#readers];
    this.#readers.clear();
    this.#inspections.proceed();
    for (const { query } of readers) query?.reject(closing());
    await Promise.all([
      ...readers.map(({ engine }) => engine.terminate()),
      this.#building?.terminate(),
    ]);
    this.#publications.close();
  }

  #admit(request: QueryRequest): void {
    try {
      this.#quarantine.check(request);
      this.#line.admit(request.client, this.#estimate.seconds(this.#line, this.#options.lanes));
    } catch (error) {
      this.#counters.refused += 1;
      throw error;
    }
  }

  /** What to do next with whoever is idle: first the new commit, then catching up, then queries. */
  #turn(): void {
    if (this.#closed) return;
    this.#recycle();
    this.#publications.proceed(() => this.#turn());
    this.#inspections.proceed();
    this.#dispatch('heavy');
    this.#promote();
    this.#relieve();
    this.#dispatch('light');
  }

  #dispatch(lane: 'light' | 'heavy'): void {
    if (lane === 'heavy' && isShared(this.#options.lanes)) return;
    while (hasRoom([...this.#readers], this.#options.lanes, lane, this.#rebuilder.isScarce)) {
      const query = this.#line.take(lane, (each) => this.#readerFor(each) !== undefined);
      const reader = query && this.#readerFor(query);
      if (!reader) return;
      void this.#answer(reader, query);
    }
  }

  /** An idle replica that is not behind what a query may see. */
  #readerFor({ minSequence }: Waiting): Reader | undefined {
    return [...this.#readers].find(
      ({ activity, place }) => activity === 'idle' && place.sequence >= minSequence,
    );
  }

  /** Queries that outlived the light lane go on as heavy ones as soon as that lane has a place. */
  #promote(): void {
    const { lanes } = this.#options;
    for (const reader of this.#overrunning()) {
      const heavy = [...this.#readers].filter((each) => laneOf(each) === 'heavy').length;
      if (heavy >= lanes.heavy || !reader.query) return;
      reader.query.lane = 'heavy';
      this.#counters.overrunsMoved += 1;
    }
  }

  /**
   * Ends what outlived the light lane while light work waits for it. Where a replica is being built the
   * light work gets that one, and no further engine is lost.
   */
  #relieve(): void {
    const { lanes } = this.#options;
    if (isShared(lanes) || hasRoom([...this.#readers], lanes, 'light', false)) return;
    const isWhole = this.#readers.size >= replicasOf(lanes);
    const helped = (query: Waiting): boolean => isWhole || this.#readerFor(query) !== undefined;
    const [reader] = this.#overrunning();
    if (!reader || !this.#line.has('light', helped)) return;
    const { query } = reader;
    reader.query = undefined;
    this.#discard(reader, 'overran');
    if (!query) return;
    if (query.settled) {
      query.end();
      return;
    }
    query.startAnew();
    this.#counters.overrunsRestarted += 1;
    this.#line.push(query);
  }

  /** Replicas at work beyond the light budget, in the light lane. */
  #overrunning(): Reader[] {
    return [...this.#readers].filter(
      (reader) => laneOf(reader) === 'light' && reader.query?.overran,
    );
  }

  async #answer(reader: Reader, query: Waiting): Promise<void> {
    reader.activity = 'answering';
    reader.query = query;
    query.begin(this.#options.lightBudgetMs, () => this.#overrun(query));
    const {
      signal: _signal,
      deadlineAt: _due,
      client: _client,
      shape: _shape,
      ...asked
    } = query.request;
    try {
      const body = await reader.engine.call('query', asked);
      const { mediaType } = query.request;
      if (reader.query === query) query.resolve({ commit: reader.place.sequence, mediaType, body });
    } catch (error) {
      // Without it the reader was ended, and the query has met its fate or waits for another reader.
      if (reader.query === query) query.reject(error);
    }
    if (this.#readers.has(reader)) this.#finish(reader, query);
    this.#turn();
  }

  #finish(reader: Reader, query: Waiting): void {
    const { lane, workedMs } = query;
    this.#counters.answered[lane] += 1;
    this.#estimate.note(lane, workedMs);
    reader.query = undefined;
    reader.activity = 'idle';
    if (!reader.engine.healthy) {
      this.#quarantine.note(query.request, Infinity);
      this.#discard(reader, 'poisoned');
      return;
    }
    if (workedMs < this.#options.lightBudgetMs) this.#overran.forget(query.request);
    reader.bloated ||= hasGrown(reader);
  }

  #overrun(query: Waiting): void {
    query.overran = true;
    this.#overran.remember(query.request);
    // Those that came with it would each spend a budget to show the same.
    this.#line.makeHeavy(({ request }) => this.#overran.laneOf(request) === 'heavy');
    this.#turn();
  }

  #afterInspection(): void {
    for (const reader of this.#readers) {
      reader.bloated ||= reader.activity === 'idle' && hasGrown(reader);
      if (!reader.engine.healthy) this.#discard(reader, 'poisoned');
    }
    this.#turn();
  }

  /** Replaces replicas that hold too much memory, one at a time, while all others are there. */
  #recycle(): void {
    if (this.#readers.size < replicasOf(this.#options.lanes)) return;
    const reader = [...this.#readers].find(
      ({ bloated, activity }) => bloated && activity === 'idle',
    );
    if (reader) this.#discard(reader, 'bloated');
  }

  /** Takes a query out of the line, or ends the engine that is at work on it. */
  #stop(query: Waiting, reason: StopReason): void {
    const reader = [...this.#readers].find((each) => each.query === query);
    if (reader) {
      const { allowedMs, workedMs } = query;
      if (reason === 'deadline' && workedMs >= allowedMs * fairTrial)
        this.#quarantine.note(query.request, allowedMs);
      this.#discard(reader, reason);
    } else this.#line.remove(query);
    query.end();
    this.#turn();
  }

  #discard(reader: Reader, reason: KillReason): void {
    if (!this.#readers.delete(reader)) return;
    this.#counters.kills[reason] += 1;
    void reader.engine.terminate();
    void this.#rebuilder.fill();
  }

  /** Lets a replica read the journal; whether it could. */
  async #advance(reader: Reader, place: Place): Promise<boolean> {
    reader.activity = 'advancing';
    try {
      await reader.engine.advance(reader.place, place);
    } catch (error) {
      if (!this.#closed) this.#options.onNotice(`A reader could not follow: ${reasonOf(error)}`);
      this.#rebuilder.noteFailure();
      this.#discard(reader, 'advance-failed');
      return false;
    }
    reader.place = place;
    reader.baselineBytes = reader.engine.memoryBytes;
    reader.activity = 'idle';
    this.#rebuilder.noteSuccess();
    return true;
  }

  async #build(): Promise<void> {
    const place = this.#publications.visible;
    const engine = this.#options.spawn(() => this.#lose(engine));
    this.#building = engine;
    try {
      await engine.call('advance', place);
    } catch (error) {
      void engine.terminate();
      throw error;
    } finally {
      this.#building = undefined;
    }
    if (this.#closed) {
      void engine.terminate();
      return;
    }
    this.#readers.add(newReader(engine, place));
    // While a commit waits, a build has succeeded only once that commit has been read.
    if (!this.#publications.isWaiting) this.#rebuilder.noteSuccess();
    this.#turn();
  }

  /** An engine broke down by itself. What it was at work on is the likeliest cause. */
  #lose(engine: PoolEngine): void {
    const reader = [...this.#readers].find((each) => each.engine === engine);
    if (!reader) return;
    if (reader.query) this.#quarantine.note(reader.query.request, Infinity);
    this.#discard(reader, 'lost');
    this.#turn();
  }
}

const closing = (): IsnadError => new IsnadError('store-busy', 'The store is closing.');

import { IsnadError } from '../../../errors.ts';
import type { Place } from '../../journal/place.ts';
import type { QueryAnswer, QueryRequest } from '../../store.ts';
import { describePool } from './describe-pool.ts';
import { FairLine } from './fair-line.ts';
import { Fleet } from './fleet.ts';
import type { InspectedReader } from './inspections.ts';
import type { Probe } from './probe.ts';
import { hasRoom, isShared, type LaneSizes, replicasOf, WaitEstimate } from './lanes.ts';
import { OverranShapes } from './overran-shapes.ts';
import { Quarantine } from './quarantine.ts';
import { hasGrown, laneOf, type PoolEngine, type Reader } from './reader.ts';
import { newCounters, type PoolStatus } from './status.ts';
import { type Lane, type StopReason, Waiting } from './waiting.ts';

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
  readonly #fleet: Fleet;
  readonly #line: FairLine;
  readonly #counters = newCounters();
  readonly #overran = new OverranShapes();
  readonly #quarantine = new Quarantine();
  readonly #estimate = new WaitEstimate();
  #closed = false;

  /** @param place the newest commit on the disk, which the replicas read first */
  constructor(options: PoolOptions, place: Place) {
    this.#options = options;
    this.#line = new FairLine(options.queueMax, isShared(options.lanes));
    this.#fleet = new Fleet(
      {
        wanted: replicasOf(options.lanes),
        spawn: options.spawn,
        onChange: () => this.#turn(),
        onBreakdown: ({ request }) => this.#quarantine.note(request, Infinity),
        onNotice: options.onNotice,
        counters: this.#counters,
      },
      place,
    );
  }

  /** Starts the replicas one after the other; resolves when the first can answer. */
  async start(): Promise<void> {
    return this.#fleet.start();
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
    if (request.deadlineAt <= Date.now()) throw tooLate();
    this.#admit(request);
    const lane = this.#overran.laneOf(request);
    const minSequence = this.#fleet.visible.sequence;
    const query = new Waiting(request, lane, minSequence, (each, why) => this.#stop(each, why));
    this.#line.push(query);
    this.#turn();
    return query.answer;
  }

  /** As `Fleet.visible`. */
  get visible(): Place {
    return this.#fleet.visible;
  }

  /** As `Fleet.isReading`. */
  get isReading(): boolean {
    return this.#fleet.isReading;
  }

  /** As `Fleet.prepare`. */
  prepare(place: Place, large: boolean): void {
    this.#fleet.prepare(place, large);
  }

  /** As `Fleet.publish`. */
  async publish(): Promise<void> {
    return this.#fleet.publish();
  }

  /** As `Fleet.withdraw`. */
  withdraw(): void {
    this.#fleet.withdraw();
  }

  /** As `Fleet.inspect`. */
  async inspect(): Promise<readonly InspectedReader[]> {
    return this.#fleet.inspect();
  }

  /** As `Fleet.renew`. */
  renew(): void {
    this.#fleet.renew();
  }

  /** As `Fleet.probe`. */
  async probe(): Promise<Probe> {
    return this.#fleet.probe();
  }

  status(): PoolStatus {
    const { readers, visible, isBuilding } = this.#fleet;
    return describePool({
      readers,
      visible,
      isBuilding,
      wanted: replicasOf(this.#options.lanes),
      line: this.#line,
      quarantined: this.#quarantine.size,
      overranShapes: this.#overran.size,
      counters: this.#counters,
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const query of this.#line.clear()) query.reject(closing());
    for (const { query } of this.#fleet.readers) query?.reject(closing());
    await this.#fleet.close();
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

  /** What to do next with whoever is idle: first the new commit, then queries, then catching up. */
  #turn(): void {
    if (this.#closed) return;
    this.#fleet.prepareForQueries();
    this.#dispatch('heavy');
    this.#promote();
    this.#relieve();
    this.#dispatch('light');
    this.#fleet.catchUp(this.#line.length > 0);
  }

  #dispatch(lane: Lane): void {
    const { lanes } = this.#options;
    if (lane === 'heavy' && isShared(lanes)) return;
    while (hasRoom(this.#fleet.readers, lanes, lane, this.#fleet.isScarce)) {
      const query = this.#line.take(lane, (each) => this.#readerFor(each) !== undefined);
      const reader = query && this.#readerFor(query);
      if (!reader) return;
      void this.#answer(reader, query);
    }
  }

  /** An idle replica that is not behind what a query may see. */
  #readerFor({ minSequence }: Waiting): Reader | undefined {
    return this.#fleet.idleAt(minSequence);
  }

  /** Queries that outlived the light lane go on as heavy ones as soon as that lane has a place. */
  #promote(): void {
    const { lanes } = this.#options;
    for (const reader of this.#fleet.overrunning()) {
      const heavy = this.#fleet.readers.filter((each) => laneOf(each) === 'heavy').length;
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
    const fleet = this.#fleet;
    if (isShared(lanes) || hasRoom(fleet.readers, lanes, 'light', false)) return;
    const helped = (query: Waiting): boolean =>
      fleet.isWhole || fleet.idleAt(query.minSequence) !== undefined;
    const [reader] = fleet.overrunning();
    if (!reader || !this.#line.has('light', helped)) return;
    const { query } = reader;
    reader.query = undefined;
    fleet.discard(reader, 'overran');
    if (!query) return;
    if (query.settled) {
      query.end();
      return;
    }
    query.startAnew();
    this.#counters.overrunsRestarted += 1;
    this.#line.push(query);
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
    if (this.#fleet.has(reader)) this.#finish(reader, query);
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
      this.#fleet.discard(reader, 'poisoned');
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

  /** Takes a query out of the line, or ends the engine that is at work on it. */
  #stop(query: Waiting, reason: StopReason): void {
    const reader = this.#fleet.workingOn(query);
    if (reader) {
      const { allowedMs, workedMs } = query;
      if (reason === 'deadline' && workedMs >= allowedMs * fairTrial)
        this.#quarantine.note(query.request, allowedMs);
      this.#fleet.discard(reader, reason);
    } else this.#line.remove(query);
    query.end();
    this.#turn();
  }
}

const tooLate = (): IsnadError =>
  new IsnadError('query-timeout', 'The time limit came before the query was begun.');
const closing = (): IsnadError => new IsnadError('store-busy', 'The store is closing.');

import type { Place } from '../../journal/place.ts';
import { type InspectedReader, Inspections } from './inspections.ts';
import { probeIdle, type Probe } from './probe.ts';
import { Publications } from './publications.ts';
import { hasGrown, laneOf, newReader, type PoolEngine, type Reader } from './reader.ts';
import { reasonOf, Rebuilder } from './rebuilder.ts';
import type { KillReason, PoolCounters } from './status.ts';
import type { Waiting } from './waiting.ts';

export interface FleetOptions {
  /** Replicas there are to be. */
  readonly wanted: number;
  /** Starts an engine; `onLost` is to be called when it breaks down by itself. */
  readonly spawn: (onLost: () => void) => PoolEngine;
  /** Told when a replica may have become free, or one has gone. */
  readonly onChange: () => void;
  /** Told of the query an engine was at work on when it broke down. */
  readonly onBreakdown: (query: Waiting) => void;
  readonly onNotice: (notice: string) => void;
  readonly counters: PoolCounters;
}

/**
 * The replicas of a pool: built and replaced one at a time, taken from commit to commit, ended when they
 * are past use. Which query each works on is not its matter.
 */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #readers = new Set<Reader>();
  readonly #publications: Publications;
  readonly #rebuilder: Rebuilder;
  readonly #inspections = new Inspections(this.#readers);
  #building: PoolEngine | undefined;
  #closed = false;

  /** @param place the newest commit on the disk, which the replicas read first */
  constructor(options: FleetOptions, place: Place) {
    this.#options = options;
    this.#publications = new Publications(place, {
      readers: this.#readers,
      wanted: options.wanted,
      isBuilding: () => this.isBuilding,
      advance: async (reader, to, durable) => this.#advance(reader, to, durable),
    });
    this.#rebuilder = new Rebuilder({
      isMissing: () => !this.isWhole,
      build: async () => this.#build(),
      counters: options.counters,
      onNotice: options.onNotice,
      onFailure: () => options.onChange(),
    });
  }

  get readers(): readonly Reader[] {
    return [...this.#readers];
  }

  /** The newest commit that queries are answered at. */
  get visible(): Place {
    return this.#publications.visible;
  }

  /** Whether a replica is reading a commit that is to become visible, and none has broken down on it. */
  get isReading(): boolean {
    return this.#publications.isReading;
  }

  get isBuilding(): boolean {
    return this.#building !== undefined;
  }

  /** Whether no replica is missing. */
  get isWhole(): boolean {
    return this.#readers.size >= this.#options.wanted;
  }

  /** Whether replicas could not be built so often that the others must make do without. */
  get isScarce(): boolean {
    return this.#rebuilder.isScarce;
  }

  has(reader: Reader): boolean {
    return this.#readers.has(reader);
  }

  /** An idle replica that is not behind a commit. */
  idleAt(minSequence: number): Reader | undefined {
    return this.readers.find(
      ({ activity, place }) => activity === 'idle' && place.sequence >= minSequence,
    );
  }

  /** The replica that is at work on a query. */
  workingOn(query: Waiting): Reader | undefined {
    return this.readers.find((reader) => reader.query === query);
  }

  /** Replicas at work beyond the light budget, in the light lane. */
  overrunning(): Reader[] {
    return this.readers.filter((reader) => laneOf(reader) === 'light' && reader.query?.overran);
  }

  /** Starts the replicas one after the other; resolves when the first can answer. */
  async start(): Promise<void> {
    await this.#build();
    void this.#rebuilder.fill();
  }

  /**
   * Lets a replica read a commit that is written and on its way to the disk. Either `publish` or
   * `withdraw` must follow.
   *
   * @param large whether reading it takes so long that queries should not wait for it
   */
  prepare(place: Place, large: boolean): void {
    this.#publications.add(place, large);
    this.#options.onChange();
  }

  /**
   * Makes the commit that was prepared visible: it is on the disk. Resolves when the first replica has it;
   * from then on queries that arrive are answered at it, and the other replicas follow.
   */
  async publish(): Promise<void> {
    const published = this.#publications.confirm();
    this.#options.onChange();
    return published;
  }

  /** The commit that was prepared did not come to be on the disk; a replica that has read it is ended. */
  withdraw(): void {
    this.#publications.withdraw();
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

  /** Replaces every replica by one that reads the journal anew, one at a time. */
  renew(): void {
    for (const reader of this.#readers) reader.bloated = true;
    this.#options.onChange();
  }

  /** What idle replicas do before they take queries: give way to better ones, read the newest commit. */
  prepareForQueries(): void {
    this.#recycle();
    this.#publications.readNewest(this.#options.onChange);
    this.#inspections.proceed(this.visible);
  }

  /** @param isNeeded whether queries wait for a replica; else those that are behind take their time */
  catchUp(isNeeded: boolean): void {
    this.#publications.catchUp(isNeeded || this.#inspections.isWaiting, this.#options.onChange);
  }

  /** Ends a replica and has another built in its place. */
  discard(reader: Reader, reason: KillReason): void {
    if (!this.#readers.delete(reader)) return;
    this.#options.counters.kills[reason] += 1;
    void reader.engine.terminate();
    void this.#rebuilder.fill();
  }

  /** Ends all replicas. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#rebuilder.close();
    const readers = this.readers;
    this.#readers.clear();
    this.#inspections.proceed(this.visible);
    await Promise.all([
      ...readers.map(({ engine }) => engine.terminate()),
      this.#building?.terminate(),
    ]);
    this.#publications.close();
  }

  /** Replaces replicas that hold too much memory, one at a time, while all others are there. */
  #recycle(): void {
    if (!this.isWhole) return;
    const reader = this.readers.find(({ bloated, activity }) => bloated && activity === 'idle');
    if (reader) this.discard(reader, 'bloated');
  }

  #afterInspection(): void {
    for (const reader of this.#readers) {
      reader.bloated ||= reader.activity === 'idle' && hasGrown(reader);
      if (!reader.engine.healthy) this.discard(reader, 'poisoned');
    }
    this.#options.onChange();
  }

  /** Lets a replica read the journal; whether it could, and the commit came to be on the disk. */
  async #advance(reader: Reader, place: Place, durable: Promise<boolean>): Promise<boolean> {
    reader.activity = 'advancing';
    try {
      await reader.engine.advance(reader.place, place);
      if (!(await durable)) throw new Error('the commit could not be synced');
    } catch (error) {
      if (!this.#closed) this.#options.onNotice(`A reader could not follow: ${reasonOf(error)}`);
      this.discard(reader, 'advance-failed');
      return false;
    }
    reader.place = place;
    reader.baselineBytes = reader.engine.memoryBytes;
    reader.activity = 'idle';
    return true;
  }

  async #build(): Promise<void> {
    const place = this.visible;
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
    this.#options.onChange();
  }

  /** An engine broke down by itself. What it was at work on is the likeliest cause. */
  #lose(engine: PoolEngine): void {
    const reader = this.readers.find((each) => each.engine === engine);
    if (!reader) return;
    if (reader.query) this.#options.onBreakdown(reader.query);
    this.discard(reader, 'lost');
    this.#options.onChange();
  }
}

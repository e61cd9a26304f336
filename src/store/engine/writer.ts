import { IsnadError, isIsnadError } from '../../errors.ts';
import type { Place } from '../journal/place.ts';
import type { DesiredGraph, GraphDelta, GraphSummary } from '../store.ts';
import type { ChangeOutcome, DueChange, EngineCall, EngineCalls, Settled } from './calls.ts';
import type { EngineClient } from './client.ts';
import type { RecentSteps } from './steps.ts';
import { DeadlineWatch } from './deadline-watch.ts';

export interface WriterOptions {
  readonly spawn: (onLost: () => void) => EngineClient;
  /** The newest commit on the disk: what the writer compares with. */
  readonly head: () => Place;
  /** Commits that need not be read from the journal. */
  readonly recent: RecentSteps;
}

/**
 * The engine that changes are worked out and tried on. It answers no queries. Its caller asks one thing
 * at a time; when it breaks down, the next question starts another.
 */
export class Writer {
  readonly #options: WriterOptions;
  #engine: Promise<EngineClient> | undefined;
  #client: EngineClient | undefined;
  #ready = false;
  #startProblem: string | undefined;
  /** The commit up to which the engine knows the journal. */
  #known: Place | undefined;
  /** The end of the last thing it was asked: it does one at a time. */
  #last: Promise<unknown> = Promise.resolve();
  /** How many wait for their turn or have it. */
  #asking = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Starts the engine in the background, so that the first question need not wait for it. */
  warm(): void {
    this.#running().catch(() => {
      // The next question starts it again and tells its caller what is wrong.
      this.#forget();
    });
  }

  /** Memory of the engine after its last call; 0 while there is none. */
  get memoryBytes(): number {
    return this.#client?.memoryBytes ?? 0;
  }

  get isReady(): boolean {
    return this.#ready;
  }

  /** Why the last start of an engine failed; nothing once one has succeeded. */
  get startProblem(): string | undefined {
    return this.#startProblem;
  }

  /** What each graph holds by the engine's own dump. */
  async graphHashes(): Promise<readonly GraphSummary[]> {
    return this.#call('graphHashes');
  }

  /** Adds a quad and takes it back. */
  async tryOut(): Promise<void> {
    return this.#call('tryOut');
  }

  /** @throws IsnadError `rdf-syntax`, `store-full` */
  async plan(desired: readonly DesiredGraph[]): Promise<readonly GraphDelta[]> {
    return this.#call('plan', desired);
  }

  /**
   * Makes a change ahead of the journal. Either it is journaled then, or `discard` must follow.
   *
   * @throws IsnadError `rdf-syntax`, `store-full`
   */
  async attempt(deltas: readonly GraphDelta[]): Promise<void> {
    await this.#call('attempt', deltas);
  }

  /**
   * Works changes out and makes them ahead of the journal, as `attempt` does; one that cannot be made
   * has its error in its place. An engine that is still at work on one at its deadline is ended; one whose
   * deadline came before its turn is not begun.
   *
   * @throws IsnadError `query-timeout`, `store-full`: the engine is gone then, and all it was ahead by
   */
  async changeAll(changes: readonly DueChange[]): Promise<readonly ChangeOutcome[]> {
    return this.#use(async (engine) => {
      // The time runs while they are at work, not while an engine starts or reads: that would cost engines
      // which have done nothing yet.
      const settled = await this.#readFar(engine);
      const watch = new DeadlineWatch(engine, changes);
      const own = changes.map(withOwnMemory);
      return watch.during(async () => engine.call('changeAll', settled, own, watch.turn));
    });
  }

  /**
   * Lets the engine read commits that were made on it, if it is idle; else it reads them with the next
   * thing it is asked.
   */
  follow(to: Place): void {
    if (!this.#ready || this.#asking > 0) return;
    // An engine that cannot is given up, and the next thing that is asked is asked of another.
    this.#use(async (engine) => this.#settle(engine, to)).catch(() => undefined);
  }

  /** Gives the engine up, because it holds what the journal does not. */
  async discard(): Promise<void> {
    const engine = this.#engine;
    this.#forget();
    const client = await engine?.catch(() => undefined);
    await client?.terminate();
  }

  async #call<Call extends EngineCall>(
    call: Call,
    ...given: Parameters<EngineCalls[Call]>
  ): Promise<ReturnType<EngineCalls[Call]>> {
    return this.#use(async (engine) => {
      await this.#settle(engine, this.#options.head());
      return engine.call(call, ...given);
    });
  }

  async #settle(engine: EngineClient, to: Place): Promise<void> {
    const settled = this.#takeSettled(to);
    if (settled?.steps) await engine.call('follow', settled.to, settled.steps);
    else if (settled) await engine.call('advance', settled.to);
  }

  /** Lets the engine read what is not at hand; gives what is, which takes no time. */
  async #readFar(engine: EngineClient): Promise<Settled | undefined> {
    const settled = this.#takeSettled();
    if (!settled || settled.steps) return settled;
    await engine.call('advance', settled.to);
    return undefined;
  }

  /** What the journal has gained since the engine was last told of it. */
  #takeSettled(to = this.#options.head()): Settled | undefined {
    const from = this.#known?.sequence ?? 0;
    if (to.sequence <= from) return undefined;
    this.#known = to;
    return { to, steps: this.#options.recent.between(from, to.sequence) };
  }

  /** Lets `work` have the engine, in its turn. */
  async #use<Result>(work: (engine: EngineClient) => Promise<Result>): Promise<Result> {
    this.#asking += 1;
    const done = this.#last.then(async () => this.#useNow(work));
    this.#last = done.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await done;
    } finally {
      this.#asking -= 1;
    }
  }

  async #useNow<Result>(work: (engine: EngineClient) => Promise<Result>): Promise<Result> {
    const engine = await this.#running();
    try {
      return await work(engine);
    } catch (error) {
      if (engine.healthy) throw error;
      await this.discard();
      throw isIsnadError(error) && error.code === 'query-failed' ? tooLarge(error) : error;
    }
  }

  #running(): Promise<EngineClient> {
    this.#engine ??= this.#start();
    return this.#engine;
  }

  #forget(): void {
    this.#engine = undefined;
    this.#client = undefined;
    this.#ready = false;
  }

  #spawn(): EngineClient {
    try {
      return this.#options.spawn(() => this.#forget());
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  async #start(): Promise<EngineClient> {
    const engine = this.#spawn();
    try {
      const head = this.#options.head();
      await engine.call('advance', head);
      this.#known = head;
      this.#client = engine;
      this.#ready = true;
      this.#startProblem = undefined;
      return engine;
    } catch (error) {
      this.#startProblem = error instanceof Error ? error.message : String(error);
      this.#forget();
      await engine.terminate();
      throw error;
    }
  }
}

/** A small Buffer is part of a pool, which would be copied to the engine whole. */
const ownMemory = (piece: Uint8Array): Uint8Array =>
  piece.byteLength < piece.buffer.byteLength ? new Uint8Array(piece) : piece;

const withOwnMemory = (due: DueChange): DueChange => {
  const { change } = due;
  if (change.kind !== 'delta') return due;
  const deltas = change.deltas.map((delta) => ({
    ...delta,
    added: delta.added.map(ownMemory),
    removed: delta.removed.map(ownMemory),
  }));
  return { ...due, change: { ...change, deltas } };
};

const tooLarge = (cause: IsnadError): IsnadError =>
  new IsnadError('store-full', `No engine can hold this change. ${cause.message}`, { cause });

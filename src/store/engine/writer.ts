import { IsnadError, isIsnadError } from '../../errors.ts';
import type { Place } from '../journal/place.ts';
import type { Change, DesiredGraph, GraphDelta } from '../store.ts';
import type { EngineCall, EngineCalls } from './calls.ts';
import type { EngineClient } from './client.ts';

export interface WriterOptions {
  readonly spawn: (onLost: () => void) => EngineClient;
  /** The newest commit on the disk: what the writer compares with. */
  readonly head: () => Place;
}

/** Longest delay `setTimeout` takes; a longer one would fire at once. */
const timerMax = 2 ** 31 - 1;

/**
 * The engine that changes are worked out and tried on. It answers no queries. Its caller asks one thing
 * at a time; when it breaks down, the next question starts another.
 */
export class Writer {
  readonly #options: WriterOptions;
  #engine: Promise<EngineClient> | undefined;
  #ready = false;
  #generation = 0;

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

  /** Another number for each engine: changes made ahead are known to the engine they were made on only. */
  get generation(): number {
    return this.#generation;
  }

  get isReady(): boolean {
    return this.#ready;
  }

  /** A graph's sorted lines, in pieces, or nothing if there is no such graph. */
  async content(graph: string): Promise<readonly Uint8Array[] | undefined> {
    return this.#call('content', graph);
  }

  /** @throws IsnadError `rdf-syntax`, `store-full` */
  async plan(desired: readonly DesiredGraph[]): Promise<readonly GraphDelta[]> {
    return this.#call('plan', desired);
  }

  /**
   * Makes a change ahead of the journal. After it, either `settle` or `discard` must follow.
   *
   * @throws IsnadError `rdf-syntax`, `store-full`
   */
  async attempt(deltas: readonly GraphDelta[]): Promise<void> {
    await this.#call('attempt', deltas);
  }

  /**
   * Works a change out and makes it ahead of the journal, as `attempt` does.
   *
   * @param deadlineAt when the engine is ended that is still at work on it, in milliseconds of `Date.now()`
   * @throws IsnadError `query-timeout`, `rdf-syntax`, `store-full`
   */
  async change(change: Change, deadlineAt?: number): Promise<readonly GraphDelta[]> {
    if (deadlineAt === undefined) return this.#call('change', change);
    const timedOut = new IsnadError('query-timeout', 'The update was stopped at its time limit.');
    let expired = false;
    const expire = (): void => {
      expired = true;
      void this.discard();
    };
    const timer = setTimeout(expire, Math.min(Math.max(deadlineAt - Date.now(), 0), timerMax));
    try {
      return await this.#call('change', change);
    } catch (error) {
      throw expired ? timedOut : error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The changes made ahead are in the journal now, up to this place. */
  async settle(place: Place): Promise<void> {
    await this.#call('advance', place);
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
    const engine = await this.#running();
    try {
      return await engine.call(call, ...given);
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
    this.#ready = false;
    this.#generation += 1;
  }

  async #start(): Promise<EngineClient> {
    const engine = this.#options.spawn(() => this.#forget());
    try {
      await engine.call('advance', this.#options.head());
      this.#ready = true;
      return engine;
    } catch (error) {
      this.#forget();
      await engine.terminate();
      throw error;
    }
  }
}

const tooLarge = (cause: IsnadError): IsnadError =>
  new IsnadError('store-full', `No engine can hold this change. ${cause.message}`, { cause });

import { IsnadError } from '../../../../src/errors.ts';
import type { EngineQuery } from '../../../../src/store/engine/calls.ts';
import type { PoolEngine } from '../../../../src/store/engine/pool/reader.ts';
import { ReaderPool, type PoolOptions } from '../../../../src/store/engine/pool/reader-pool.ts';
import { journalStart, type Place } from '../../../../src/store/journal/place.ts';
import type { QueryRequest } from '../../../../src/store/store.ts';

/** What a fake engine does with a query, written where the query's text would stand. */
export interface Script {
  readonly ms: number;
  /** `breaks`: an error after which the engine is past use; `dies`: its thread ends. */
  readonly outcome?: 'fails' | 'breaks' | 'dies' | 'grows';
  /** Tells queries of the same script apart. */
  readonly name?: string;
}

/** What the fakes of one test have in common. */
export interface World {
  /** Broken promises of the pool. */
  readonly violations: string[];
  readonly engines: FakeEngine[];
  readonly notices: string[];
  /** Names of the scripts that were begun, in order. */
  readonly begun: string[];
  advanceMs: number;
  /** Whether the next engines fail to read the journal. */
  advanceFails: boolean;
  /** The first commit that engines break down on. */
  unreadable: number;
}

const megabytes = 1024 * 1024;

/** An engine that does as it is told, in the time it is told, and watches how it is treated. */
export class FakeEngine implements PoolEngine {
  memoryBytes = 100 * megabytes;
  healthy = true;
  isTerminated = false;
  sequence = 0;
  present: { readonly name: string; readonly until: number } | undefined;
  readonly #world: World;
  readonly #onLost: () => void;
  #fail: ((error: Error) => void) | undefined;

  constructor(world: World, onLost: () => void) {
    this.#world = world;
    this.#onLost = onLost;
    world.engines.push(this);
  }

  readonly call: PoolEngine['call'] = async (name, ...given) => {
    if (this.present) this.#world.violations.push('two calls at once');
    if (this.isTerminated) this.#world.violations.push('a call to an ended engine');
    if (!this.healthy) this.#world.violations.push('a call to a broken engine');
    const [argument] = given;
    const work =
      name === 'advance'
        ? this.#advance(argument as Place)
        : this.#answer(JSON.parse((argument as EngineQuery).query) as Script);
    return (await work) as never;
  };

  async advance(_from: Place, to: Place): Promise<void> {
    await this.call('advance', to);
  }

  async terminate(): Promise<void> {
    this.isTerminated = true;
    this.healthy = false;
    this.#fail?.(new IsnadError('query-failed', 'The engine broke down: it was stopped.'));
  }

  /** Its thread ends by itself. */
  die(): void {
    if (this.isTerminated) return;
    this.healthy = false;
    this.#fail?.(new IsnadError('query-failed', 'The engine broke down: its thread ended.'));
    this.#onLost();
  }

  async #advance(to: Place): Promise<void> {
    await this.#wait('advance', this.#world.advanceMs);
    if (this.#world.advanceFails || to.sequence >= this.#world.unreadable) {
      this.healthy = false;
      throw new IsnadError('query-failed', 'no memory for the journal');
    }
    if (to.sequence < this.sequence) this.#world.violations.push('a step back');
    this.sequence = to.sequence;
  }

  async #answer({ ms, outcome, name = '' }: Script): Promise<Uint8Array> {
    this.#world.begun.push(name);
    await this.#wait(name, ms);
    if (outcome === 'dies') this.die();
    if (outcome === 'breaks') this.healthy = false;
    if (outcome === 'grows') this.memoryBytes += 1000 * megabytes;
    if (outcome === 'breaks' || outcome === 'dies' || outcome === 'fails')
      throw new IsnadError('query-failed', `It ${outcome}.`);
    return new TextEncoder().encode(String(this.sequence));
  }

  async #wait(name: string, ms: number): Promise<void> {
    this.present = { name, until: Date.now() + ms };
    try {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, ms);
        this.#fail = (error) => {
          clearTimeout(timer);
          reject(error);
        };
      });
    } finally {
      this.present = undefined;
      this.#fail = undefined;
    }
  }
}

export const newWorld = (): World => ({
  violations: [],
  engines: [],
  notices: [],
  begun: [],
  advanceMs: 5,
  advanceFails: false,
  unreadable: Infinity,
});

export const place = (sequence: number): Place => ({ ...journalStart, sequence });

/** A pool of fakes with one light, one heavy and one spare engine, unless told otherwise. */
export const newPool = (world: World, options: Partial<PoolOptions> = {}): ReaderPool =>
  new ReaderPool(
    {
      lanes: { light: 1, heavy: 1, spare: 1 },
      lightBudgetMs: 100,
      queueMax: 50,
      spawn: (onLost) => new FakeEngine(world, onLost),
      onNotice: (notice) => world.notices.push(notice),
      ...options,
    },
    place(0),
  );

export const ask = (script: Script, options: Partial<QueryRequest> = {}): QueryRequest => ({
  query: JSON.stringify(script),
  mediaType: 'text/csv',
  defaultGraph: 'union',
  baseIri: 'http://localhost:3030/',
  deadlineAt: Date.now() + 10_000,
  resultBytesMax: 1000,
  ...options,
});

/** How a query ended: `ok`, or the code of its error. */
export const outcomeOf = async (answer: Promise<unknown>): Promise<string> => {
  try {
    await answer;
    return 'ok';
  } catch (error) {
    return error instanceof IsnadError ? error.code : String(error);
  }
};

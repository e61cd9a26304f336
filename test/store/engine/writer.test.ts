import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IsnadError, toWireError } from '../../../src/errors.ts';
import type { DueChange } from '../../../src/store/engine/calls.ts';
import type { EngineClient } from '../../../src/store/engine/client.ts';
import { RecentSteps } from '../../../src/store/engine/steps.ts';
import { updateTimedOut } from '../../../src/store/engine/deadline-watch.ts';
import { Writer } from '../../../src/store/engine/writer.ts';
import { journalStart } from '../../../src/store/journal/place.ts';
import { place } from './pool/fake-engine.ts';
import { delta } from '../journal/files.ts';
import { engineStart, startEngine } from './engines.ts';

/** A change that takes a fake engine this long. */
const change = (ms: number, deadlineAt = Infinity): DueChange => ({
  change: { kind: 'delta', deltas: [{ graph: String(ms), added: [], removed: [] }] },
  deadlineAt,
});
const msOf = ({ change: each }: DueChange): number =>
  each.kind === 'delta' ? Number(each.deltas[0]?.graph) : 0;

const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};
const pause = async (ms: number): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, ms));
};

/** An engine that does nothing but take its time, in the order the true one does. */
class SlowEngine {
  healthy = true;
  memoryBytes = 0;
  readMs: number;
  #end = Promise.withResolvers<never>();

  constructor(readMs: number) {
    this.readMs = readMs;
    this.#end.promise.catch(() => undefined);
  }

  readonly call = async (name: string, ...given: readonly unknown[]): Promise<unknown> =>
    Promise.race([this.#end.promise, this.#work(name, given)]);

  readonly terminate = async (): Promise<void> => {
    this.healthy = false;
    this.#end.reject(new IsnadError('query-failed', 'The engine broke down: it was stopped.'));
  };

  async #work(name: string, [, changes, turn]: readonly unknown[]): Promise<unknown> {
    if (name === 'advance') return pause(this.readMs);
    const outcomes: unknown[] = [];
    for (const [index, each] of (changes as readonly DueChange[]).entries()) {
      Atomics.store(turn as Int32Array, 0, index);
      if (each.deadlineAt <= Date.now()) outcomes.push({ error: toWireError(updateTimedOut()) });
      else outcomes.push(await pause(msOf(each)).then(() => ({ deltas: [] })));
    }
    return outcomes;
  }
}

/** A writer with slow engines. */
const openSlow = (readMs: number) => {
  const engines: SlowEngine[] = [];
  let head = journalStart;
  const spawn = (): EngineClient => {
    const engine = new SlowEngine(readMs);
    engines.push(engine);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what a writer calls
    return engine as unknown as EngineClient;
  };
  const writer = new Writer({ spawn, head: () => head, recent: new RecentSteps() });
  const moveOn = (): void => {
    head = place(3);
  };
  return { writer, engines, moveOn };
};
const settle = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: unknown) => error);

describe('the deadline of an update', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const tooLate = { error: { code: 'query-timeout' } };

  it('does not end an engine that is starting: the update is not begun', async () => {
    const { writer, engines } = openSlow(500);
    const asked = settle(writer.changeAll([change(10, Date.now() + 100)]));
    await pass(600);
    expect(await asked).toMatchObject([tooLate]);
    expect(engines.map(({ healthy }) => healthy)).toEqual([true]);
  });

  it('does not end an engine that reads the journal', async () => {
    const { writer, engines, moveOn } = openSlow(500);
    writer.warm();
    await pass(501);
    moveOn();
    const asked = settle(writer.changeAll([change(10, Date.now() + 100), change(10)]));
    await pass(600);
    expect(await asked).toMatchObject([tooLate, { deltas: [] }]);
    expect(engines.map(({ healthy }) => healthy)).toEqual([true]);
  });

  it('is its own: one that passes while others are at work ends none of them', async () => {
    const { writer, engines } = openSlow(0);
    const now = Date.now();
    const asked = settle(
      writer.changeAll([
        change(300, now + 1000),
        change(10, now + 100),
        change(300),
        change(10, now + 900),
      ]),
    );
    await pass(2000);
    expect(await asked).toMatchObject([{ deltas: [] }, tooLate, { deltas: [] }, { deltas: [] }]);
    expect(engines.map(({ healthy }) => healthy)).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends the engine that is still at work on it, and another takes its place', async () => {
    const { writer, engines } = openSlow(0);
    const now = Date.now();
    let endedAt = 0;
    const asked = settle(
      writer.changeAll([change(10, now + 50), change(5000, now + 400), change(10, now + 100)]),
    ).finally(() => (endedAt = Date.now() - now));
    await pass(1000);
    expect(await asked).toMatchObject({ code: 'query-timeout' });
    expect(endedAt).toBe(400);
    expect(engines.map(({ healthy }) => healthy)).toEqual([false]);
    const again = settle(writer.changeAll([change(10, Date.now() + 100)]));
    await pass(20);
    expect(await again).toEqual([{ deltas: [] }]);
    expect(engines).toHaveLength(2);
  });
});

/** A writer with true engines. */
const openWriter = async () => {
  const start = await engineStart(64);
  let engines = 0;
  const spawn = (onLost: () => void): EngineClient => {
    engines += 1;
    return startEngine(start, { onLost });
  };
  const writer = new Writer({ spawn, head: () => journalStart, recent: new RecentSteps() });
  return { writer, engines: () => engines };
};

describe('a change that an engine made by half', () => {
  const whole = delta('a:whole', '<a:s> <a:p> "o"');
  /** It has no name an engine takes, which shows only once the change before it is made. */
  const impossible = { ...delta('a:no name'), added: [], created: true };

  it('costs that engine when it was planned, and nothing of it is seen', async () => {
    const { writer, engines } = await openWriter();
    await expect(writer.attempt([whole, impossible])).rejects.toThrow(IsnadError);
    expect(await writer.graphHashes()).toEqual([]);
    expect(engines()).toBe(2);
  });

  it('costs that engine when it was worked out, and those with it are not told of an outcome', async () => {
    const { writer, engines } = await openWriter();
    const due = (...deltas: readonly (typeof whole)[]): DueChange => ({
      change: { kind: 'delta', deltas },
      deadlineAt: Infinity,
    });
    const before = due(delta('a:before', '<a:s> <a:p> "o"'));
    await expect(writer.changeAll([before, due(whole, impossible)])).rejects.toThrow(IsnadError);
    expect(await writer.graphHashes()).toEqual([]);
    expect(engines()).toBe(2);
    // What is refused before anything was made costs nothing.
    const misspelt = delta('a:g', '<a:s> <a:p> "01"^^<http://www.w3.org/2001/XMLSchema#integer>');
    const outcomes = await writer.changeAll([due(misspelt), before]);
    expect(outcomes).toMatchObject([{ error: {} }, { deltas: [{ graph: 'a:before' }] }]);
    expect(engines()).toBe(2);
  });
});

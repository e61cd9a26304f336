import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ReaderPool } from '../../../../src/store/engine/pool/reader-pool.ts';
import type { LaneSizes } from '../../../../src/store/engine/pool/lanes.ts';
import { ask, newPool, newWorld, outcomeOf, place, type Script } from './fake-engine.ts';

/** What happens to a pool, after a pause since the last thing. */
type Event = { readonly pauseMs: number } & (
  | {
      readonly kind: 'query';
      readonly script: Script;
      readonly client: string | undefined;
      readonly form: number | undefined;
      readonly startsHeavy: boolean;
      readonly dueInMs: number;
      readonly leavesAfterMs: number | undefined;
    }
  | { readonly kind: 'publish'; readonly large: boolean; readonly syncMs: number }
  | { readonly kind: 'death'; readonly engine: number }
);

const pauseMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 150 }));
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('query' as const),
      pauseMs,
      script: fc.oneof(
        { weight: 6, arbitrary: fc.record({ ms: fc.integer({ min: 0, max: 60 }) }) },
        { weight: 3, arbitrary: fc.record({ ms: fc.integer({ min: 90, max: 3000 }) }) },
        {
          weight: 1,
          arbitrary: fc.record({
            ms: fc.integer({ min: 0, max: 300 }),
            outcome: fc.constantFrom(
              'fails' as const,
              'breaks' as const,
              'dies' as const,
              'grows' as const,
            ),
          }),
        },
      ),
      client: fc.constantFrom(undefined, 'a', 'b', 'c'),
      form: fc.option(fc.nat(4), { nil: undefined }),
      startsHeavy: fc.boolean(),
      dueInMs: fc.constantFrom(200, 1000, 5000),
      leavesAfterMs: fc.option(fc.nat(500), { nil: undefined, freq: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      pauseMs,
      large: fc.boolean(),
      syncMs: fc.nat(30),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('death' as const), pauseMs, engine: fc.nat(3) }),
  },
);
const sizes: fc.Arbitrary<LaneSizes> = fc.record({
  light: fc.integer({ min: 1, max: 2 }),
  heavy: fc.integer({ min: 0, max: 1 }),
  spare: fc.integer({ min: 0, max: 1 }),
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Plays the events and gives what the pool did wrong. */
const play = async (lanes: LaneSizes, events: readonly Event[]): Promise<string[]> => {
  const world = newWorld();
  const wrong = world.violations;
  const pool: ReaderPool = newPool(world, { lanes, queueMax: 10 });
  const started = pool.start();
  await vi.advanceTimersByTimeAsync(50);
  await started;
  let acknowledged = 0;
  let written = 0;
  let publishing: Promise<void> = Promise.resolve();
  let durable = 0;
  const ends: Promise<void>[] = [];

  const put = async (each: Extract<Event, { kind: 'query' }>, number: number): Promise<void> => {
    const minimum = acknowledged;
    const client = new AbortController();
    const deadlineAt = Date.now() + each.dueInMs;
    if (each.leavesAfterMs !== undefined)
      setTimeout(() => client.abort('left'), each.leavesAfterMs);
    const form = each.form === undefined ? undefined : `${each.form}`;
    const request = ask(
      { ...each.script, name: `${number}` },
      {
        deadlineAt,
        signal: client.signal,
        ...(each.client === undefined ? {} : { client: each.client }),
        ...(form === undefined
          ? {}
          : { shape: { key: `${number}`, form, startsHeavy: each.startsHeavy } }),
      },
    );
    const answer = pool.ask(request);
    const outcome = await outcomeOf(answer);
    if (Date.now() > deadlineAt) wrong.push(`${number} ended ${Date.now() - deadlineAt} ms late`);
    if (outcome !== 'ok') return;
    const { commit, body } = await answer;
    if (commit > durable) wrong.push(`${number} saw ${commit} before it was on the disk`);
    if (commit < minimum) wrong.push(`${number} saw ${commit}, acknowledged was ${minimum}`);
    if (Number(Buffer.from(body).toString()) !== commit) wrong.push(`${number}: two commits mixed`);
  };

  for (const [number, each] of events.entries()) {
    await vi.advanceTimersByTimeAsync(each.pauseMs);
    if (each.kind === 'query') ends.push(put(each, number));
    if (each.kind === 'death')
      world.engines.filter(({ isTerminated }) => !isTerminated)[each.engine]?.die();
    if (each.kind === 'publish') {
      written += 1;
      const sequence = written;
      const before = publishing;
      publishing = (async () => {
        await before;
        pool.prepare(place(sequence), each.large);
        await new Promise((resolve) => setTimeout(resolve, each.syncMs));
        durable = sequence;
        await pool.publish();
        acknowledged = sequence;
      })();
    }
    const { answeringByLane, engines } = pool.status();
    const limit = lanes.heavy === 0 ? lanes.light : lanes.light + lanes.heavy;
    if (answeringByLane.light + answeringByLane.heavy > limit) wrong.push('too many at work');
    if (lanes.heavy > 0 && answeringByLane.light > lanes.light) wrong.push('too many light');
    if (engines.length > lanes.light + lanes.heavy + lanes.spare) wrong.push('too many engines');
  }
  await vi.advanceTimersByTimeAsync(60_000);
  await Promise.all(ends);
  await publishing;
  const { waiting, answering, current, wanted, visible } = pool.status();
  if (waiting + answering > 0) wrong.push('something is left over');
  if (current !== wanted) wrong.push(`only ${current} of ${wanted} engines came back`);
  if (visible !== written) wrong.push('a commit is not visible');
  // Every engine that was ended was ended for a reason of its own.
  const { kills } = pool.status().counters;
  const killed = Object.values(kills).reduce((sum, each) => sum + each, 0);
  const dead = world.engines.length - wanted - pool.status().counters.buildFailures;
  if (killed !== dead) wrong.push(`${dead} engines ended for ${killed} reasons`);
  await pool.close();
  if (vi.getTimerCount() > 0) wrong.push(`${vi.getTimerCount()} timers are left`);
  return wrong;
};

it('loses no query, mixes no commits, and comes back to full strength, whatever comes', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.array(event, { maxLength: 40 }), async (lanes, events) => {
      expect(await play(lanes, events)).toEqual([]);
    }),
    { numRuns: Number(process.env['ISNAD_POOL_RUNS'] ?? 150) },
  );
});

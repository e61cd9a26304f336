import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReaderPool } from '../../../../src/store/engine/pool/reader-pool.ts';
import type { PoolOptions } from '../../../../src/store/engine/pool/reader-pool.ts';
import { ask, newPool, newWorld, outcomeOf, place, type World } from './fake-engine.ts';

let world: World;
let pool: ReaderPool;

const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
};
const open = async (options: Partial<PoolOptions> = {}): Promise<void> => {
  pool = newPool(world, options);
  const started = pool.start();
  await pass(100);
  await started;
};
const shape = (key: string, startsHeavy = false) => ({ key, form: key, startsHeavy });
const shapeOf = (key: string) => ({ key, form: 'shared', startsHeavy: false });
const laneOf = async (key: string, ms: number): Promise<string> => {
  const asked = outcomeOf(pool.ask(ask({ ms }, { shape: shapeOf(key) })));
  const { heavy } = pool.status().answeringByLane;
  await pass(ms + 1);
  await asked;
  return heavy > 0 ? 'heavy' : 'light';
};
const alive = (): number => world.engines.filter(({ isTerminated }) => !isTerminated).length;

beforeEach(() => {
  vi.useFakeTimers();
  world = newWorld();
});
afterEach(async () => {
  await pool.close();
  // Every timer belongs to a query, and goes with it.
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (world.violations.length > 0) throw new Error(world.violations.join(', '));
  if (left > 0) throw new Error(`${left} timers were left.`);
});

describe('the lanes', () => {
  it('move a query that overruns to the heavy lane on its engine, and kill nothing', async () => {
    await open();
    const long = outcomeOf(pool.ask(ask({ ms: 3000, name: 'long' })));
    await pass(101);
    expect(pool.status().answeringByLane).toEqual({ light: 0, heavy: 1 });
    const short = outcomeOf(pool.ask(ask({ ms: 10 })));
    await pass(11);
    expect(await short).toBe('ok');
    await pass(3000);
    expect(await long).toBe('ok');
    expect(world.engines).toHaveLength(3);
    expect(pool.status().counters).toMatchObject({ overrunsMoved: 1, overrunsRestarted: 0 });
    expect(world.begun.filter((name) => name === 'long')).toHaveLength(1);
  });

  it('let short work pass while one long query after the other comes', async () => {
    await open();
    const long = Array.from({ length: 6 }, async (_, n) =>
      outcomeOf(pool.ask(ask({ ms: 900, name: `long ${n}` }, { client: 'a' }))),
    );
    await pass(5);
    const waits: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const askedAt = Date.now();
      const short = outcomeOf(pool.ask(ask({ ms: 5 }, { client: 'b' })));
      while ((await Promise.race([short, Promise.resolve('')])) === '') await pass(5);
      expect(await short).toBe('ok');
      waits.push(Date.now() - askedAt);
    }
    // At worst behind two that have yet to spend their budgets: the one at work, and the other's turn.
    expect(Math.max(...waits)).toBeLessThan(250);
    await pass(10_000);
    expect((await Promise.all(long)).every((each) => each === 'ok')).toBe(true);
  });

  it('stop an overrunning query only for light work, and start it anew in the heavy lane', async () => {
    await open();
    const first = outcomeOf(pool.ask(ask({ ms: 2000, name: 'first' })));
    await pass(110);
    const second = outcomeOf(pool.ask(ask({ ms: 2000, name: 'second' })));
    await pass(500);
    // The heavy lane is full, but nobody waits: it may go on.
    expect(pool.status().counters.kills.overran).toBe(0);
    const short = outcomeOf(pool.ask(ask({ ms: 10 })));
    await pass(20);
    expect(await short).toBe('ok');
    expect(pool.status().counters.kills.overran).toBe(1);
    expect(pool.status().waitingByLane).toEqual({ light: 0, heavy: 1 });
    await pass(4000);
    expect([await first, await second]).toEqual(['ok', 'ok']);
    expect(world.begun.filter((name) => name === 'second')).toHaveLength(2);
    expect(alive()).toBe(3);
  });

  it('start a shape in the heavy lane that overran, until it ends in time again', async () => {
    await open();
    const slow = outcomeOf(pool.ask(ask({ ms: 300 }, { shape: shape('x') })));
    await pass(310);
    await slow;
    const quick = outcomeOf(pool.ask(ask({ ms: 10 }, { shape: shape('x') })));
    expect(pool.status().answeringByLane).toEqual({ light: 0, heavy: 1 });
    await pass(11);
    await quick;
    const again = outcomeOf(pool.ask(ask({ ms: 10 }, { shape: shape('x') })));
    expect(pool.status().answeringByLane).toEqual({ light: 1, heavy: 0 });
    await pass(11);
    await again;
  });

  it('hold a form to be long only after three overruns in a row', async () => {
    await open();
    const long = [await laneOf('1', 150), await laneOf('2', 150), await laneOf('3', 150)];
    expect(long).toEqual(['light', 'light', 'light']);
    expect([await laneOf('4', 10), await laneOf('5', 10)]).toEqual(['heavy', 'light']);
    expect([await laneOf('1', 10), await laneOf('1', 10)]).toEqual(['heavy', 'light']);
  });

  it('start a product in the heavy lane, and never take the last engine for it', async () => {
    await open();
    const asked = [1, 2].map(async () =>
      outcomeOf(pool.ask(ask({ ms: 1000 }, { shape: shape('product', true) }))),
    );
    expect(pool.status()).toMatchObject({
      answeringByLane: { light: 0, heavy: 1 },
      waitingByLane: { light: 0, heavy: 1 },
    });
    await pass(2100);
    expect(await Promise.all(asked)).toEqual(['ok', 'ok']);
  });

  it('take at one stroke all that wait with the shape of one that overran', async () => {
    await open();
    const client = 'one address';
    const runaways = Array.from({ length: 20 }, async () =>
      outcomeOf(pool.ask(ask({ ms: 60_000 }, { client, shape: shape('runaway') }))),
    );
    const polite = outcomeOf(pool.ask(ask({ ms: 10 }, { client, shape: shape('polite') })));
    await pass(101);
    expect(pool.status().waitingByLane).toEqual({ light: 0, heavy: 19 });
    await pass(10);
    expect(await polite).toBe('ok');
    await pass(10_000);
    expect(new Set(await Promise.all(runaways))).toEqual(new Set(['query-timeout', 'store-busy']));
    await pass(20);
    expect(pool.status().current).toBe(3);
  });

  it('are one where there is no heavy one', async () => {
    await open({ lanes: { light: 1, heavy: 0, spare: 0 } });
    const long = outcomeOf(pool.ask(ask({ ms: 1000 }, { shape: shape('p', true) })));
    const short = outcomeOf(pool.ask(ask({ ms: 10 })));
    await pass(900);
    expect(pool.status().waiting).toBe(1);
    await pass(200);
    expect([await long, await short]).toEqual(['ok', 'ok']);
    expect(world.engines).toHaveLength(1);
  });
});

describe('the line', () => {
  it('gives clients turns, and in each its light work first', async () => {
    await open({ lanes: { light: 1, heavy: 0, spare: 0 } });
    const done: Promise<string>[] = [outcomeOf(pool.ask(ask({ ms: 10, name: 'now' })))];
    const put = (client: string, name: string, heavy = false): void => {
      const options = { client, shape: shape(name, heavy) };
      done.push(outcomeOf(pool.ask(ask({ ms: 10, name }, options))));
    };
    put('a', 'a heavy', true);
    for (const n of [1, 2, 3]) put('a', `a${n}`);
    put('b', 'b1');
    put('c', 'c1');
    put('b', 'b2');
    await pass(200);
    await Promise.all(done);
    expect(world.begun).toEqual(['now', 'a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a heavy']);
  });

  it('turns away a client that fills its share, and everybody when it is full', async () => {
    await open({ queueMax: 4 });
    const asked = Array.from({ length: 4 }, async () =>
      outcomeOf(pool.ask(ask({ ms: 50 }, { client: 'a' }))),
    );
    expect(await asked[3]).toBe('client-busy');
    const others = ['b', 'c', 'd'].map(async (client) =>
      outcomeOf(pool.ask(ask({ ms: 50 }, { client }))),
    );
    expect(await others[2]).toBe('store-busy');
    await expect(pool.ask(ask({ ms: 1 }, { client: 'e' }))).rejects.toMatchObject({
      extra: { retryAfterSeconds: 1 },
    });
    await pass(1000);
    expect(await Promise.all([...asked.slice(0, 3), ...others.slice(0, 2)])).toEqual(
      Array.from({ length: 5 }, () => 'ok'),
    );
  });

  it('says whether an engine was at work on what ran out of time', async () => {
    await open({ lanes: { light: 1, heavy: 0, spare: 0 } });
    await expect(pool.ask(ask({ ms: 10 }, { deadlineAt: Date.now() - 1 }))).rejects.toMatchObject({
      code: 'query-timeout',
    });
    const deadlineAt = Date.now() + 500;
    const worked = outcomeOf(pool.ask(ask({ ms: 9000 }, { deadlineAt })));
    const waited = outcomeOf(pool.ask(ask({ ms: 10 }, { deadlineAt })));
    await pass(501);
    expect([await worked, await waited]).toEqual(['query-timeout', 'store-busy']);
    await pass(100);
    expect(alive()).toBe(1);
  });
});

/** The rows of the table of poisoned instances that the pool decides. */
describe('an engine', () => {
  it('goes on after an ordinary error', async () => {
    await open();
    const failed = outcomeOf(pool.ask(ask({ ms: 5, outcome: 'fails' })));
    await pass(10);
    expect(await failed).toBe('query-failed');
    expect(world.engines).toHaveLength(3);
  });

  it.each(['breaks', 'dies'] as const)('that %s is replaced, unseen by others', async (outcome) => {
    await open();
    const broke = outcomeOf(pool.ask(ask({ ms: 5, outcome })));
    const polite = outcomeOf(pool.ask(ask({ ms: 5 })));
    await pass(30);
    expect([await broke, await polite]).toEqual(['query-failed', 'ok']);
    expect(alive()).toBe(3);
    expect(pool.status().current).toBe(3);
    expect(pool.status().counters.kills).toMatchObject(
      outcome === 'dies' ? { lost: 1 } : { poisoned: 1 },
    );
  });

  it('is ended at the deadline, counted from arrival', async () => {
    await open();
    const asked = outcomeOf(pool.ask(ask({ ms: 60_000 }, { deadlineAt: Date.now() + 1000 })));
    await pass(1000);
    expect(await asked).toBe('query-timeout');
    await pass(10);
    expect(pool.status().counters.kills.deadline).toBe(1);
    expect(alive()).toBe(3);
  });

  it('that has taken much memory is replaced once it is idle and all others are there', async () => {
    await open();
    const bomb = outcomeOf(pool.ask(ask({ ms: 5, outcome: 'grows' })));
    await pass(20);
    expect(await bomb).toBe('ok');
    expect(pool.status().counters.kills.bloated).toBe(1);
    expect(pool.status().memoryBytes).toBe(300 * 1024 * 1024);
  });

  it('of a client that left is ended only if its work goes on for long', async () => {
    await open();
    const client = new AbortController();
    const { signal } = client;
    const asked = [1000, 60_000].map(async (ms) =>
      outcomeOf(pool.ask(ask({ ms }, { signal, deadlineAt: Date.now() + 60_000 }))),
    );
    await pass(150);
    const waiting = outcomeOf(pool.ask(ask({ ms: 10 }, { signal })));
    client.abort('gone');
    expect(await Promise.all([...asked, waiting])).toEqual(['gone', 'gone', 'gone']);
    await pass(1900);
    expect(pool.status().counters.kills.abandoned).toBe(0);
    await pass(200);
    expect(pool.status().counters.kills.abandoned).toBe(1);
    expect(pool.status()).toMatchObject({ answering: 0, waiting: 0 });
  });

  it('is never ended by the timer of a query it has done with', async () => {
    await open();
    for (let n = 0; n < 1000; n += 1) {
      const client = new AbortController();
      const { signal } = client;
      const asked = outcomeOf(
        pool.ask(ask({ ms: 3 }, { signal, deadlineAt: Date.now() + 100 + (n % 50) })),
      );
      await pass(n % 5);
      client.abort('gone');
      await asked;
    }
    await pass(5000);
    expect(world.engines).toHaveLength(3);
  });

  it('that cannot be built is tried again, later each time, and the log says what is lost', async () => {
    await open();
    world.advanceFails = true;
    for (const engine of world.engines.slice(1)) engine.die();
    await pass(4000);
    expect(world.notices).toContainEqual(expect.stringMatching(/Fewer engines than set/));
    expect(world.engines.length).toBeLessThan(8);
    // The one that is left answers heavy work too.
    const heavy = outcomeOf(pool.ask(ask({ ms: 10 }, { shape: shape('p', true) })));
    await pass(20);
    expect(await heavy).toBe('ok');
    world.advanceFails = false;
    await pass(60_000);
    expect(pool.status()).toMatchObject({ current: 3, wanted: 3 });
    expect(world.notices.at(-1)).toMatch(/can be built again/);
  });
});

describe('a commit that engines break down on', () => {
  const sizes = { light: 1, heavy: 0, spare: 1 };

  it.each([
    ['small', false, 5],
    ['large', true, 5],
    ['long in the reading', false, 2000],
  ])('costs one engine at a time, ever more rarely, and queries none: %s', async (_, large, ms) => {
    await open({ lanes: sizes });
    world.advanceMs = ms;
    world.unreadable = 1;
    pool.prepare(place(1), large);
    const published = pool.publish();
    const waits: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      const askedAt = Date.now();
      const asked = pool.ask(ask({ ms: 5 }));
      const answer = asked.then(({ commit }) => commit);
      let commit = await Promise.race([answer, Promise.resolve(-1)]);
      for (; commit < 0; commit = await Promise.race([answer, Promise.resolve(-1)])) await pass(1);
      waits.push(Date.now() - askedAt);
      expect(commit).toBe(0);
      await pass(200);
    }
    expect(Math.max(...waits)).toBeLessThan(50);
    const { kills } = pool.status().counters;
    expect(kills['advance-failed']).toBeGreaterThan(3);
    expect(kills['advance-failed']).toBeLessThan(10);
    world.unreadable = Infinity;
    await pass(40_000);
    await published;
    expect(pool.status()).toMatchObject({ visible: 1, current: 2 });
  });

  it('is tried by the only engine too, which queries wait for then', async () => {
    await open({ lanes: { light: 1, heavy: 0, spare: 0 } });
    world.unreadable = 1;
    pool.prepare(place(1), false);
    const published = pool.publish();
    await pass(700);
    const asked = pool.ask(ask({ ms: 5 }));
    await pass(100);
    expect((await asked).commit).toBe(0);
    world.unreadable = Infinity;
    await pass(2000);
    await published;
    const after = pool.ask(ask({ ms: 5 }));
    await pass(10);
    expect((await after).commit).toBe(1);
  });

  it('is waited for no more when the store closes, though an attempt was to follow', async () => {
    await open({ lanes: sizes });
    world.unreadable = 1;
    pool.prepare(place(1), false);
    const published = pool.publish();
    await pass(100);
    expect(pool.status().counters.kills['advance-failed']).toBe(1);
    await pool.close();
    await published;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is read by the next one where only the first broke down', async () => {
    await open();
    pool.prepare(place(1), false);
    const published = pool.publish();
    await pass(1);
    expect(pool.isReading).toBe(true);
    world.engines.find(({ present }) => present?.name === 'advance')?.die();
    await pass(600);
    await published;
    expect(pool.status()).toMatchObject({ visible: 1, current: 3 });
    expect(pool.isReading).toBe(false);
  });
});

describe('what waits for an engine that cannot be built', () => {
  it('makes do with the others once it is clear that there will be fewer', async () => {
    await open();
    world.advanceFails = true;
    for (const engine of world.engines.slice(1)) engine.die();
    // One engine is left, which the light lane will need; the heavy lane has none to wait for.
    const heavy = outcomeOf(pool.ask(ask({ ms: 10 }, { shape: shape('p', true) })));
    await pass(20);
    expect(pool.status().waitingByLane).toEqual({ light: 0, heavy: 1 });
    await pass(4000);
    expect(await heavy).toBe('ok');
  });

  it('is read by the last one where it is a large commit', async () => {
    await open({ lanes: { light: 1, heavy: 0, spare: 1 } });
    world.advanceMs = 50;
    world.engines[1]?.die();
    await pass(10);
    // Another is being built, so the last one is not spared yet.
    pool.prepare(place(1), true);
    const published = pool.publish();
    await pass(20);
    expect(pool.status()).toMatchObject({ visible: 0, catchingUp: 1 });
    world.engines[2]?.die();
    await pass(60);
    expect(pool.status().visible).toBe(1);
    await published;
    await pass(1000);
  });
});

describe('a query that costs engines', () => {
  it.each([
    ['breaks them', { ms: 5, outcome: 'breaks' }, 598],
    ['runs out of time', { ms: 60_000 }, 599],
  ] as const)(
    'twice since it %s is refused at once, for ten minutes',
    async (_, script, seconds) => {
      await open();
      const options = { shape: shape('killer') };
      for (let n = 0; n < 2; n += 1) {
        const asked = outcomeOf(
          pool.ask(ask({ ...script, name: `${n}` }, { ...options, deadlineAt: Date.now() + 1000 })),
        );
        await pass(1010);
        expect(['query-failed', 'query-timeout']).toContain(await asked);
      }
      const refused = pool.ask(ask(script, { ...options, deadlineAt: Date.now() + 1000 }));
      await expect(refused).rejects.toMatchObject({ code: 'query-quarantined' });
      await expect(refused).rejects.toMatchObject({ extra: { retryAfterSeconds: seconds } });
      expect(pool.status().quarantined).toBe(1);
      const other = outcomeOf(pool.ask(ask({ ms: 5 }, { shape: shape('other') })));
      await pass(600_000);
      expect(await other).toBe('ok');
      const again = outcomeOf(pool.ask(ask({ ms: 5 }, options)));
      await pass(10);
      expect(await again).toBe('ok');
    },
  );

  it('is not blamed for time it spent in the line, and may try with more time', async () => {
    await open({ lanes: { light: 1, heavy: 0, spare: 0 } });
    const options = { shape: shape('late') };
    for (let n = 0; n < 3; n += 1) {
      const before = outcomeOf(pool.ask(ask({ ms: 800, name: `${n}` })));
      const late = outcomeOf(
        pool.ask(ask({ ms: 500 }, { ...options, deadlineAt: Date.now() + 1000 })),
      );
      await pass(1100);
      expect([await before, await late]).toEqual(['ok', 'query-timeout']);
    }
    expect(pool.status().quarantined).toBe(0);
    for (let n = 0; n < 2; n += 1) {
      const slow = outcomeOf(
        pool.ask(ask({ ms: 5000 }, { ...options, deadlineAt: Date.now() + 1000 })),
      );
      await pass(1100);
      expect(await slow).toBe('query-timeout');
    }
    expect(pool.status().quarantined).toBe(1);
    const patient = outcomeOf(pool.ask(ask({ ms: 5000 }, options)));
    await pass(5100);
    expect(await patient).toBe('ok');
  });
});

describe('a commit', () => {
  it('is visible from the moment one engine has it, and whole', async () => {
    await open();
    const long = pool.ask(ask({ ms: 50 }));
    pool.prepare(place(1), false);
    const published = pool.publish();
    await pass(6);
    await published;
    const after = pool.ask(ask({ ms: 5 }));
    await pass(100);
    expect((await long).commit).toBe(0);
    expect((await after).commit).toBe(1);
    await pass(50);
    expect(world.engines.map(({ sequence }) => sequence)).toEqual([1, 1, 1]);
  });

  it('is not seen before it is on the disk, though an engine has read it', async () => {
    await open();
    pool.prepare(place(1), false);
    await pass(20);
    expect(world.engines.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual([
      0, 0, 1,
    ]);
    const asked = pool.ask(ask({ ms: 5 }));
    await pass(10);
    expect((await asked).commit).toBe(0);
    const published = pool.publish();
    await pass(1);
    await published;
    expect(pool.status().visible).toBe(1);
  });

  it('that could not be synced is never seen, and the engine that read it is replaced', async () => {
    await open();
    pool.prepare(place(1), false);
    await pass(20);
    pool.withdraw();
    await pass(1000);
    expect(pool.status()).toMatchObject({ visible: 0, current: 3 });
    expect(world.engines.map(({ isTerminated }) => isTerminated).filter(Boolean)).toHaveLength(1);
    for (let n = 0; n < 6; n += 1) {
      const asked = pool.ask(ask({ ms: 5 }));
      await pass(10);
      expect((await asked).commit).toBe(0);
    }
  });

  it('is read by idle engines after a while, or at once when they are needed', async () => {
    await open();
    for (let n = 1; n <= 3; n += 1) {
      pool.prepare(place(n), false);
      const published = pool.publish();
      await pass(6);
      await published;
    }
    expect(world.engines.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual([
      0, 0, 3,
    ]);
    const both = [
      pool.ask(ask({ ms: 50 })),
      pool.ask(ask({ ms: 5 }, { shape: { key: 'product', form: 'select', startsHeavy: true } })),
    ];
    await pass(60);
    expect((await Promise.all(both)).map(({ commit }) => commit)).toEqual([3, 3]);
    expect(world.engines.map(({ sequence }) => sequence)).toEqual([3, 3, 3]);
  });

  it('that is large is read by one engine while the others answer', async () => {
    await open();
    world.advanceMs = 1000;
    pool.prepare(place(1), true);
    const published = pool.publish();
    for (let n = 0; n < 50; n += 1) {
      const asked = pool.ask(ask({ ms: 5 }));
      await pass(10);
      expect((await asked).commit).toBe(0);
    }
    await pass(600);
    await published;
    expect(pool.status()).toMatchObject({ visible: 1 });
    await pass(3000);
    expect(pool.status().current).toBe(3);
  });
});

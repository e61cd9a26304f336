import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IsnadError } from '../src/errors.ts';
import { Turns, untilGone, type TurnBounds } from '../src/turns.ts';

const one: TurnBounds = { places: 1, placesOfOne: 1, waiting: 100, waitingOfOne: 3 };
const make = (bounds: Partial<TurnBounds> = {}): Turns =>
  new Turns({ ...one, ...bounds }, 'questions');

/** Lets everybody who was called begin. */
const breathe = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('go round the clients, however much each has waiting and whoever came first', async () => {
    const turns = make({ waitingOfOne: 10 });
    const order: string[] = [];
    const work = async (name: string): Promise<void> => {
      const leave = await turns.enter({ client: name.slice(0, 1) });
      order.push(name);
      await breathe();
      leave();
    };
    await Promise.all(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1'].map(work));
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'b3']);
  });

  it('are never more at once than there are places, in all and of one client', async () => {
    const clients = array(constantFrom('a', 'b', 'c', undefined), { maxLength: 30 });
    await assert(
      asyncProperty(
        clients,
        integer({ min: 1, max: 4 }),
        integer({ min: 1, max: 4 }),
        async (asked, places, placesOfOne) => {
          const turns = make({ places, placesOfOne, waitingOfOne: 100 });
          const under: (string | undefined)[] = [];
          let done = 0;
          await Promise.all(
            asked.map(async (client) => {
              const leave = await turns.enter({ client });
              under.push(client);
              expect(under.length).toBeLessThanOrEqual(places);
              for (const each of ['a', 'b', 'c'])
                expect(under.filter((own) => own === each).length).toBeLessThanOrEqual(placesOfOne);
              await breathe();
              under.splice(under.indexOf(client), 1);
              done += 1;
              leave();
            }),
          );
          expect(done).toBe(asked.length);
          expect(turns.length).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are not waited for beyond a deadline or by who has left, and who gave up takes no place', async () => {
    const turns = make();
    const leave = await turns.enter({ client: 'a' });
    const controller = new AbortController();
    const left = turns.enter({ client: 'b', signal: controller.signal });
    const late = turns.enter({ client: 'c', deadlineAt: Date.now() + 20 });
    controller.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await expect(late).rejects.toMatchObject({ code: 'store-busy' });
    await expect(turns.enter({ signal: controller.signal })).rejects.toThrow('gone');
    leave();
    (await turns.enter({ client: 'd' }))();
    expect(turns.length).toBe(0);
  });

  it('go to the next when the one that is called leaves in the same moment', async () => {
    const turns = make();
    const leave = await turns.enter();
    const controller = new AbortController();
    const called = turns.enter({ client: 'a', signal: controller.signal });
    const next = turns.enter({ client: 'b' });
    controller.abort(new Error('gone'));
    leave();
    await expect(called).rejects.toThrow('gone');
    (await next)();
    (await turns.enter())();
  });

  it('are refused to a client with too many waiting, to all when the line is full, and not to the service', async () => {
    const turns = make({ waiting: 6 });
    await turns.enter();
    const kept = ['a', 'a', 'a', 'b', undefined].map((client) => turns.enter({ client }));
    await expect(turns.enter({ client: 'a' })).rejects.toMatchObject({
      code: 'client-busy',
      extra: { limit: 3 },
    });
    kept.push(turns.enter());
    await expect(turns.enter({ client: 'b' })).rejects.toMatchObject({ code: 'store-busy' });
    turns.close(new IsnadError('store-busy', 'The end.'));
    for (const each of kept) await expect(each).rejects.toThrow('The end.');
    await expect(turns.enter()).rejects.toThrow('The end.');
  });
});

const late = (): IsnadError => new IsnadError('query-timeout', 'late');

describe('waiting for work while it is wanted', () => {
  it('gives what the work gives, or throws what it throws', async () => {
    expect(await untilGone(Promise.resolve(1), {}, late)).toBe(1);
    await expect(untilGone(Promise.reject(new Error('x')), {}, late)).rejects.toThrow('x');
  });

  it('ends when the client has left, also before, and at the deadline', async () => {
    const never = new Promise<never>(() => undefined);
    await expect(
      untilGone(never, { signal: AbortSignal.abort(new Error('x')) }, late),
    ).rejects.toThrow('x');
    await expect(untilGone(never, { deadlineAt: Date.now() + 10 }, late)).rejects.toThrow('late');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import { analyseQuery } from '../../src/sparql/analyse.ts';
import type { Executor } from '../../src/sparql/executors.ts';
import { createResultCache } from '../../src/sparql/result-cache.ts';
import type { QueryAnswer, QueryRequest } from '../../src/store/store.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = async (answer: Promise<QueryAnswer> | undefined): Promise<string> =>
  new TextDecoder().decode((await answer)?.body);

/** A cache in front of an executor that takes 100 ms and answers how often it was asked. */
const setUp = (bytesMax = 100_000) => {
  const world = { commit: 1, asked: [] as QueryRequest[], aborted: 0, fails: '' };
  const engine: Executor = async ({ request }) => {
    world.asked.push(request);
    const { commit } = world;
    const count = world.asked.length;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, 100);
      request.signal?.addEventListener('abort', () => {
        world.aborted += 1;
        clearTimeout(timer);
        reject(request.signal?.reason as Error);
      });
    });
    if (world.fails !== '' && count === 1)
      throw new IsnadError(world.fails as 'store-busy', 'It failed.');
    return { commit, mediaType: request.mediaType, body: bytes(`${count}`.padEnd(100)) };
  };
  const cache = createResultCache(bytesMax);
  const executor = cache.inFrontOf(engine, () => world.commit);
  const ask = (query: string, options: Partial<QueryRequest> = {}) =>
    textOf(
      executor({
        analysis: analyseQuery(query, 'http://localhost:3030/'),
        request: {
          query,
          mediaType: 'text/csv',
          defaultGraph: 'union',
          baseIri: 'http://localhost:3030/',
          deadlineAt: Date.now() + 10_000,
          resultBytesMax: 1000,
          ...options,
        },
      }),
    ).then((text) => text.trim());
  return { world, cache, ask };
};
const codeOf = (error: { code: string }): string => error.code;
const pass = async (ms: number) => vi.advanceTimersByTimeAsync(ms);
const query = 'SELECT * { ?s ?p ?o }';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timers were left.`);
});

describe('the result cache', () => {
  it('gives an answer again until the next commit, and only for all that it depends on', async () => {
    const { world, cache, ask } = setUp();
    const first = ask(query);
    await pass(100);
    expect(await first).toBe('1');
    expect(await ask(query)).toBe('1');
    const others: Partial<QueryRequest>[] = [
      { mediaType: 'text/tab-separated-values' },
      { defaultGraph: 'standard' },
      { graphs: { default: ['a:g'], named: [] } },
      { graphs: { default: [], named: ['a:g'] } },
      { baseIri: 'http://other/' },
    ];
    for (const options of others) {
      const other = ask(query, options);
      await pass(100);
      expect(await other).not.toBe('1');
    }
    expect(cache.status()).toMatchObject({ hits: 1, misses: 6, entries: 6 });
    world.commit = 2;
    const later = ask(query);
    await pass(100);
    expect(await later).toBe('7');
    // The answers of the commit before are gone.
    expect(cache.status()).toMatchObject({ entries: 1 });
  });

  it.each(['RAND()', 'NOW()', 'UUID()', 'STRUUID()', 'BNODE()'])(
    'keeps nothing with %s',
    async (call) => {
      const { cache, ask } = setUp();
      for (const count of ['1', '2']) {
        const answer = ask(`SELECT (${call} AS ?x) {}`);
        await pass(100);
        expect(await answer).toBe(count);
      }
      expect(cache.status()).toMatchObject({ entries: 0, hits: 0, misses: 0, joined: 0 });
    },
  );

  it('stays within its bytes, keeps what was used of late, and nothing that is too large', async () => {
    const { cache, ask } = setUp(5000);
    for (let n = 0; n < 30; n += 1) {
      for (const each of [query, `SELECT * { ?s <a:${n}> ?o }`]) {
        const answer = ask(each);
        await pass(100);
        await answer;
      }
      expect(cache.status().bytes).toBeLessThanOrEqual(5000);
    }
    expect(cache.status().hits).toBe(29);
    const small = setUp(3000);
    const answer = small.ask(query);
    await pass(100);
    await answer;
    expect(small.cache.status()).toMatchObject({ entries: 0, bytes: 0 });
  });

  it('works out once what many ask at the same time, and goes on when the first leaves', async () => {
    const { world, cache, ask } = setUp();
    const leaving = new AbortController();
    const first = ask(query, { signal: leaving.signal }).catch(String);
    const others = Array.from({ length: 5 }, () => ask(query));
    await pass(50);
    leaving.abort('gone');
    await pass(50);
    expect(await first).toBe('gone');
    expect(await Promise.all(others)).toEqual(['1', '1', '1', '1', '1']);
    expect(world).toMatchObject({ aborted: 0 });
    expect(cache.status()).toMatchObject({ misses: 1, joined: 5 });
  });

  it('gives the work up when all have left, and lets nobody join it then', async () => {
    const { world, ask } = setUp();
    const leaving = new AbortController();
    const all = [1, 2].map(() => ask(query, { signal: leaving.signal }).catch(String));
    await pass(50);
    leaving.abort('gone');
    expect(await Promise.all(all)).toEqual(['gone', 'gone']);
    expect(world.aborted).toBe(1);
    const next = ask(query);
    await pass(100);
    expect(await next).toBe('2');
  });

  it('lets nobody wait for work begun before a commit that he must see', async () => {
    const { world, ask } = setUp();
    const before = ask(query);
    await pass(50);
    world.commit = 2;
    const after = ask(query);
    await pass(100);
    expect([await before, await after]).toEqual(['1', '2']);
    expect(await ask(query)).toBe('2');
  });

  it.each(['store-busy', 'client-busy'])(
    'does not hand on that the first was turned away (%s)',
    async (code) => {
      const { world, ask } = setUp();
      world.fails = code;
      const both = [ask(query).catch(codeOf), ask(query).catch(codeOf)];
      await pass(300);
      expect(await Promise.all(both)).toEqual([code, '2']);
    },
  );

  it('hands on what is wrong with the query, and ends each at its own deadline', async () => {
    const { world, ask } = setUp();
    world.fails = 'query-failed';
    const first = ask(query).catch(codeOf);
    const second = ask(query).catch(codeOf);
    const hasty = ask(query, { deadlineAt: Date.now() + 30 }).catch(codeOf);
    await pass(31);
    expect(await hasty).toBe('query-timeout');
    await pass(100);
    expect([await first, await second]).toEqual(['query-failed', 'query-failed']);
    expect(world.asked).toHaveLength(1);
  });
});

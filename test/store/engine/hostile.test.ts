import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createEmbeddedStore } from '../../../src/store/embedded.ts';
import type { EmbeddedStore } from '../../../src/store/embedded-store.ts';
import {
  content,
  endlessQuery,
  manyTriples,
  openEmbedded,
  request,
  rows,
  storeOptions,
  temporaryDirectory,
  write,
} from '../support.ts';

const graph = 'a:g';
const polite = `SELECT (COUNT(*) AS ?n) { GRAPH <${graph}> { ?s ?p ?o } }`;

describe('hostile queries', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-hostile-'));
  const notices: string[] = [];
  let store: EmbeddedStore;
  beforeAll(async () => {
    store = await createEmbeddedStore({
      ...storeOptions(dataDir),
      engineReaders: 2,
      heavyLane: true,
      onNotice: (notice) => notices.push(notice),
    });
    await write(store, content(graph, ...manyTriples(1000)));
  });
  afterAll(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true });
  });
  const allThere = async (): Promise<void> => {
    while (store.status().readers.current < 4) await delay(20);
  };

  it('end by their deadline, and polite ones go on meanwhile', async () => {
    await allThere();
    const deadlineAt = Date.now() + 400;
    const runaway = [endlessQuery, endlessQuery].map(async (query, index) => {
      // The second moves to the heavy lane only when the first has left it.
      if (index > 0) await delay(200);
      const code = await rows(store, query, { deadlineAt }).catch(
        (error: { code: string }) => error.code,
      );
      return { code, late: Date.now() - deadlineAt };
    });
    for (let n = 0; n < 5; n += 1) expect(await rows(store, polite)).toEqual(['1000']);
    for (const { code, late } of await Promise.all(runaway)) {
      expect(code).toBe('query-timeout');
      // The figure is 250 ms (test/faults/polite-clients.ts); a test must also pass on a machine that is busy.
      expect(late).toBeLessThan(2000);
    }
    // Both engines were ended: the spare answers at once.
    expect(await rows(store, polite, { deadlineAt: Date.now() + 2000 })).toEqual(['1000']);
    await allThere();
  });

  const killers: readonly [string, string][] = [
    ['STR nested 240 deep', `SELECT (${'STR('.repeat(240)}1${')'.repeat(240)} AS ?x) {}`],
    ['sub-queries nested 360 deep', `${'SELECT * { {'.repeat(360)}${'} }'.repeat(360)}`],
    [
      'a list of 50,000 items',
      `SELECT * { ?s ?p ?o FILTER(?s IN (${Array.from({ length: 50_000 }, (_, n) => `<a:${n}>`).join(',')})) }`,
    ],
  ];
  it.each(killers)(
    'that break an engine (%s) are refused, and the next ones are answered',
    async (_, query) => {
      await allThere();
      const outcome = await rows(store, query).catch((error: { code: string }) => error.code);
      expect(outcome).toBe('query-failed');
      expect(await rows(store, polite)).toEqual(['1000']);
      await allThere();
      expect((await write(store, content(graph, ...manyTriples(1000)))).commit).toBeUndefined();
    },
  );

  it('that break every engine at once leave a store that heals', async () => {
    await allThere();
    const [, query] = killers[0]!;
    const all = await Promise.allSettled(Array.from({ length: 5 }, async () => rows(store, query)));
    expect(all.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await rows(store, polite)).toEqual(['1000']);
    await write(store, content('a:after', '<a:s> <a:p> "healed"'));
    expect(await rows(store, 'SELECT ?o { GRAPH <a:after> { ?s ?p ?o } }')).toEqual(['healed']);
    await allThere();
  });

  it('that are too many are turned away, and those that cannot be reached in time say so', async () => {
    const small = await openEmbedded(temporaryDirectory(), {
      queryQueueMax: 2,
      warmSpare: false,
    });
    await write(small, content(graph, ...manyTriples(1000)));
    const deadlineAt = Date.now() + 600;
    const asked = Array.from({ length: 4 }, async () =>
      rows(small, endlessQuery, { deadlineAt }).catch((error: { code: string }) => error.code),
    );
    expect(await Promise.all(asked)).toEqual([
      'query-timeout',
      'store-busy',
      'store-busy',
      'store-busy',
    ]);
    expect(await rows(small, polite)).toEqual(['1000']);
  });

  it('of clients that went away cost no engine when they end soon by themselves', async () => {
    await allThere();
    for (let n = 0; n < 20; n += 1) {
      const client = new AbortController();
      const asked = store.query(request(polite, { signal: client.signal }));
      client.abort(new Error('gone'));
      await expect(asked).rejects.toThrow('gone');
    }
    expect(await rows(store, polite)).toEqual(['1000']);
    expect(store.status().readers.current).toBe(4);
  });

  it('that want more memory than an engine may have fail alone', async () => {
    const capped = await openEmbedded(temporaryDirectory(), { engineMemoryMb: 48 });
    await write(capped, content(graph, ...manyTriples(1000)));
    const bomb = `SELECT ?d { BIND("${'x'.repeat(1000)}" AS ?a) ${['a', 'b', 'c']
      .map(
        (name, index) =>
          `BIND(CONCAT(${Array.from({ length: 40 }, () => `?${name}`).join(',')}) AS ?${'bcd'[index]})`,
      )
      .join(' ')} }`;
    await expect(rows(capped, bomb, { resultBytesMax: 1e9 })).rejects.toMatchObject({
      code: 'query-failed',
    });
    expect(await rows(capped, polite)).toEqual(['1000']);
  });

  it('are not needed: a change no engine can hold is refused, and writes nothing', async () => {
    const capped = await openEmbedded(temporaryDirectory(), { engineMemoryMb: 24 });
    await write(capped, content(graph, ...manyTriples(1000)));
    const plan = await capped.plan([content('a:big', ...manyTriples(100_000))]);
    await expect(
      capped.commit(plan, { activity: 'import', actor: 'operator', message: 'too large' }),
    ).rejects.toMatchObject({ code: 'store-full' });
    expect(capped.head().sequence).toBe(1);
    expect(await rows(capped, polite)).toEqual(['1000']);
    await write(capped, content('a:small', '<a:s> <a:p> "o"'));
    expect(capped.head().sequence).toBe(2);
  });
});

describe('a large commit', () => {
  it('keeps a reader answering at the old commit until another has the new one', async () => {
    const store = await openEmbedded(temporaryDirectory(), { engineReaders: 1 });
    await write(store, content(graph, ...manyTriples(1000)));
    while (store.status().readers.current < 2) await delay(20);
    const triples = Array.from(
      { length: 60_000 },
      (_, n) => `<a:s${n % 997}> <a:p> "a longer literal, number ${n}"`,
    );
    const plan = await store.plan([content('a:big', ...triples)]);
    const committed = store.commit(plan, {
      activity: 'import',
      actor: 'operator',
      message: 'large',
    });
    const waits: number[] = [];
    const seen = new Set<string>();
    const done = committed.then(() => true);
    for (let over = false; !over; over = await Promise.race([done, delay(1, false)])) {
      const started = performance.now();
      const [count = ''] = await rows(
        store,
        'SELECT (COUNT(*) AS ?n) { GRAPH <a:big> { ?s ?p ?o } }',
      );
      seen.add(count);
      waits.push(performance.now() - started);
    }
    const [after] = await rows(store, 'SELECT (COUNT(*) AS ?n) { GRAPH <a:big> { ?s ?p ?o } }');
    expect(after).toBe('60000');
    expect([...seen].filter((count) => count !== '60000')).toEqual(['0']);
    expect(waits.length).toBeGreaterThan(3);
  });
});

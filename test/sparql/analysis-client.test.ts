import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { QueryAnalyser } from '../../src/sparql/analysis-client.ts';

const base = 'http://localhost:3030/';
const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const analyser = (file?: URL, budgetMs?: number): QueryAnalyser => {
  const made = new QueryAnalyser(file, budgetMs);
  closing.push(() => made.close());
  return made;
};

/** A worker that answers `ok`, hangs on `hang` and dies on `die`. */
const unreliableWorker = (): URL => {
  const directory = mkdtempSync(path.join(tmpdir(), 'isnad-analysis-'));
  closing.push(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'worker.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', ({ id, text }) => {
       if (text === 'hang') for (;;);
       if (text === 'die') process.exit(1);
       if (text === 'throw') throw new Error('x');
       parentPort.postMessage({ id, analysis: { text } });
     });`,
  );
  return pathToFileURL(file);
};

describe('the analysis of queries in a worker', () => {
  it('gives what the analysis gives, also for many at once', async () => {
    const one = analyser();
    const texts = Array.from({ length: 50 }, (_, i) => `SELECT * { ?s ?p ${i} }`);
    const found = await Promise.all(texts.map((text) => one.analyse(text, base)));
    expect(found.map(({ text }) => text)).toEqual(texts);
  });

  it('puts a query so that it counts once when asked to, also one that was under way before', async () => {
    const one = analyser();
    const [early, late] = ['SELECT * { ?s ?p 1 }', 'SELECT * { ?s ?p 2 }'];
    const before = one.analyse(early, base);
    const asked = one.putOnce(late, base);
    expect((await before).once).toBe('deferred');
    expect((await asked).once).toHaveProperty('general');
    expect((await one.putOnce(early, base)).once).toHaveProperty('general');
    expect((await one.analyse('SELECT * { ?s ?p 3 }', base)).once).toHaveProperty('general');
  });

  it('passes errors with their code and place', async () => {
    await expect(analyser().analyse('SELECT * {\n oops', base)).rejects.toMatchObject({
      code: 'query-syntax',
      position: { line: 2, column: 2 },
    });
  });

  it('remembers what it has analysed', async () => {
    const one = analyser();
    const first = await one.analyse('ASK {}', base);
    expect(await one.analyse('ASK {}', base)).toBe(first);
    expect(await one.analyse('ASK {}', 'http://other.example/')).not.toBe(first);
  });

  it.each([
    ['hang', 'query-timeout'],
    ['die', 'query-failed'],
    ['throw', 'query-failed'],
  ])('ends a query that makes it %s, and no other', async (text, code) => {
    const one = analyser(unreliableWorker(), 1000);
    const outcomes = await Promise.allSettled(
      ['a', text, 'b', 'c'].map((each) => one.analyse(each, base)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(outcomes[1]).toMatchObject({ reason: { code } });
    expect(await one.analyse('d', base)).toEqual({ text: 'd' });
  });

  it('takes clients in turns, whoever came first', async () => {
    const one = analyser(unreliableWorker());
    const order: string[] = [];
    const ask = async (text: string, client: string): Promise<void> => {
      await one.analyse(text, base, { client });
      order.push(text);
    };
    await Promise.all([
      ...['a1', 'a2', 'a3', 'a4'].map((text) => ask(text, 'a')),
      ...['b1', 'b2'].map((text) => ask(text, 'b')),
    ]);
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
  });

  it('lets nobody wait beyond a deadline, or for one who has left', async () => {
    const one = analyser(unreliableWorker(), 1000);
    const hanging = one.analyse('hang', base);
    const late = one.analyse('a', base, { deadlineAt: Date.now() + 50 });
    const controller = new AbortController();
    const left = one.analyse('b', base, { signal: controller.signal });
    controller.abort(new Error('gone'));
    const begun = Date.now();
    await expect(left).rejects.toThrow('gone');
    await expect(late).rejects.toMatchObject({ code: 'store-busy' });
    expect(Date.now() - begun).toBeLessThan(900);
    await expect(hanging).rejects.toMatchObject({ code: 'query-timeout' });
  });

  it('refuses a client that lets too many wait, and not another', async () => {
    const one = analyser(unreliableWorker(), 1000);
    const many = Array.from({ length: 260 }, (_, n) =>
      one.analyse(n === 0 ? 'hang' : `a${n}`, base, { client: 'a' }),
    );
    const other = one.analyse('b', base, { client: 'b' });
    const outcomes = await Promise.allSettled(many);
    const codes = outcomes.flatMap((each) =>
      each.status === 'rejected' ? [each.reason.code] : [],
    );
    expect(codes.filter((code) => code === 'client-busy')).toHaveLength(9);
    expect(await other).toEqual({ text: 'b' });
  });
});

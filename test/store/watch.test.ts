import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Scrub } from '../../src/store/verify/scrub.ts';
import {
  base,
  collect,
  content,
  endlessQuery,
  manyTriples,
  openEmbedded,
  readLines,
  request,
  rows,
  temporaryDirectory,
  write,
} from './support.ts';

const soon = (): number => Date.now() + 5000;

describe('trying a store out', () => {
  it('finds every engine and the writer answering, and leaves no trace', async () => {
    const store = await openEmbedded(temporaryDirectory(), { engineReaders: 2, heavyLane: true });
    await write(store, content(`${base}dataset/a`, '<a:s> <a:p> "1"'));
    await expect
      .poll(() => store.status(), { timeout: 10_000 })
      .toMatchObject({ writerReady: true, readers: { current: 4 } });
    const before = store.status();
    const tries = await Promise.all([store.tryOut(soon()), store.tryOut(soon())]);
    expect(tries[0]).toEqual({ answered: 4, busy: 0, writer: 'answered' });
    expect(store.head()).toEqual(before.head);
    expect(await collect(store.log())).toHaveLength(1);
    expect(await rows(store, 'SELECT ?o { ?s ?p ?o FILTER(!isIRI(?s) || ?o = "1") }')).toEqual([
      '1',
    ]);
    expect(await readLines(store, '')).toEqual([]);
    expect(await store.checkEngines()).toEqual([]);
    // The next write is worked out on what is there without the quad that was tried.
    await write(store, content(`${base}dataset/a`, '<a:s> <a:p> "2"'));
    expect(await store.checkEngines()).toEqual([]);
  });

  it('leaves an engine at work to its query, and asks the others', async () => {
    const store = await openEmbedded(temporaryDirectory(), { engineReaders: 1, heavyLane: true });
    await write(store, content('', ...manyTriples(3000)));
    await expect
      .poll(() => store.status().readers.current, { timeout: 10_000 })
      .toBe(store.status().readers.wanted);
    const endless = store
      .query(request(endlessQuery, { deadlineAt: Date.now() + 1500 }))
      .catch((error: unknown) => error);
    await expect.poll(() => store.status().readers.answering).toBe(1);
    const found = await store.tryOut(soon());
    expect(found.busy).toBe(1);
    expect(found.answered).toBeGreaterThan(0);
    await endless;
  });

  it('says when a file cannot be synced', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    await mkdir(path.join(dataDir, 'ready-check'));
    await expect(store.tryOut(soon())).rejects.toMatchObject({
      code: 'store-busy',
      message: expect.stringContaining('could not be synced'),
    });
    await rm(path.join(dataDir, 'ready-check'), { recursive: true });
    await expect(store.tryOut(soon())).resolves.toMatchObject({ busy: 0 });
  });
});

describe('what is seen of a store', () => {
  it('counts its graphs and quads, the bytes of its journal and the memory of its writer', async () => {
    const store = await openEmbedded(temporaryDirectory());
    const empty = store.status();
    await write(store, content(`${base}dataset/a`, '<a:s> <a:p> "1"', '<a:s> <a:p> "2"'));
    const { graphs, quads, journalBytes, writerMemoryBytes, writesWaiting } = store.status();
    expect(graphs).toBe(2);
    expect(quads).toBeGreaterThan(2);
    expect(journalBytes).toBeGreaterThan(empty.journalBytes);
    expect(writerMemoryBytes).toBeGreaterThan(1_000_000);
    expect(writesWaiting).toBe(0);
  });
});

describe('a data directory without its journal', () => {
  it('is refused while anything else of a store is in it, and left as it is', async () => {
    const dataDir = temporaryDirectory();
    await mkdir(path.join(dataDir, 'images'));
    await writeFile(path.join(dataDir, 'images', '7.image'), 'an image');
    await expect(openEmbedded(dataDir)).rejects.toMatchObject({
      code: 'store-damaged',
      message: expect.stringContaining('images/'),
    });
    await rm(path.join(dataDir, 'images', '7.image'));
    const store = await openEmbedded(dataDir);
    expect(store.head().sequence).toBe(0);
  });
});

describe('the scrub', () => {
  it('finds nothing in a whole journal, and says what is wrong with a damaged one', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    await write(store, content(`${base}dataset/a`, ...manyTriples(100)));
    const notices: string[] = [];
    const scrub = new Scrub({ dataDir, intervalHours: 0, onNotice: (text) => notices.push(text) });
    await scrub.run();
    expect(scrub.status()).toMatchObject({ runs: 1, doubts: 0, failures: 0 });
    const segment = await open(path.join(dataDir, 'journal', '00000001.isnad'), 'r+');
    await segment.write(Buffer.from('x'), 0, 1, 700);
    await segment.close();
    await scrub.run();
    expect(scrub.status()).toMatchObject({ runs: 2, failures: 0 });
    expect(scrub.status().doubts).toBeGreaterThan(0);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('not as it was written');
    await rm(path.join(dataDir, 'journal'), { recursive: true });
    await scrub.run();
    expect(scrub.status()).toMatchObject({ runs: 2, failures: 1 });
  });

  it('runs by itself, and ends between two records', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir, { scrubIntervalHours: 0.0001 });
    await expect.poll(() => store.status().scrub.runs, { timeout: 10_000 }).toBeGreaterThan(1);
    const scrub = new Scrub({ dataDir, intervalHours: 0, onNotice: () => undefined });
    const running = scrub.run();
    await scrub.close();
    await running;
    expect(scrub.status().failures).toBe(0);
  });
});

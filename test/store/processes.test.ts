import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEmbeddedStore } from '../../src/store/embedded.ts';
import { readFiles } from './journal/files.ts';
import {
  collect,
  openEmbedded,
  readLines,
  rows,
  storeOptions,
  temporaryDirectory,
  write,
  content,
} from './support.ts';

interface Child {
  readonly process: ChildProcess;
  /** What it has printed so far, line by line. */
  readonly printed: string[];
  /** Resolves when it has printed so many lines. */
  readonly hasPrinted: (count: number) => Promise<void>;
  readonly ended: Promise<unknown>;
}

const startChild = (dataDir: string, mode = 'write'): Child => {
  const script = path.join(import.meta.dirname, 'writing-child.ts');
  const child = spawn(process.execPath, [script, dataDir, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const printed: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => printed.push(line));
  const ended = Promise.all([once(child, 'exit'), once(output, 'close')]);
  const hasPrinted = async (count: number): Promise<void> => {
    while (printed.length < count && child.exitCode === null)
      await Promise.race([once(output, 'line'), once(output, 'close')]);
  };
  return { process: child, printed, hasPrinted, ended };
};

describe('a data directory', () => {
  it('is closed to everyone but its owner', async () => {
    const dataDir = path.join(temporaryDirectory(), 'deep', 'data');
    await openEmbedded(dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(dataDir, 'journal')).mode & 0o777).toBe(0o700);
  });

  it('that cannot be made is named, with the setting it came from', async () => {
    const file = path.join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    for (const dataDir of [file, path.join(file, 'below')])
      await expect(createEmbeddedStore(storeOptions(dataDir))).rejects.toMatchObject({
        code: 'setting-invalid',
        message: expect.stringMatching(/ISNAD_DATA_DIR/),
      });
  });

  it('is refused to a second process at once, which names the first and changes nothing', async () => {
    const dataDir = temporaryDirectory();
    const first = startChild(dataDir, 'hold');
    await first.hasPrinted(1);
    expect(first.printed).toEqual(['open 0']);
    const before = [
      readFiles(path.join(dataDir, 'journal')),
      statSync(path.join(dataDir, 'lock')).mtimeMs,
    ];
    const started = performance.now();
    await expect(createEmbeddedStore(storeOptions(dataDir))).rejects.toMatchObject({
      code: 'store-locked',
      extra: { pid: first.process.pid },
      message: expect.stringContaining(`process ${first.process.pid}`),
    });
    expect(performance.now() - started).toBeLessThan(1000);
    expect([
      readFiles(path.join(dataDir, 'journal')),
      statSync(path.join(dataDir, 'lock')).mtimeMs,
    ]).toEqual(before);

    first.process.kill('SIGKILL');
    await first.ended;
    const store = await openEmbedded(dataDir);
    expect(store.head().sequence).toBe(0);
  });

  it('is refused to a second store in the same process', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    await expect(createEmbeddedStore(storeOptions(dataDir))).rejects.toMatchObject({
      code: 'store-locked',
    });
    await store.close();
    await openEmbedded(dataDir);
  });

  it('holds every acknowledged commit, and no half of one, after each of some kills', async () => {
    // `test/faults/kill-writing.ts` does the same hundreds of times.
    const dataDir = temporaryDirectory();
    let acknowledged = 0;
    for (let round = 0; round < 5; round += 1) {
      const child = startChild(dataDir);
      await child.hasPrinted(2);
      await delay(Math.random() * 60);
      child.process.kill('SIGKILL');
      await child.ended;
      const [opened = '', ...commits] = child.printed;
      // At most the one commit that was under way when the process was killed is there beyond them.
      expect([`open ${acknowledged}`, `open ${acknowledged + 1}`]).toContain(opened);
      acknowledged = Number(commits.at(-1));
    }
    expect(acknowledged).toBeGreaterThan(5);
    const store = await openEmbedded(dataDir);
    const { sequence } = store.head();
    expect([acknowledged, acknowledged + 1]).toContain(sequence);
    const counts = 'SELECT ?n (COUNT(*) AS ?c) { GRAPH ?g { ?s <a:n> ?n } } GROUP BY ?n';
    expect(await rows(store, counts)).toEqual([`${sequence},40`]);
    const messages = (await collect(store.log())).map(({ description }) => description.message);
    expect(messages).toEqual(Array.from({ length: sequence }, (_, index) => `n=${index + 1}`));
  }, 120_000);

  it('opens again as it was closed', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    await write(store, content('a:g', '<a:s> <a:p> "1"', '_:b <a:p> "2"'), content('a:empty'));
    await write(store, content('a:g', '<a:s> <a:p> "3"', '_:b <a:p> "2"'));
    const before = [store.head(), await store.listGraphs(), await readLines(store, 'a:g')];
    await store.close();
    const again = await openEmbedded(dataDir);
    expect([again.head(), await again.listGraphs(), await readLines(again, 'a:g')]).toEqual(before);
    expect(await rows(again, 'SELECT ?o { GRAPH <a:g> { ?s ?p ?o } }')).toEqual(['2', '3']);
  });

  it('tells how far the journal has been read', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    for (let n = 0; n < 3; n += 1) await write(store, content('a:g', `<a:s> <a:p> "${n}"`));
    await store.close();
    const told: [number, number][] = [];
    await openEmbedded(dataDir, { onProgress: (done, total) => told.push([done, total]) });
    expect(told.at(-1)).toEqual([3, 3]);
    expect(told.every(([done, total]) => done <= total && total === 3)).toBe(true);
  });

  it('refuses another base IRI than its first commit had', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    await write(store, content('a:g'));
    await store.close();
    const baseIri = 'https://isnad.example/';
    await expect(createEmbeddedStore({ ...storeOptions(dataDir), baseIri })).rejects.toMatchObject({
      code: 'store-base-iri',
    });
    await openEmbedded(dataDir);
  });
});

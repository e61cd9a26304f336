import { rmSync } from 'node:fs';
import path from 'node:path';
import { createEmbeddedStore } from '../../src/store/embedded.ts';
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';
import { baseIri, datasetPieces, type Catalogue } from './catalogue.ts';

const description = { activity: 'import', actor: 'bench', message: 'bench' } as const;
const mediumTriples = 1000;

const open = async (dataDir: string): Promise<EmbeddedStore> =>
  createEmbeddedStore({
    dataDir,
    baseIri,
    engineReaders: 1,
    warmSpare: false,
    engineMemoryMb: 'auto',
    queryQueueMax: 100,
  });

const writeOne = async (store: EmbeddedStore, n: number): Promise<void> => {
  const graph = `a:w${n % 50}`;
  const added = [Buffer.from(`<a:s${n}> <a:p> "${n}" <${graph}> .\n`)];
  await store.write({ kind: 'delta', deltas: [{ graph, added, removed: [] }] }, description);
};

const writeMany = async (
  store: EmbeddedStore,
  from: number,
  count: number,
  writers: number,
): Promise<number> => {
  const startedAt = performance.now();
  let next = from;
  const writer = async (): Promise<void> => {
    while (next < from + count) {
      next += 1;
      await writeOne(store, next);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return (count / (performance.now() - startedAt)) * 1000;
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

export interface WriteFigures {
  readonly startNewMs: number;
  readonly importPerSecond: number;
  readonly imageMs: number;
  readonly checkpointMs: number;
  readonly writesPerSecond: number;
  readonly writesPerSecondBy8: number;
  readonly mediumWriteMs: number;
}

/**
 * Makes the data directory: imports the catalogue dataset by dataset, keeps an image and a checkpoint of
 * that, then writes small commits, which the next start has to read beside them.
 */
export const writeStore = async (
  dataDir: string,
  catalogue: Catalogue,
  writes: number,
): Promise<WriteFigures> => {
  const openedAt = performance.now();
  const store = await open(dataDir);
  const startNewMs = performance.now() - openedAt;
  let importMs = 0;
  for (let dataset = 0; dataset < catalogue.datasets; dataset += 1) {
    const content = datasetPieces(catalogue, dataset);
    const startedAt = performance.now();
    await store.write({ kind: 'graphs', graphs: [content] }, description);
    importMs += performance.now() - startedAt;
  }
  const imageMs = await timed(() => store.makeImage());
  const checkpointMs = await timed(() => store.makeCheckpoint());
  const writesPerSecond = await writeMany(store, 0, writes, 1);
  const writesPerSecondBy8 = await writeMany(store, writes, writes * 4, 8);
  const graph = 'a:medium';
  const lines = Array.from(
    { length: mediumTriples },
    (_, n) => `<a:m${n}> <a:p> "${n}" <${graph}> .\n`,
  );
  const startedAt = performance.now();
  const added = [Buffer.from(lines.join(''))];
  await store.write({ kind: 'delta', deltas: [{ graph, added, removed: [] }] }, description);
  const mediumWriteMs = performance.now() - startedAt;
  await store.close();
  const importPerSecond = (catalogue.triples / importMs) * 1000;
  return {
    startNewMs,
    importPerSecond,
    imageMs,
    checkpointMs,
    writesPerSecond,
    writesPerSecondBy8,
    mediumWriteMs,
  };
};

/** Takes away what a start could use instead of the journal: all of it, or some. */
export const takeAway = (
  dataDir: string,
  derived: readonly ('images' | 'checkpoints' | 'indexes')[],
): void => {
  for (const each of derived) rmSync(path.join(dataDir, each), { recursive: true, force: true });
};

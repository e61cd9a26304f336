import { existsSync, mkdirSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createEmbeddedStore } from '../../../../src/store/embedded.ts';
import { openJournal } from '../../../../src/store/journal/open-journal.ts';
import type { EngineClient } from '../../../../src/store/engine/client.ts';
import type { Place } from '../../../../src/store/journal/place.ts';
import { headerOfImage } from '../../../../src/store/engine/image/read-header.ts';
import { pageBytes } from '../../../../src/store/engine/image/format.ts';
import {
  base,
  content,
  manyTriples,
  storeOptions,
  temporaryDirectory,
  write,
} from '../../support.ts';
import { engineStart, startEngine } from '../engines.ts';

const megabyte = 1024 * 1024;
/** Memory maximum of a writer that a reader's image does not fit into. */
const writerMb = 16;
const imageMb = 20;
const readerMb = 128;

interface Made {
  readonly journal: string;
  readonly checkpoint: string;
  readonly head: Place;
}

/** A journal with a checkpoint. */
const make = async (): Promise<Made> => {
  const dataDir = temporaryDirectory();
  const store = await createEmbeddedStore(storeOptions(dataDir));
  await write(store, content('a:one', ...manyTriples(500)));
  await store.makeCheckpoint();
  await store.close();
  const directory = path.join(dataDir, 'journal');
  const journal = await openJournal({ directory, baseIri: base });
  const { head } = journal;
  await journal.close();
  return {
    journal: directory,
    checkpoint: path.join(dataDir, 'checkpoints', '000000000001'),
    head,
  };
};

/** An image of an engine that a query once made large. */
const saveLargeImage = async ({ journal, head }: Made): Promise<string> => {
  const engine = startEngine(await engineStart(readerMb, journal));
  await engine.call('advance', head);
  const long = `CONCAT(${Array.from({ length: 20 }, () => '?a').join(',')})`;
  await engine.call('query', {
    query: `SELECT (STRLEN(${long}) AS ?n) { BIND("${'x'.repeat(500_000)}" AS ?a) }`,
    mediaType: 'text/csv',
    defaultGraph: 'standard',
    baseIri: base,
    resultBytesMax: 1000,
  });
  const directory = temporaryDirectory();
  mkdirSync(directory, { recursive: true });
  const image = path.join(directory, '000000000001.image');
  await engine.call('saveImage', image);
  expect((headerOfImage(image)?.pages ?? 0) * pageBytes).toBeGreaterThan(imageMb * megabyte);
  return image;
};

it('is not damaged for a writer that it does not fit into: that one begins with the checkpoint', async () => {
  const made = await make();
  const image = await saveLargeImage(made);
  const badStarts: string[] = [];
  const onBadStart = (what: string): number => badStarts.push(what);
  const start = async (memoryMb: number): Promise<EngineClient> => {
    const given = { image, checkpoint: made.checkpoint };
    const engine = await engineStart(memoryMb, made.journal);
    return startEngine({ ...engine, ...given }, { onBadStart });
  };
  const writer = await start(writerMb);
  const reader = await start(readerMb);
  for (const engine of [writer, reader]) {
    await engine.call('advance', made.head);
    const held = await engine.call('graphHashes');
    expect(held.find(({ graph }) => graph === 'a:one')?.quads).toBe(500);
  }
  expect(writer.memoryBytes).toBeLessThanOrEqual(writerMb * megabyte);
  expect(reader.memoryBytes).toBeGreaterThan(imageMb * megabyte);
  expect(badStarts).toEqual([]);
  expect(existsSync(image)).toBe(true);
  // That it was the checkpoint shows where that is damaged.
  truncateSync(path.join(made.checkpoint, 'manifest.json'), 10);
  const another = await start(writerMb);
  await another.call('advance', made.head);
  expect(badStarts).toEqual(['checkpoint']);
}, 60_000);

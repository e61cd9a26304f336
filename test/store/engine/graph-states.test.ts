import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createEmbeddedStore } from '../../../src/store/embedded.ts';
import type { EmbeddedStore } from '../../../src/store/embedded-store.ts';
import { encodeImageHeader, prefixBytes } from '../../../src/store/engine/image/format.ts';
import { headerOfImage } from '../../../src/store/engine/image/read-header.ts';
import { compareStates } from '../../../src/store/engine/graph-states.ts';
import {
  content,
  manyTriples,
  openEmbedded,
  rows,
  stateOf,
  storeOptions,
  temporaryDirectory,
  write,
} from '../support.ts';

const one = 'a:one';
const two = 'a:two';
const triples = [...manyTriples(500), '_:b1 <a:p> _:b2', '<a:s> <a:p> "مصحف"@ar'];

/** A store with two readers, the second of which is there. */
const openBoth = async (dataDir: string): Promise<EmbeddedStore> => {
  const store = await openEmbedded(dataDir, { warmSpare: true });
  while (store.status().readers.current < 2) await delay(5);
  return store;
};

describe('the hashes of the engines’ own dumps', () => {
  it('are those of the journal after writes, changes, drops, and a start from an image', async () => {
    const dataDir = temporaryDirectory();
    const store = await createEmbeddedStore(storeOptions(dataDir));
    await write(store, content(one, ...triples), content('', '<a:s> <a:p> "default"'));
    await write(store, content(two, ...triples.slice(100)), content('a:empty'));
    await store.makeImage();
    await write(store, content(one, ...triples.slice(50)), { graph: two, removed: true });
    expect(await store.checkEngines()).toEqual([]);
    await store.close();
    const again = await openBoth(dataDir);
    expect(await again.checkEngines()).toEqual([]);
    await write(again, content('', '<a:s> <a:p> "changed"'));
    expect(await Promise.all([again.checkEngines(), again.checkEngines()])).toEqual([[], []]);
    expect(await rows(again, 'SELECT ?o { <a:s> <a:p> ?o . FILTER(LANG(?o) = "") }')).toEqual([
      'changed',
    ]);
  });

  it('tell of engines that have missed a commit', async () => {
    const dataDir = temporaryDirectory();
    const store = await createEmbeddedStore(storeOptions(dataDir));
    await write(store, content(one, ...triples));
    await store.makeImage();
    const images = path.join(dataDir, 'images');
    const [name = ''] = readdirSync(images);
    const before = readFileSync(path.join(images, name));
    await write(store, content(one, ...triples.slice(1)), content(two, '<a:s> <a:p> "lost"'));
    await store.makeImage();
    const [after = ''] = readdirSync(images);
    await store.close();
    // The memory of the first commit under the name of the second.
    const old = headerOfImageBytes(before);
    const place = headerOfImage(path.join(images, after))?.place;
    if (!place) throw new Error('There is no second image.');
    const forged = encodeImageHeader({ ...old.header, place });
    writeFileSync(path.join(images, after), Buffer.concat([forged, before.subarray(old.end)]));
    const misled = await openBoth(dataDir);
    const problems = await misled.checkEngines();
    expect(problems).toContain('The writer: it lacks <a:two>.');
    expect(problems).toContain('A reader: it holds 502 quads of <a:one> instead of 501.');
  });

  it('differ by any quad', () => {
    const found = { graph: one, ...stateOf(one, '<a:s> <a:p> "1"') };
    const stated = { graph: one, ...stateOf(one, '<a:s> <a:p> "2"') };
    expect(compareStates([found], [found])).toEqual([]);
    expect(compareStates([found], [stated])).toEqual(['it holds other quads of <a:one>']);
    expect(compareStates([found], [])).toEqual(['it holds <a:one>, which does not exist']);
  });
});

const headerOfImageBytes = (bytes: Buffer) => {
  const end = prefixBytes + bytes.readUInt32LE(prefixBytes - 8);
  return { end, header: JSON.parse(bytes.subarray(prefixBytes, end).toString()) };
};

import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createEmbeddedStore } from '../../../../src/store/embedded.ts';
import { prefixBytes } from '../../../../src/store/engine/image/format.ts';
import { headerOfImage } from '../../../../src/store/engine/image/read-header.ts';
import type { EmbeddedStore } from '../../../../src/store/embedded-store.ts';
import {
  content,
  manyTriples,
  openEmbedded,
  readLines,
  rows,
  storeOptions,
  temporaryDirectory,
  write,
} from '../../support.ts';
import { makeUnreadable } from '../../unreadable.ts';

const one = 'a:one';
const imagesOf = (dataDir: string): string[] =>
  readdirSync(path.join(dataDir, 'images')).map((name) => path.join(dataDir, 'images', name));

const triples = [
  ...manyTriples(3000),
  '_:b1 <a:p> _:b2',
  '<a:s> <a:p> "مصحف"@ar',
  '<a:s> <a:p> "5"^^<http://www.w3.org/2001/XMLSchema#integer>',
];

interface Prepared {
  readonly dataDir: string;
  readonly image: string;
  readonly lines: string[];
}

/** A data directory with an image at commit 2, and a commit after it. */
const make = async (): Promise<Prepared> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-image-'));
  const store = await createEmbeddedStore(storeOptions(dataDir));
  await write(store, content(one, ...triples));
  await write(store, content('a:empty'));
  await store.makeImage();
  await write(store, content('a:two', '<a:x> <a:p> "after the image"'));
  const lines = await allLines(store);
  await store.close();
  const [image = ''] = imagesOf(dataDir);
  return { dataDir, image, lines };
};

let made: Prepared;
beforeAll(async () => {
  made = await make();
});
afterAll(() => rmSync(made.dataDir, { recursive: true }));

/** A copy of it for one test. */
const prepare = (): Prepared => {
  const dataDir = temporaryDirectory();
  cpSync(made.dataDir, dataDir, { recursive: true });
  return { ...made, dataDir, image: path.join(dataDir, 'images', path.basename(made.image)) };
};

const allLines = async (store: EmbeddedStore): Promise<string[]> => {
  const graphs = await store.listGraphs();
  const found = await Promise.all(graphs.map(({ graph }) => readLines(store, graph)));
  return [
    ...graphs.map(({ graph, quads }) => `${graph} ${quads}`),
    ...found.flatMap((each) => each ?? []),
  ];
};

const counted = 'SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }';

describe('an image of an engine', () => {
  it('starts engines that hold the same, to the labels of blank nodes, and read on from there', async () => {
    const { dataDir, image, lines } = prepare();
    expect(headerOfImage(image)?.place.sequence).toBe(2);
    const progress: number[] = [];
    const store = await openEmbedded(dataDir, { onProgress: (done) => progress.push(done) });
    expect(await allLines(store)).toEqual(lines);
    // Only the commit after the image was read.
    expect(progress.filter((done) => done < 3)).toEqual([]);
    const before = await rows(store, counted);
    await write(store, content('a:two', '<a:x> <a:p> "changed"', '<a:x> <a:p> "more"'));
    expect(Number((await rows(store, counted))[0])).toBeGreaterThan(Number(before[0]));
    expect(await readLines(store, 'a:empty')).toEqual([]);
  });

  it('starts engines that read every option of a query', async () => {
    const { dataDir } = prepare();
    const store = await openEmbedded(dataDir);
    const all = 'SELECT ?o { ?s ?p ?o }';
    const graphs = { default: ['a:two'], named: [] };
    expect(await rows(store, all, { graphs })).toEqual(['after the image']);
    expect(await rows(store, all, { defaultGraph: 'standard' })).toEqual([]);
    const none = { default: ['a:empty'], named: ['a:empty'] };
    expect(await rows(store, 'SELECT ?o { GRAPH ?g { ?s ?p ?o } }', { graphs: none })).toEqual([]);
  });

  const damages: readonly [string, (image: string) => void][] = [
    ['a flipped bit in its memory', (image) => flip(image, readFileSync(image).length - 4000)],
    ['a flipped bit in its header', (image) => flip(image, prefixBytes + 20)],
    ['a flipped bit in its first bytes', (image) => flip(image, 3)],
    ['its end cut off', (image) => truncateSync(image, readFileSync(image).length - 70_000)],
    ['nothing in it', (image) => truncateSync(image, 0)],
  ];
  it.each(damages)('is passed over with %s, and the answers are the same', async (_, damage) => {
    const { dataDir, image, lines } = prepare();
    damage(image);
    const store = await openEmbedded(dataDir);
    expect(await allLines(store)).toEqual(lines);
    expect(imagesOf(dataDir)).not.toContain(image);
  });

  it('is kept where the system does not let it be read, and the answers are the same', async () => {
    const { dataDir, image, lines } = prepare();
    const bytes = readFileSync(image);
    const putBack = makeUnreadable(image);
    const notices: string[] = [];
    const onNotice = (notice: string) => notices.push(notice);
    const store = await createEmbeddedStore({ ...storeOptions(dataDir), onNotice });
    expect(await allLines(store)).toEqual(lines);
    await store.close();
    expect(notices).toEqual([
      expect.stringMatching(/\.image could not be read and is not used this time: ELOOP/),
    ]);
    putBack();
    const progress: number[] = [];
    const again = await openEmbedded(dataDir, { onProgress: (done) => progress.push(done) });
    expect(await allLines(again)).toEqual(lines);
    expect(progress.filter((done) => done < 3)).toEqual([]);
    expect(readFileSync(image)).toEqual(bytes);
  });

  it('is done without where the directory cannot be read, and is there afterwards', async () => {
    const { dataDir, image, lines } = prepare();
    const bytes = readFileSync(image);
    const putBack = makeUnreadable(path.dirname(image));
    const notices: string[] = [];
    const onNotice = (notice: string) => notices.push(notice);
    const store = await createEmbeddedStore({ ...storeOptions(dataDir), onNotice });
    expect(await allLines(store)).toEqual(lines);
    await store.close();
    expect(notices).toEqual([expect.stringMatching(/images could not be read and is not used/)]);
    putBack();
    expect(readFileSync(image)).toEqual(bytes);
  });

  it('of another journal, or of nothing, is thrown away', async () => {
    const { image } = prepare();
    const other = await make();
    onTestFinished(() => rmSync(other.dataDir, { recursive: true }));
    writeFileSync(other.image, readFileSync(image));
    writeFileSync(path.join(path.dirname(other.image), 'stray.image.new'), 'x');
    const store = await openEmbedded(other.dataDir);
    expect(imagesOf(other.dataDir)).toEqual([]);
    expect(await allLines(store)).toEqual(other.lines);
  });
});

const flip = (file: string, at: number): void => {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  writeFileSync(file, bytes);
};

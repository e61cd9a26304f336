import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Engine, EngineStore } from '../delta.ts';
import type { SavedTriples } from '../union/seen-triples.ts';
import { pageBytes, type ImageHeader, type ImageKey } from './format.ts';
import { readImageHeader } from './read-header.ts';
import { restoreReferences } from './references.ts';

export interface RestoredImage {
  readonly store: EngineStore;
  readonly header: ImageHeader;
  /** The triples it has seen, where the image tells. */
  readonly seen: SavedTriples | undefined;
}

/** Reads one chunk straight into the engine's memory and checks it there. */
const readChunk = (file: number, at: number, target: Buffer, checksum: number): boolean => {
  for (let done = 0; done < target.length;) {
    const read = readSync(file, target, done, target.length - done, at + done);
    if (read === 0) return false;
    done += read;
  }
  return crc32(target) === checksum;
};

/** Whether the engine's memory can be as large as the image's was: a writer's may be smaller than a reader's. */
const fits = ({ exports: { memory } }: Engine, { pages }: ImageHeader): boolean => {
  const missing = pages - memory.buffer.byteLength / pageBytes;
  if (missing <= 0) return true;
  try {
    memory.grow(missing);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** @returns where the chunks end, or nothing when one of them is damaged */
const fill = (
  engine: Engine,
  file: number,
  chunksAt: number,
  header: ImageHeader,
): number | undefined => {
  const { memory } = engine.exports;
  const whole = Buffer.from(memory.buffer);
  let at = chunksAt;
  let next = 0;
  for (const { page, pages, crc32: checksum } of header.chunks) {
    // Pages between chunks are zeros in the image; a new engine has written some of its own there.
    whole.fill(0, next * pageBytes, page * pageBytes);
    const target = whole.subarray(page * pageBytes, (page + pages) * pageBytes);
    if (!readChunk(file, at, target, checksum)) return undefined;
    at += target.length;
    next = page + pages;
  }
  whole.fill(0, next * pageBytes);
  return at;
};

const readSeen = (file: number, at: number, { seen }: ImageHeader): SavedTriples | undefined => {
  if (!seen) return undefined;
  const slots = new Uint32Array(seen.bytes / Uint32Array.BYTES_PER_ELEMENT);
  if (!readChunk(file, at, Buffer.from(slots.buffer), seen.crc32))
    throw new Error('The table of triples seen is damaged.');
  return { seed: seen.seed, size: seen.size, slots };
};

/**
 * Puts an image into a new engine that has done nothing yet.
 *
 * @returns nothing when the image is not for this program or base, or too large: the engine is as it was
 * @throws Error when the image turned out to be damaged: the engine is of no further use
 */
export const restoreImage = (
  engine: Engine,
  path: string,
  key: ImageKey,
): RestoredImage | undefined => {
  const file = openSync(path, 'r');
  try {
    const image = readImageHeader(file);
    if (!image) return undefined;
    const { header, chunksAt } = image;
    if (header.program !== key.program || header.baseIri !== key.baseIri) return undefined;
    if (!fits(engine, header)) return undefined;
    const end = fill(engine, file, chunksAt, header);
    if (end === undefined) throw new Error(`The image ${path} is damaged.`);
    const seen = readSeen(file, end, header);
    restoreReferences(engine.exports['__wbindgen_externrefs'], header.references);
    const store: EngineStore = Object.create(engine.Store.prototype);
    Reflect.set(store, '__wbg_ptr', header.storeAddress);
    reseed(store);
    return { store, header, seen };
  } finally {
    closeSync(file);
  }
};

/** More output than the generator gives between two seeds (64 KiB), at 16 bytes an identifier. */
const drawsPerSide = 80;

/**
 * An image holds the state of the random generator too: two engines of one image would mint the same
 * identifiers. The generator takes a new seed from the system after 64 KiB, so that much is drawn first.
 */
const reseed = (store: EngineStore): void => {
  const numbers = Array.from({ length: drawsPerSide }, (_, n) => n).join(' ');
  store.query(
    `SELECT (STRUUID() AS ?drawn) { VALUES ?a { ${numbers} } VALUES ?b { ${numbers} } }`,
    { results_format: 'text/csv' },
  );
};

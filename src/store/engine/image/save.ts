import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { SavedTriples } from '../union/seen-triples.ts';
import { encodeImageHeader, pageBytes, type ImageChunk, type ImageHeader } from './format.ts';

/** Pages of one chunk at most: 16 MiB, so that nothing large is held while saving. */
const chunkPagesMax = 256;
const zeroPage = Buffer.alloc(pageBytes);

/** The runs of pages that are not all zeros. */
const chunksOf = (memory: Buffer): ImageChunk[] => {
  const chunks: ImageChunk[] = [];
  const pages = memory.length / pageBytes;
  const isZero = (page: number): boolean =>
    zeroPage.compare(memory, page * pageBytes, (page + 1) * pageBytes) === 0;
  for (let page = 0; page < pages;) {
    if (isZero(page)) {
      page += 1;
      continue;
    }
    let end = page + 1;
    while (end < pages && end - page < chunkPagesMax && !isZero(end)) end += 1;
    const bytes = memory.subarray(page * pageBytes, end * pageBytes);
    chunks.push({ page, pages: end - page, crc32: crc32(bytes) });
    page = end;
  }
  return chunks;
};

const writeAll = (file: number, bytes: Buffer): void => {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done);
};

/**
 * Writes an image under another name and renames it. It blocks for as long as writing the memory takes:
 * meant for an engine that has nothing else to do.
 *
 * @param memory the whole memory of an engine that is not at work
 * @param seen the triples it has seen
 */
export const saveImage = (
  path: string,
  memory: Buffer,
  header: Omit<ImageHeader, 'pages' | 'chunks' | 'seen'>,
  seen?: SavedTriples,
): void => {
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  const chunks = chunksOf(memory);
  const file = openSync(draft, 'wx', 0o600);
  let isWhole = false;
  try {
    const table =
      seen && Buffer.from(seen.slots.buffer, seen.slots.byteOffset, seen.slots.byteLength);
    const pages = memory.length / pageBytes;
    const about = seen &&
      table && {
        seen: { seed: seen.seed, size: seen.size, bytes: table.length, crc32: crc32(table) },
      };
    writeAll(file, encodeImageHeader({ ...header, ...about, pages, chunks }));
    for (const chunk of chunks)
      writeAll(
        file,
        memory.subarray(chunk.page * pageBytes, (chunk.page + chunk.pages) * pageBytes),
      );
    if (table) writeAll(file, table);
    isWhole = true;
  } finally {
    closeSync(file);
    // Half an image takes room that the journal may need.
    if (!isWhole) rmSync(draft, { force: true });
  }
  renameSync(draft, path);
};

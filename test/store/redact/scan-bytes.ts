import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';

const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Everything that zstd frames in these bytes decompress to, wherever they begin. */
const framesIn = (bytes: Buffer): Buffer[] => {
  const found: Buffer[] = [];
  for (let at = bytes.indexOf(zstdMagic); at >= 0; at = bytes.indexOf(zstdMagic, at + 1))
    try {
      found.push(zstdDecompressSync(bytes.subarray(at)));
    } catch {
      // What follows a frame is no frame: the end of it is found by trying the shorter ones.
      found.push(...shorterFrame(bytes.subarray(at)));
    }
  return found;
};

/** The frame that these bytes begin with, of a length that only its decompression tells. */
const shorterFrame = (bytes: Buffer): Buffer[] => {
  for (let end = 10; end < bytes.length; end += 1)
    try {
      return [zstdDecompressSync(bytes.subarray(0, end))];
    } catch {
      // One byte more.
    }
  return [];
};

/** The files below a directory that hold a text, as it is or compressed. */
export const filesHolding = (directory: string, text: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return [bytes, ...framesIn(bytes)].some((each) => each.includes(text));
    });

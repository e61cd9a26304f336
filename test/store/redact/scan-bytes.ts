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
      // Bytes that only look like the beginning of a frame.
    }
  return found;
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

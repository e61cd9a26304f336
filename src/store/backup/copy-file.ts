import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { syncDirectory } from '../journal/journal-io.ts';

const pieceBytes = 1024 * 1024;

/** A file as a copy found it. */
export interface CopiedFile {
  readonly bytes: number;
  /** Hexadecimal SHA-256 of the bytes that were copied. */
  readonly sha256: string;
}

/**
 * Copies the first `bytesMax` bytes of a file into a new one and syncs it. Streamed, so that a segment
 * is never in memory as a whole.
 *
 * @param onBytes told of each piece copied
 */
export const copyFile = async (
  from: string,
  to: string,
  bytesMax: number,
  onBytes: (bytes: number) => void,
): Promise<CopiedFile> => {
  await using source = await open(from, 'r');
  await using target = await open(to, 'wx', 0o600);
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(pieceBytes);
  let copied = 0;
  while (copied < bytesMax) {
    const { bytesRead } = await source.read(
      piece,
      0,
      Math.min(pieceBytes, bytesMax - copied),
      copied,
    );
    if (bytesRead === 0) break;
    const read = piece.subarray(0, bytesRead);
    hash.update(read);
    await target.writeFile(read);
    copied += bytesRead;
    onBytes(bytesRead);
  }
  await target.sync();
  return { bytes: copied, sha256: hash.digest('hex') };
};

/** Makes a directory and those above it up to `root`, and makes their names durable. */
export const makeDirectories = async (root: string, directory: string): Promise<void> => {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (let made = directory; made !== root && made.startsWith(root); made = path.dirname(made))
    await syncDirectory(path.dirname(made));
};

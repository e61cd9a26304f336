import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { compressNow, decompress } from '../journal/zstd.ts';

/**
 * A file of lines in blocks, so that it can be written and read in a piece of memory that does not grow
 * with it:
 *
 *     length u32 ‖ crc32 u32 ‖ zstd frame of lines, joined by line breaks
 *
 * A line is a text of one character per byte and holds no line break.
 */
const linesPerBlock = 20_000;
const headBytes = 8;
const checksumAt = 4;

/** What is wrong with a file of blocks, which cannot be trusted then. */
export class BlockDamage extends Error {}

const encodeBlock = (lines: readonly string[]): Buffer => {
  const frame = compressNow(Buffer.from(lines.join('\n'), 'latin1'));
  const block = Buffer.alloc(headBytes + frame.length);
  block.writeUInt32LE(frame.length, 0);
  block.writeUInt32LE(crc32(frame), checksumAt);
  block.set(frame, headBytes);
  return block;
};

/** Writes lines to an open file, a block at a time; `end` writes the rest. */
export class BlockWriter {
  readonly #descriptor: number;
  readonly #onBytes: (bytes: Buffer) => void;
  #lines: string[] = [];

  /** @param onBytes told of all bytes written, in order */
  constructor(descriptor: number, onBytes: (bytes: Buffer) => void = () => undefined) {
    this.#descriptor = descriptor;
    this.#onBytes = onBytes;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length >= linesPerBlock) this.end();
  }

  end(): void {
    if (this.#lines.length === 0) return;
    const block = encodeBlock(this.#lines);
    for (let done = 0; done < block.length;)
      done += writeSync(this.#descriptor, block, done, block.length - done);
    this.#onBytes(block);
    this.#lines = [];
  }
}

const readFully = (descriptor: number, bytes: Buffer): boolean => {
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(descriptor, bytes, done, bytes.length - done, null);
    if (read === 0 && done === 0) return false;
    if (read === 0) throw new BlockDamage('it ends within a block');
    done += read;
  }
  return true;
};

/** @param left bytes of the file: a length beyond them is damage, not a reason to ask for memory */
const readBlock = (descriptor: number, head: Buffer, left: number): string[] => {
  const length = head.readUInt32LE(0);
  if (length > left) throw new BlockDamage('the length of a block is impossible');
  const frame = Buffer.alloc(length);
  if (!readFully(descriptor, frame)) throw new BlockDamage('it ends within a block');
  if (crc32(frame) !== head.readUInt32LE(checksumAt))
    throw new BlockDamage('the checksum of a block is wrong');
  return decompress(frame).toString('latin1').split('\n');
};

/**
 * The lines of a file, block by block.
 *
 * @throws BlockDamage when a block is not as it was written; what the file system threw
 */
export function* readBlocks(file: string): Generator<string[]> {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    let left = fstatSync(descriptor).size;
    while (readFully(descriptor, head)) {
      yield readBlock(descriptor, head, left - headBytes);
      left -= headBytes + head.readUInt32LE(0);
    }
  } finally {
    closeSync(descriptor);
  }
}

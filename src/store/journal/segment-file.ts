import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const windowBytes = 64 * 1024;

/** A segment file open for reading, through a window so that small records cost few system calls. */
export class SegmentFile {
  readonly size: number;
  readonly #descriptor: number;
  #window: Buffer = Buffer.alloc(0);
  #windowAt = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    this.size = fstatSync(this.#descriptor).size;
  }

  /** The bytes from `offset` on, fewer than `length` at the end of the file. */
  read(offset: number, length: number): Buffer {
    const from = offset - this.#windowAt;
    if (from < 0 || from + length > this.#window.length) this.#move(offset, length);
    const start = offset - this.#windowAt;
    return this.#window.subarray(start, start + length);
  }

  #move(offset: number, length: number): void {
    const wanted = Math.max(0, Math.min(Math.max(length, windowBytes), this.size - offset));
    const window = Buffer.allocUnsafe(wanted);
    let filled = 0;
    while (filled < wanted) {
      const read = readSync(this.#descriptor, window, filled, wanted - filled, offset + filled);
      if (read === 0) break;
      filled += read;
    }
    this.#window = window.subarray(0, filled);
    this.#windowAt = offset;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { mergeRuns, type LineOperations } from './merge.ts';

const linesPerBlock = 20_000;
const lengthBytes = 4;
/** What a remembered line costs besides its characters, roughly. */
const overheadBytes = 100;
const defaultBudgetBytes = 64 * 1024 * 1024;

const flagOf = ({ first, last }: LineOperations): string =>
  String((first ? 2 : 0) + (last ? 1 : 0));

const parseLine = (text: string): LineOperations => {
  const flags = Number(text[0]);
  return { key: text.slice(1), first: flags >= 2, last: flags % 2 === 1 };
};

const writeBlock = (file: number, lines: readonly LineOperations[]): void => {
  const text = lines.map((line) => flagOf(line) + line.key).join('\n');
  const frame = zstdCompressSync(Buffer.from(text, 'latin1'));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(frame.length);
  const block = Buffer.concat([length, frame]);
  for (let done = 0; done < block.length;) done += writeSync(file, block, done);
};

const readFully = (file: number, bytes: Buffer): boolean => {
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(file, bytes, done, bytes.length - done, null);
    if (read === 0 && done === 0) return false;
    if (read === 0) throw new Error('a sorted run ends within a block');
    done += read;
  }
  return true;
};

function* readRun(name: string): Generator<LineOperations> {
  const file = openSync(name, 'r');
  try {
    const length = Buffer.alloc(lengthBytes);
    while (readFully(file, length)) {
      const frame = Buffer.alloc(length.readUInt32LE());
      if (!readFully(file, frame)) throw new Error('a sorted run ends within a block');
      yield* zstdDecompressSync(frame).toString('latin1').split('\n').map(parseLine);
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Sorts what commits do to lines, with bounded memory: past a budget, sorted runs are spilled to a
 * folder of its own. Of several operations on a line, the first and the last are kept.
 */
export class LineRuns {
  readonly #folder: string;
  readonly #budgetBytes: number;
  readonly #runs: string[] = [];
  #lines = new Map<string, LineOperations>();
  #bytes = 0;

  /** `folder` is made when a run is spilled, and removed by `remove`. */
  constructor(folder: string, budgetBytes = defaultBudgetBytes) {
    this.#folder = folder;
    this.#budgetBytes = budgetBytes;
  }

  /** Notes one operation, in the order of the commits; `key` as `lineKey` gives it. */
  add(key: string, added: boolean): void {
    const known = this.#lines.get(key);
    this.#lines.set(key, { key, first: known?.first ?? added, last: added });
    if (known) return;
    this.#bytes += key.length + overheadBytes;
    if (this.#bytes >= this.#budgetBytes) this.#spill();
  }

  /** Every line operated on, once, in byte order. */
  sorted(): Generator<LineOperations> {
    return mergeRuns([...this.#runs.map(readRun), this.#sortedInMemory()]);
  }

  /** Removes the spilled runs. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #sortedInMemory(): LineOperations[] {
    return [...this.#lines.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  #spill(): void {
    mkdirSync(this.#folder, { recursive: true });
    const name = path.join(this.#folder, `${this.#runs.length}.run`);
    const lines = this.#sortedInMemory();
    const file = openSync(name, 'wx');
    try {
      for (let at = 0; at < lines.length; at += linesPerBlock)
        writeBlock(file, lines.slice(at, at + linesPerBlock));
    } finally {
      closeSync(file);
    }
    this.#runs.push(name);
    this.#lines = new Map();
    this.#bytes = 0;
  }
}

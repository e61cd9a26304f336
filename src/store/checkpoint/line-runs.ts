import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { BlockWriter, readBlocks } from './blocks.ts';
import { mergeRuns, type LineChange } from './merge.ts';

/** What a remembered line costs besides its characters, roughly. */
const overheadBytes = 100;
const defaultBudgetBytes = 32 * 1024 * 1024;

/** A line of a spilled run: what became of the line stands before it. */
const flags = { added: '+', removed: '-' } as const;

function* readRun(file: string): Generator<LineChange> {
  for (const lines of readBlocks(file))
    for (const line of lines) yield { key: line.slice(1), added: line.startsWith(flags.added) };
}

/**
 * Sorts what commits do to lines, with bounded memory: past a budget, sorted runs are spilled to a
 * folder of its own. Of several changes of a line, the last counts.
 */
export class LineRuns {
  readonly #folder: string;
  readonly #budgetBytes: number;
  readonly #runs: string[] = [];
  /** Whether the line was added last, by its key. */
  #lines = new Map<string, boolean>();
  #bytes = 0;

  /** `folder` is made when a run is spilled, and removed by `remove`. */
  constructor(folder: string, budgetBytes = defaultBudgetBytes) {
    this.#folder = folder;
    this.#budgetBytes = budgetBytes;
  }

  /** Notes one change, in the order of the commits; `key` as `merge.ts` says. */
  add(key: string, added: boolean): void {
    const before = this.#lines.size;
    this.#lines.set(key, added);
    if (this.#lines.size === before) return;
    this.#bytes += key.length + overheadBytes;
    if (this.#bytes >= this.#budgetBytes) this.#spill();
  }

  /** Every line changed, once, in byte order. */
  sorted(): Generator<LineChange> {
    return mergeRuns([...this.#runs.map(readRun), this.#sortedInMemory()]);
  }

  /** Removes the spilled runs. */
  remove(): void {
    if (this.#runs.length > 0) rmSync(this.#folder, { recursive: true, force: true });
  }

  #sortedInMemory(): LineChange[] {
    return [...this.#lines]
      .map(([key, added]) => ({ key, added }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  #spill(): void {
    mkdirSync(this.#folder, { recursive: true });
    const name = path.join(this.#folder, `${this.#runs.length}.run`);
    const file = openSync(name, 'wx');
    try {
      const writer = new BlockWriter(file);
      for (const { key, added } of this.#sortedInMemory())
        writer.add((added ? flags.added : flags.removed) + key);
      writer.end();
    } finally {
      closeSync(file);
    }
    this.#runs.push(name);
    this.#lines = new Map();
    this.#bytes = 0;
  }
}

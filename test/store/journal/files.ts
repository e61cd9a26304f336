import { readdirSync, readFileSync, writeFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Journal, JournalOptions } from '../../../src/store/journal/journal.ts';
import { openJournal } from '../../../src/store/journal/open-journal.ts';
import { hashOfLines } from '../../../src/rdf/graph-hash.ts';
import type { CommitRecord, GraphDelta } from '../../../src/store/store.ts';
import { base, collect, description, nquad, utf8 } from '../support.ts';

/** The files of a journal directory, by name. */
export type Files = ReadonlyMap<string, Buffer>;

export const readFiles = (directory: string): Files =>
  new Map(
    readdirSync(directory)
      .toSorted()
      .map((name) => [name, readFileSync(path.join(directory, name))]),
  );

/** Makes a directory hold exactly these files; those that `present` has too are left alone. */
export const writeFiles = (directory: string, files: Files, present: Files = new Map()): void => {
  if (present.size === 0) rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const name of present.keys()) if (!files.has(name)) rmSync(path.join(directory, name));
  for (const [name, bytes] of files)
    if (present.get(name) !== bytes) writeFileSync(path.join(directory, name), bytes);
};

/** The same files with one of them changed; a file changed to nothing is left out. */
export const withFile = (
  files: Files,
  name: string,
  change: (bytes: Buffer) => Buffer | undefined,
): Files => {
  const changed = new Map(files);
  const bytes = change(Buffer.from(files.get(name) ?? Buffer.alloc(0)));
  if (bytes) changed.set(name, bytes);
  else changed.delete(name);
  return changed;
};

export const segment = '00000001.isnad';

export const delta = (graph: string, ...triples: readonly string[]): GraphDelta => ({
  graph,
  added: [utf8(triples.map((triple) => nquad(graph, triple)).join(''))],
  removed: [],
  addedQuads: triples.length,
  removedQuads: 0,
  hashChange: hashOfLines([utf8(triples.map((triple) => nquad(graph, triple)).join(''))]),
  created: true,
  dropped: false,
});

/** Opens a journal, and closes it after `work`. */
export const withJournal = async <Result>(
  directory: string,
  work: (journal: Journal) => Promise<Result>,
  options: Partial<JournalOptions> = {},
): Promise<Result> => {
  const journal = await openJournal({ directory, baseIri: base, ...options });
  try {
    return await work(journal);
  } finally {
    await journal.close();
  }
};

/** Appends one commit. */
export const append = async (journal: Journal, ...deltas: readonly GraphDelta[]): Promise<void> => {
  await journal.append([{ deltas, description }]);
};

export const appendCommits = async (journal: Journal, count: number): Promise<void> => {
  for (let n = 1; n <= count; n += 1) await append(journal, delta(`a:g${n}`, `<a:s> <a:p> "${n}"`));
};

export const readLog = async (journal: Journal): Promise<CommitRecord[]> =>
  collect(journal.records());

/** The first and the last operation on one line: true where it was added, false where removed. */
export interface LineOperations {
  readonly key: string;
  readonly first: boolean;
  readonly last: boolean;
}

const separator = '\0';

/**
 * A line of a graph as a text of one character per byte, so that comparing texts compares bytes:
 * graph, NUL (which no IRI holds), canonical N-Quads line without its line break.
 */
export const lineKey = (graph: string, line: Uint8Array): string =>
  Buffer.from(graph).toString('latin1') +
  separator +
  Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1');

/** Graph and line of a key. */
export const splitKey = (key: string): { readonly graph: string; readonly line: Buffer } => {
  const at = key.indexOf(separator);
  const graph = Buffer.from(key.slice(0, at), 'latin1').toString();
  return { graph, line: Buffer.from(key.slice(at + 1), 'latin1') };
};

type Head = IteratorResult<LineOperations, unknown>;

const leastKey = (heads: readonly Head[]): string | undefined => {
  let least: string | undefined;
  for (const head of heads)
    if (!head.done && (least === undefined || head.value.key < least)) least = head.value.key;
  return least;
};

/** Merges sorted runs, the oldest first, into one in which each line occurs once. */
export function* mergeRuns(runs: readonly Iterable<LineOperations>[]): Generator<LineOperations> {
  const readers = runs.map((run) => run[Symbol.iterator]());
  const heads: Head[] = [];
  const take = (key: string): LineOperations | undefined => {
    let merged: LineOperations | undefined;
    for (const [index, reader] of readers.entries()) {
      const head = heads[index];
      if (!head || head.done || head.value.key !== key) continue;
      merged = { key, first: merged?.first ?? head.value.first, last: head.value.last };
      heads[index] = reader.next();
    }
    return merged;
  };
  try {
    for (const reader of readers) heads.push(reader.next());
    for (let key = leastKey(heads); key !== undefined; key = leastKey(heads)) {
      const merged = take(key);
      if (merged) yield merged;
    }
  } finally {
    // A reader that was not read to its end holds its file open.
    for (const reader of readers) reader.return?.();
  }
}

/** The keys present after `operations` on those of `base`, both in byte order. */
export function* mergeLines(
  base: Iterable<string>,
  operations: Iterable<LineOperations>,
): Generator<string> {
  const present = (function* (): Generator<LineOperations> {
    for (const key of base) yield { key, first: true, last: true };
  })();
  for (const { key, last } of mergeRuns([present, operations])) if (last) yield key;
}

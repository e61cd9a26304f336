/** What commits leave of one line: added by the last that touched it, or removed. */
export interface LineChange {
  readonly key: string;
  readonly added: boolean;
}

const separator = '\0';

/**
 * A line of a graph is known by a text of one character per byte, so that comparing texts compares bytes:
 * graph, NUL (which no IRI holds), canonical N-Quads line without its line break. This is what comes before
 * the line.
 */
export const keyPrefix = (graph: string): string =>
  Buffer.from(graph).toString('latin1') + separator;

/** Graph and line of a key. */
export const splitKey = (key: string): { readonly graph: string; readonly line: Buffer } => {
  const at = key.indexOf(separator);
  const graph = Buffer.from(key.slice(0, at), 'latin1').toString();
  return { graph, line: Buffer.from(key.slice(at + 1), 'latin1') };
};

type Head = IteratorResult<LineChange, unknown>;

const leastKey = (heads: readonly Head[]): string | undefined => {
  let least: string | undefined;
  for (const head of heads)
    if (!head.done && (least === undefined || head.value.key < least)) least = head.value.key;
  return least;
};

/**
 * Merges sorted runs, the oldest first, into one in which each line occurs once, as the newest run that
 * has it leaves it. There are few runs, so the least of their heads is found by looking at all.
 */
export function* mergeRuns(runs: readonly Iterable<LineChange>[]): Generator<LineChange> {
  const readers = runs.map((run) => run[Symbol.iterator]());
  const heads: Head[] = [];
  const take = (key: string): LineChange | undefined => {
    let newest: LineChange | undefined;
    for (const [index, reader] of readers.entries()) {
      const head = heads[index];
      if (!head || head.done || head.value.key !== key) continue;
      newest = head.value;
      heads[index] = reader.next();
    }
    return newest;
  };
  try {
    for (const reader of readers) heads.push(reader.next());
    for (let key = leastKey(heads); key !== undefined; key = leastKey(heads)) {
      const newest = take(key);
      if (newest) yield newest;
    }
  } finally {
    // A reader that was not read to its end holds its file open.
    for (const reader of readers) reader.return?.();
  }
}

/** The keys present after `changes` to those of `base`, both in byte order. */
export function* mergeLines(
  base: Iterable<string>,
  changes: Iterable<LineChange>,
): Generator<string> {
  const present = (function* (): Generator<LineChange> {
    for (const key of base) yield { key, added: true };
  })();
  for (const { key, added } of mergeRuns([present, changes])) if (added) yield key;
}

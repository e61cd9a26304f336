/**
 * An interval index: which of many closed ranges of verse ordinals overlap a given one. Plain typed
 * arrays, so that a worker can build it and hand it over without copying.
 *
 * The ranges are sorted by their start. Over them lies an implicit binary tree in an array (node k
 * has the children 2k and 2k + 1, the leaves are the ranges) that keeps the greatest end below each
 * node, so whole subtrees that end too early are skipped.
 */
export interface VerseIndex {
  /** Number of leaves: the number of ranges, rounded up to a power of two. */
  readonly leaves: number;
  /** Starts in ascending order. */
  readonly starts: Uint16Array;
  /** For each range in that order, its position in the input. */
  readonly positions: Uint32Array;
  /** Greatest end below each tree node; 0 below a node without ranges. */
  readonly greatestEnds: Uint16Array;
}

/**
 * Builds the index of the ranges `starts[i]`–`ends[i]`, both ends included. Ordinals are 1–65535;
 * a range whose end is before its start overlaps nothing.
 */
export const buildVerseIndex = (starts: ArrayLike<number>, ends: ArrayLike<number>): VerseIndex => {
  const size = starts.length;
  const positions = Uint32Array.from({ length: size }, (_, position) => position).toSorted(
    (a, b) => at(starts, a) - at(starts, b) || a - b,
  );
  const leaves = 2 ** Math.ceil(Math.log2(Math.max(size, 1)));
  const greatestEnds = new Uint16Array(2 * leaves);
  for (const [leaf, position] of positions.entries()) {
    const end = at(ends, position);
    greatestEnds[leaves + leaf] = end < at(starts, position) ? 0 : end;
  }
  for (let node = leaves - 1; node >= 1; node -= 1) {
    greatestEnds[node] = Math.max(at(greatestEnds, 2 * node), at(greatestEnds, 2 * node + 1));
  }
  return {
    leaves,
    starts: Uint16Array.from(positions, (position) => at(starts, position)),
    positions,
    greatestEnds,
  };
};

const at = (values: ArrayLike<number>, position: number): number => values[position] ?? 0;

/**
 * The input positions of all ranges that share at least one ordinal with `from`–`to` (both
 * included), in the order of their starts. Takes time in proportion to the number found.
 */
export const rangesOverlapping = (index: VerseIndex, from: number, to: number): number[] => {
  const found: number[] = [];
  const { leaves, positions, greatestEnds } = index;
  const startingInTime = countStartsUpTo(index.starts, to);
  const open = from > to ? [] : [1];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const height = Math.clz32(node) - Math.clz32(leaves);
    const firstLeaf = (node << height) - leaves;
    if (firstLeaf >= startingInTime || (greatestEnds[node] ?? 0) < from) continue;
    if (node >= leaves) found.push(positions[firstLeaf] ?? 0);
    else open.push(2 * node + 1, 2 * node);
  }
  return found;
};

/** How many of the ascending `starts` are at most `limit`. */
const countStartsUpTo = (starts: Uint16Array, limit: number): number => {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
};

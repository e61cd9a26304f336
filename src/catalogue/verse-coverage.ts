import { rangesOverlapping } from '../search/verse-index.ts';
import { mark, none, type WitnessSnapshot } from '../search/witness-snapshot.ts';

/**
 * How many manuscripts bear each verse of a range, by pages or by statements about them as a whole;
 * doubtful passages are left out. Each manuscript counts once for each verse.
 *
 * @returns one number a verse, from the first ordinal to the last
 */
export const countWitnessesByVerse = (
  { index, passages }: WitnessSnapshot,
  startOrdinal: number,
  endOrdinal: number,
): Uint16Array => {
  const counts = new Uint16Array(endOrdinal - startOrdinal + 1);
  // The passages come by their start, so all verses of an object before its mark are counted.
  const countedUpTo = new Map<number, number>();
  for (const passage of rangesOverlapping(index, startOrdinal, endOrdinal)) {
    if (((passages.marks[passage] ?? 0) & mark.doubtful) !== 0) continue;
    const object = passages.object[passage] ?? none;
    const first = Math.max(
      passages.start[passage] ?? 0,
      startOrdinal,
      (countedUpTo.get(object) ?? 0) + 1,
    );
    const last = Math.min(passages.end[passage] ?? 0, endOrdinal);
    for (let ordinal = first; ordinal <= last; ordinal += 1) {
      counts[ordinal - startOrdinal] = (counts[ordinal - startOrdinal] ?? 0) + 1;
    }
    if (last >= first) countedUpTo.set(object, last);
  }
  return counts;
};

/** How many manuscripts bear at least one verse of a range; doubtful passages are left out. */
export const countWitnessesOfRange = (
  { index, passages }: WitnessSnapshot,
  startOrdinal: number,
  endOrdinal: number,
): number => {
  const objects = new Set<number>();
  for (const passage of rangesOverlapping(index, startOrdinal, endOrdinal)) {
    if (((passages.marks[passage] ?? 0) & mark.doubtful) === 0) {
      objects.add(passages.object[passage] ?? none);
    }
  }
  return objects.size;
};

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildVerseIndex, rangesOverlapping } from '../../src/search/verse-index.ts';

const ordinal = fc.integer({ min: 1, max: 6236 });
const near = fc.integer({ min: 1, max: 40 });
const ranges = (value: fc.Arbitrary<number>): fc.Arbitrary<[number, number][]> =>
  fc.array(fc.tuple(value, value), { maxLength: 200 });

const overlapsBySearchingAll = (
  all: readonly (readonly [number, number])[],
  from: number,
  to: number,
): number[] =>
  all.flatMap(([start, end], position) =>
    start <= end && from <= to && start <= to && end >= from ? [position] : [],
  );

const overlaps = (
  all: readonly (readonly [number, number])[],
  from: number,
  to: number,
): number[] =>
  rangesOverlapping(
    buildVerseIndex(
      all.map(([start]) => start),
      all.map(([, end]) => end),
    ),
    from,
    to,
  );

describe('the verse index', () => {
  it.each([
    ['spread over the whole Qur’an', ordinal],
    ['crowded into a few verses', near],
  ])('finds exactly what a search through all ranges finds, %s', (_, value) => {
    fc.assert(
      fc.property(ranges(value), value, value, (all, from, to) => {
        const found = overlaps(all, from, to);
        expect(found.toSorted((a, b) => a - b)).toEqual(overlapsBySearchingAll(all, from, to));
      }),
      { numRuns: 400 },
    );
  });

  it('gives the ranges in the order of their starts, then of their positions', () => {
    fc.assert(
      fc.property(ranges(near), near, near, (all, from, to) => {
        const found = overlaps(all, from, to);
        const inOrder = found.toSorted((a, b) => (all[a]?.[0] ?? 0) - (all[b]?.[0] ?? 0) || a - b);
        expect(found).toEqual(inOrder);
      }),
    );
  });

  it('finds nothing in an empty index, and touches count as overlaps at both ends', () => {
    expect(overlaps([], 1, 6236)).toEqual([]);
    expect(overlaps([[10, 20]], 20, 30)).toEqual([0]);
    expect(overlaps([[10, 20]], 1, 10)).toEqual([0]);
    expect(overlaps([[10, 20]], 21, 30)).toEqual([]);
    expect(overlaps([[10, 20]], 1, 9)).toEqual([]);
  });

  it('takes a range that ends before it starts for no range', () => {
    expect(overlaps([[20, 10]], 1, 6236)).toEqual([]);
    expect(overlaps([[10, 20]], 15, 12)).toEqual([]);
  });
});

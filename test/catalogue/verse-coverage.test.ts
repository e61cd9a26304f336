import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countWitnessesByVerse,
  countWitnessesOfRange,
} from '../../src/catalogue/verse-coverage.ts';
import { packStrings } from '../../src/search/string-table.ts';
import { buildVerseIndex } from '../../src/search/verse-index.ts';
import { mark, none, type WitnessSnapshot } from '../../src/search/witness-snapshot.ts';

interface Row {
  readonly object: number;
  readonly start: number;
  readonly end: number;
  readonly doubtful: boolean;
}

const snapshotOf = (rows: readonly Row[]): WitnessSnapshot => {
  const column = (valueOf: (row: Row) => number): number[] => rows.map((row) => valueOf(row));
  const start = column((row) => row.start);
  const end = column((row) => row.end);
  const zeros = new Uint16Array(rows.length);
  const empty = packStrings([]);
  return {
    commit: 1,
    graphs: [],
    index: buildVerseIndex(start, end),
    passages: {
      object: Uint32Array.from(column((row) => row.object)),
      record: new Uint8Array(rows.length),
      page: new Uint32Array(rows.length).fill(none),
      start: Uint16Array.from(start),
      end: Uint16Array.from(end),
      startWord: zeros,
      endWord: zeros,
      marks: Uint8Array.from(column((row) => (row.doubtful ? mark.doubtful : 0))),
      graph: zeros,
      iri: empty,
      verbatimKey: empty,
    },
    pages: { iri: empty, label: empty, sequence: new Uint32Array() },
    objects: [],
    same: {},
    datasets: {},
    concepts: {},
  };
};

const ordinal = fc.integer({ min: 1, max: 30 });
const rows = fc.array(
  fc.record({
    object: fc.integer({ min: 0, max: 4 }),
    start: ordinal,
    end: ordinal,
    doubtful: fc.boolean(),
  }),
  { maxLength: 40 },
);

describe('the number of manuscripts that bear a verse', () => {
  it('is what counting verse by verse gives', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const bears = (verse: number): number =>
          new Set(
            all
              .filter(({ start, end, doubtful }) => !doubtful && start <= verse && end >= verse)
              .map(({ object }) => object),
          ).size;
        const counts = countWitnessesByVerse(snapshotOf(all), 5, 25);
        expect([...counts]).toEqual(Array.from({ length: 21 }, (_, place) => bears(place + 5)));
      }),
    );
  });

  it('of a range counts each manuscript once', () => {
    const snapshot = snapshotOf([
      { object: 0, start: 1, end: 5, doubtful: false },
      { object: 0, start: 4, end: 9, doubtful: false },
      { object: 1, start: 9, end: 9, doubtful: false },
      { object: 2, start: 3, end: 3, doubtful: true },
    ]);
    expect(countWitnessesOfRange(snapshot, 1, 9)).toBe(2);
    expect(countWitnessesOfRange(snapshot, 1, 8)).toBe(1);
  });
});

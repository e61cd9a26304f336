import { describe, expect, it } from 'vitest';
import { suiteSizes, surprises } from './compare.ts';

const passing = Object.fromEntries(
  Object.entries(suiteSizes).map(([suite, total]) => [
    suite,
    { total, pass: total, skip: 0, failures: [] },
  ]),
);
const failing = (...tests: string[]) => ({
  ...passing,
  's11-json': {
    total: 4,
    pass: 4 - tests.length,
    skip: 0,
    failures: tests.map((test) => ({ test, why: 'rows differ' })),
  },
});

describe('what a run of the W3C’s suites is held to', () => {
  it('is content when exactly the expected tests fail', () => {
    expect(surprises(passing, {})).toEqual([]);
    expect(surprises(failing('a#1'), { 'a#1': 'known' })).toEqual([]);
  });

  it('names a new failure and a new pass', () => {
    expect(surprises(failing('a#2'), { 'a#1': 'known' })).toEqual([
      'a#2 fails: rows differ',
      'a#1 passes now: take it off the list of expected failures.',
    ]);
  });

  it('names tests that were skipped, and suites that are not there', () => {
    const { 's11-sd': _, ...rest } = passing;
    const skipped = { ...rest, 's11-csv': { total: 6, pass: 5, skip: 1, failures: [] } };
    expect(surprises(skipped, {})).toEqual([
      's11-csv: 1 tests were skipped.',
      's11-sd has 0 tests, not 3.',
    ]);
  });
});

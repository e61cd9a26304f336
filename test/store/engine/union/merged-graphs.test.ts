import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphs, queries, triple, views } from './queries.ts';
import { type Commit, ours, Pair, theirs } from './world.ts';

/** Raised by hand for a long run, as in `ISNAD_TEST_RUNS=5000`; the default keeps the suite quick. */
const numRuns = Number(process.env['ISNAD_TEST_RUNS'] ?? 50);

const commits: fc.Arbitrary<Commit> = fc.record({
  graph: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...graphs) }, fc.constant('')),
  added: fc.uniqueArray(triple, { maxLength: 7 }),
  removed: fc.uniqueArray(triple, { maxLength: 3 }),
  dropped: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
});

const steps = (isMixed: boolean) =>
  fc.array(
    fc.record({
      commits: fc.array(commits, { minLength: 1, maxLength: 3 }),
      asked: fc.array(fc.tuple(queries(isMixed), views), { minLength: 1, maxLength: 4 }),
      looks: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  );

type Check = (mine: unknown, engines: unknown) => void;

const run = (isMixed: boolean, check: Check): void =>
  fc.assert(
    fc.property(steps(isMixed), (all) => {
      const pair = new Pair();
      for (const step of all) {
        for (const commit of step.commits) pair.commit(commit);
        for (const [query, view] of step.asked)
          check(ours(pair, query, view), theirs(pair, query, view));
        if (step.looks) check(pair.held(), pair.wanted());
      }
    }),
    { numRuns },
  );

describe('several graphs read as one', () => {
  it(
    'state a triple once, whatever is asked and written in between',
    { timeout: 30_000 + numRuns * 400 },
    () => {
      run(false, (mine, engines) => expect(mine).toEqual(engines));
    },
  );

  it('do so also beside graphs that are read by name', { timeout: 30_000 + numRuns * 400 }, () => {
    run(true, (mine, engines) => expect(mine).toEqual(engines));
  });
});

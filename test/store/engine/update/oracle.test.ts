import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasets, requests } from './generated.ts';
import { exactly, graphsOf, held, ours, storeOf, theirs } from './oracle.ts';

/** Raised by hand for a long run, as in `ISNAD_TEST_RUNS=5000`; the default keeps the suite quick. */
const numRuns = Number(process.env['ISNAD_TEST_RUNS'] ?? 300);

/**
 * Whether it shows in the result how often a solution is found, and several graphs are read as one: the
 * engine finds a triple once for each of them, here it is one triple.
 */
const countsRepeated = (request: string): boolean =>
  (request.match(/USING (?!NAMED)/gu) ?? []).length > 1 &&
  /_:|\[|COUNT|SUM|AVG|CONCAT/iu.test(request);

describe('an update worked out', () => {
  it('does what the engine’s own update does', { timeout: 30_000 + numRuns * 40 }, async () => {
    const seen = { done: 0, failed: 0, changed: 0 };
    await fc.assert(
      fc.asyncProperty(datasets, requests, async (dataset, request) => {
        const mine = ours(dataset, request);
        const engines = theirs(dataset, request);
        // The engine takes a blank node for a graph's name; here graphs are named by IRIs alone.
        fc.pre(!graphsOf(engines.store).some((graph) => graph.startsWith('_:')));
        fc.pre(!countsRepeated(request));
        seen[mine.failure === undefined ? 'done' : 'failed'] += 1;
        if (mine.deltas.length > 0) seen.changed += 1;
        expect([mine.failure, engines.failure].filter(Boolean)).not.toHaveLength(1);
        expect(await held(mine.store)).toEqual(await held(engines.store));
      }),
      { numRuns },
    );
    // The generator must not tire of meeting what is there.
    expect(seen.changed).toBeGreaterThan(numRuns / 4);
    expect(seen.done).toBeGreaterThan(numRuns / 2);
  });

  it('leaves nothing when a later operation fails', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(datasets, requests, (dataset, request) => {
        const failing = `${request} ; CREATE GRAPH <f:1> ; INSERT DATA { <f:1> <f:1> 1 } ; CREATE GRAPH <f:1>`;
        const mine = ours(dataset, failing);
        expect(mine.failure).toBeDefined();
        expect(mine.deltas).toEqual([]);
        expect(exactly(mine.store)).toBe(exactly(storeOf(dataset)));
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });
});

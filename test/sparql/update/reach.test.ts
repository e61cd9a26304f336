import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isIsnadError } from '../../../src/errors.ts';
import { createIris } from '../../../src/model/iris.ts';
import { answerUpdate } from '../../../src/sparql/update/answer-update.ts';
import type { CommitReceipt } from '../../../src/store/store.ts';
import { requests } from '../../store/engine/update/generated.ts';
import { updateBase } from '../../store/engine/update/oracle.ts';
import { openStoreWith, type StoreFixture } from '../store-fixture.ts';

/** Raised by hand for a long run, as in `ISNAD_TEST_RUNS=5000`; the default keeps the suite quick. */
const numRuns = Number(process.env['ISNAD_TEST_RUNS'] ?? 300);

const graphs = ['g1', 'g2', 'g3'].map((name) => updateBase + name);
const filling = graphs
  .map((graph) => `GRAPH <${graph}> { <a> <p> <b>, 5 . <b> <q> "x" . <c> <p> <a> }`)
  .join(' ');

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await openStoreWith({});
});
afterAll(() => fixture.close());

const update = (text: string, onlyGraphs?: readonly string[]): Promise<CommitReceipt> =>
  answerUpdate(
    { ...fixture.services, iris: createIris(updateBase) },
    { text, actor: 'somebody', onlyGraphs },
  );

/** What each graph but those holds, by its hash; and which there are. */
const others = async (own: readonly string[]): Promise<string> => {
  const all = await fixture.services.store.listGraphs();
  const provenance = createIris('http://localhost:3030/').provenance;
  return JSON.stringify(all.filter(({ graph }) => graph !== provenance && !own.includes(graph)));
};

const outcome = async (done: Promise<CommitReceipt>): Promise<CommitReceipt | string> => {
  try {
    return await done;
  } catch (error) {
    if (isIsnadError(error)) return error.code;
    throw error;
  }
};

describe('what a token may not write', () => {
  it(
    'no update changes, and one that is refused changes nothing at all',
    { timeout: 60_000 + numRuns * 200 },
    async () => {
      const seen = { changed: 0, forbidden: 0 };
      await fc.assert(
        fc.asyncProperty(
          fc.subarray(['', ...graphs], { minLength: 2 }),
          requests,
          async (own, request) => {
            // What is there at the start is always the same, whatever the run before has left.
            await update(`DROP ALL ; INSERT DATA { <a> <p> 1 . ${filling} }`);
            const [head, before] = [fixture.services.store.head(), await others(own)];
            const result = await outcome(update(request, own));
            const refused = typeof result === 'string';
            const written = refused ? [] : (result.commit?.graphs ?? []);
            expect(written.filter(({ graph }) => !own.includes(graph))).toEqual([]);
            expect(await others(own)).toBe(before);
            const after = fixture.services.store.head();
            expect(after.sequence).toBe(head.sequence + (written.length > 0 ? 1 : 0));
            if (result === 'forbidden') seen.forbidden += 1;
            if (written.length > 0) seen.changed += 1;
          },
        ),
        { numRuns },
      );
      expect(seen.forbidden).toBeGreaterThan(numRuns / 4);
      expect(seen.changed).toBeGreaterThan(numRuns / 10);
    },
  );
});

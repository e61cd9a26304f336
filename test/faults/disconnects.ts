/**
 * Clients that go away in the middle of a query, at first of quick ones only, then of endless ones among them.
 * Their work goes with them, nobody else's does, no engine is lost that was not at work on an endless query,
 * and nothing of them stays behind. One round is one disconnect.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { loadTriples, politeQuery, runawayQueries } from './load-data.ts';
import { readMetrics, type Reading } from './metrics.ts';
import { prove } from './proof.ts';
import { sparql, startServer } from './server.ts';

const together = 10;
const longestStayMs = 60;
const descriptorSlack = 8;
const freeWithinMs = { short: 10_000, full: 5000 };
/** How often an endless query comes among quick ones. */
const endlessEvery = 3;
const lookEveryMs = 100;
/** Reasons that an endless query gives for the end of its engine. */
const explained = ['abandoned', 'overran', 'deadline'] as const;

const kills = (reading: Reading, reason = ''): number =>
  reading.sum('isnad_engine_kills_total', reason === '' ? '' : `reason="${reason}"`);

/** Queries under way or waiting, and engines that are not there. */
const left = (reading: Reading): { readonly queries: number; readonly missing: number } => ({
  queries: reading.sum('isnad_queries_running') + reading.sum('isnad_queries_waiting'),
  missing: reading.sum('isnad_engines_wanted') - reading.sum('isnad_engines_current'),
});

await prove('disconnects', { short: 100, full: 1000 }, async (proof) => {
  const patienceMs = freeWithinMs[proof.full ? 'full' : 'short'];
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, 20_000);
  const server = await startServer(dataDir);
  proof.atEnd(server.child.kill);
  /** Waits until nothing is under way and every engine is there; how long that took. */
  const settle = async (what: string): Promise<Reading> => {
    const startedAt = performance.now();
    for (;;) {
      const reading = await readMetrics(server);
      const { queries, missing } = left(reading);
      // An engine that is built anew is not work that was left behind: it may take its time.
      const waited = performance.now() - startedAt;
      if (queries > 0 && waited > patienceMs) proof.fail(`${what}: ${queries} queries are left`);
      if ((queries === 0 && missing === 0) || waited > 4 * patienceMs) {
        if (missing > 0) proof.fail(`${what}: ${missing} engines are missing`);
        return reading;
      }
      await delay(lookEveryMs);
    }
  };
  await server.ask(sparql(politeQuery(0)));
  // All engines are to be there before anything is counted.
  const first = await settle('at the start');
  const before = server.openFiles();
  let answered = 0;
  let endless = 0;
  const leave = async (n: number, mayBeEndless: boolean): Promise<void> => {
    const isEndless = mayBeEndless && n % endlessEvery === 0;
    if (isEndless) endless += 1;
    const query = isEndless ? runawayQueries[n % runawayQueries.length] : politeQuery(n);
    const signal = AbortSignal.timeout(1 + Math.floor(proof.random() * longestStayMs));
    await server.ask(sparql(query ?? '', { signal })).then(
      () => (answered += 1),
      () => undefined,
    );
  };
  const leaveAll = async (from: number, to: number, mayBeEndless: boolean): Promise<void> => {
    for (let n = from; n < to; n += together) {
      const batch = Math.min(together, to - n);
      await Promise.all(Array.from({ length: batch }, async (_, i) => leave(n + i, mayBeEndless)));
      const startedAt = performance.now();
      const answer = await server.ask(sparql(politeQuery(n), { patienceMs: 20_000 }));
      if (answer.status !== 200) proof.fail(`after ${n} disconnects: ${answer.body.slice(0, 200)}`);
      if (performance.now() - startedAt > patienceMs)
        proof.fail(`after ${n} disconnects an answer took ${performance.now() - startedAt} ms`);
    }
  };
  const half = Math.floor(proof.rounds / 2);
  await leaveAll(0, half, false);
  const second = await settle('after clients of quick queries had left');
  const healthy = kills(second) - kills(first);
  if (healthy > 0) proof.fail(`${healthy} engines were lost to quick queries`);
  await leaveAll(half, proof.rounds, true);
  const last = await settle('at the end');
  const lost = kills(last) - kills(second);
  const byEndless = explained.reduce(
    (sum, reason) => sum + kills(last, reason) - kills(second, reason),
    0,
  );
  if (lost > byEndless) proof.fail(`${lost - byEndless} engines were lost for another reason`);
  if (byEndless > endless)
    proof.fail(`${byEndless} engines were lost to ${endless} endless queries`);
  const rebuilds =
    last.sum('isnad_engine_rebuilds_total') - first.sum('isnad_engine_rebuilds_total');
  if (rebuilds > lost + healthy) proof.fail(`${rebuilds} engines were built for ${lost} lost ones`);
  const after = server.openFiles();
  if (after > before + descriptorSlack) proof.fail(`${before} open files became ${after}`);
  return `${proof.rounds - answered} clients left midway (${answered} were answered first), every polite query after them answered, ${healthy} engines lost to the first ${half}, ${lost} to ${endless} endless queries among the others, ${rebuilds} built anew, no query left running, open files ${before} → ${after}`;
});

/**
 * Clients that go away in the middle of a query. Their work goes with them, nobody else's does, and
 * nothing of them stays behind. One round is one disconnect.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { loadTriples, politeQuery, runawayQueries } from './load-data.ts';
import { prove } from './proof.ts';
import { sparql, startServer } from './server.ts';

const together = 10;
const longestStayMs = 60;
const descriptorSlack = 8;
const freeWithinMs = { short: 10_000, full: 5000 };

await prove('disconnects', { short: 100, full: 1000 }, async (proof) => {
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, 20_000);
  const server = await startServer(dataDir);
  proof.atEnd(server.child.kill);
  await server.ask(sparql(politeQuery(0)));
  // All engines are to be there before anything is counted.
  await delay(3000);
  const before = server.openFiles();
  let answered = 0;
  const leave = async (n: number): Promise<void> => {
    const query = n % 3 === 0 ? runawayQueries[n % runawayQueries.length] : politeQuery(n);
    const signal = AbortSignal.timeout(1 + Math.floor(proof.random() * longestStayMs));
    await server.ask(sparql(query ?? '', { signal })).then(
      () => (answered += 1),
      () => undefined,
    );
  };
  for (let n = 0; n < proof.rounds; n += together) {
    await Promise.all(Array.from({ length: together }, async (_, i) => leave(n + i)));
    const startedAt = performance.now();
    const answer = await server.ask(sparql(politeQuery(n), { patienceMs: 20_000 }));
    if (answer.status !== 200) proof.fail(`after ${n} disconnects: ${answer.body.slice(0, 200)}`);
    if (performance.now() - startedAt > freeWithinMs[proof.full ? 'full' : 'short'])
      proof.fail(`after ${n} disconnects an answer took ${performance.now() - startedAt} ms`);
  }
  await delay(3000);
  const after = server.openFiles();
  if (after > before + descriptorSlack) proof.fail(`${before} open files became ${after}`);
  return `${proof.rounds - answered} clients left midway (${answered} were answered first), every polite query after them answered, open files ${before} → ${after}`;
});

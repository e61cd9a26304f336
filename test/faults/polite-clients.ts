/**
 * 50 queries without end and 20 polite clients, all from one address. The polite ones get every answer,
 * and soon; each endless one ends by its deadline. One round is one endless query. The full form runs with the
 * default settings, the short one with a deadline that is not waited for so long.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { readSettings } from '../../src/settings.ts';
import { loadTriples, politeQuery, runawayQueries } from './load-data.ts';
import { ms, prove, quantile } from './proof.ts';
import { problemCode, sparql, startServer } from './server.ts';

const triples = 40_000;
const polite = 20;
const shortTimeoutMs = 3000;
const idleMs = 2000;
/** Between two questions of one polite client, as a page that is read. */
const thinkMs = 20;
/** What is promised on a machine of its own; beside other work the short form allows more. */
const promised = { politeMs: 250, lateMs: 250 };
const allowed = { politeMs: 1500, lateMs: 1500 };

await prove('polite-clients', { short: 50, full: 50 }, async (proof) => {
  const limits = proof.full ? promised : allowed;
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, triples);
  const queryTimeoutMs = proof.full ? readSettings({}).queryTimeoutMs : shortTimeoutMs;
  const given = proof.full ? {} : { ISNAD_QUERY_TIMEOUT_MS: String(shortTimeoutMs) };
  const server = await startServer(dataDir, given);
  proof.atEnd(server.child.kill);
  let over = false;
  let errors = 0;
  const bePolite = async (until: () => boolean): Promise<number[]> => {
    const times: number[] = [];
    const client = async (): Promise<void> => {
      while (!until()) {
        const query = politeQuery(Math.floor(proof.random() * (triples / 8)));
        const answer = await server.ask(sparql(query)).catch((error: Error) => error);
        if (answer instanceof Error || answer.status !== 200) {
          errors += 1;
          const reason = answer instanceof Error ? answer.message : problemCode(answer);
          proof.fail(`a polite query failed: ${reason}`);
        } else times.push(answer.ms);
        await delay(thinkMs);
      }
    };
    await Promise.all(Array.from({ length: polite }, client));
    return times;
  };

  const idleUntil = performance.now() + idleMs;
  const idle = await bePolite(() => performance.now() > idleUntil);
  const beside = bePolite(() => over);
  const ends = await Promise.all(
    Array.from({ length: proof.rounds }, async (_, index) => {
      const query = `${runawayQueries[index % runawayQueries.length]} # ${index}`;
      const answer = await server.ask(sparql(query)).catch((error: Error) => error);
      if (answer instanceof Error) {
        proof.fail(`an endless query: ${answer.message}`);
        return { code: 'none', late: 0 };
      }
      return { code: problemCode(answer) ?? 'answered', late: answer.ms - queryTimeoutMs };
    }),
  );
  over = true;
  const times = await beside;
  const codes = Map.groupBy(ends, ({ code }) => code);
  const honest = ['query-timeout', 'store-busy', 'query-failed', 'result-too-large'];
  for (const code of codes.keys())
    if (!honest.includes(code) && !code.includes('quarantine') && !code.includes('busy'))
      proof.fail(`an endless query ended as ${code}`);
  const late = Math.max(...ends.map((end) => end.late));
  if (late > limits.lateMs) proof.fail(`an endless query ended ${ms(late)} after its deadline`);
  const p99 = quantile(times, 0.99);
  if (p99 > limits.politeMs)
    proof.fail(`polite p99 is ${ms(p99)}, more than ${limits.politeMs} ms`);
  const alive = await server.ask(sparql(politeQuery(1)));
  if (alive.status !== 200) proof.fail('the server does not answer afterwards');
  const counted = [...codes].map(([code, all]) => `${all.length} ${code}`).join(', ');
  return (
    `${proof.rounds} endless queries with ${queryTimeoutMs / 1000} s each (${counted}), the latest ${ms(Math.max(0, late))} after its deadline; ` +
    `${times.length} polite answers, ${errors} errors, p50 ${ms(quantile(times, 0.5))}, p99 ${ms(p99)} (idle p99 ${ms(quantile(idle, 0.99))})`
  );
});

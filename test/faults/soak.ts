/**
 * A long life in short: a server that is asked, fed with imports, robbed of engines by endless queries, and
 * backed up where it can be, for as long as told. Memory and open files must not grow and answers must not
 * become slower. One round is one second.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from './child.ts';
import { loadTriples, politeQuery, runawayQueries } from './load-data.ts';
import { ms, prove, quantile } from './proof.ts';
import { problemCode, sparql, startServer } from './server.ts';

const clients = 6;
const thinkMs = 10;
const queryTimeoutMs = 5000;
const runawayEveryMs = 1000;
const importEveryMs = 4000;
const backupEveryMs = 15_000;
const sampleEveryMs = 500;
/** Memory settles first: engines have been rebuilt, code has been compiled. */
const warmUpShare = 0.4;
const megabyte = 1024 * 1024;
/** The full form's promise; a minute is too short to tell growth from the swing of garbage collection. */
const allowed = { slopeMbPerMinute: 1, p99Factor: 1.2, shortSlope: 300, shortFactor: 4 };
const descriptorSlack = 8;

interface Sample {
  readonly minute: number;
  readonly megabytes: number;
}

/** Least squares: megabytes a minute. */
const slopeOf = (samples: readonly Sample[]): number => {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean(({ minute }) => minute), mean(({ megabytes }) => megabytes)];
  const above = samples.reduce((sum, s) => sum + (s.minute - x) * (s.megabytes - y), 0);
  const below = samples.reduce((sum, s) => sum + (s.minute - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
};

const filesAt = (part: readonly number[]): number => quantile(part, 0.5);

const delivery = (n: number): string =>
  Array.from(
    { length: 50 + (n % 20) },
    (_, i) =>
      `<http://localhost:3030/id/person/p${i}> <http://www.w3.org/2000/01/rdf-schema#label> "name ${n} ${i}" .\n`,
  ).join('');

await prove('soak', { short: 60, full: 1800 }, async (proof) => {
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, 30_000);
  const server = await startServer(dataDir, { ISNAD_QUERY_TIMEOUT_MS: String(queryTimeoutMs) });
  proof.atEnd(server.child.kill);
  const startedAt = performance.now();
  const endsAt = startedAt + proof.rounds * 1000;
  const isOver = (): boolean => performance.now() > endsAt;
  const counts = { asked: 0, busy: 0, imports: 0, runaways: 0, backups: 0 };
  const times: { readonly at: number; readonly ms: number }[] = [];
  const samples: Sample[] = [];
  const descriptors: number[] = [];

  const beClient = async (): Promise<void> => {
    while (!isOver()) {
      const answer = await server.ask(sparql(politeQuery(Math.floor(proof.random() * 3000))));
      counts.asked += 1;
      if (answer.status === 200) times.push({ at: performance.now(), ms: answer.ms });
      else if (answer.status === 503 || answer.status === 429) counts.busy += 1;
      else proof.fail(`a query: ${answer.status} ${problemCode(answer)}`);
      await delay(thinkMs);
    }
  };
  const every = async (periodMs: number, work: (n: number) => Promise<void>): Promise<void> => {
    for (let n = 0; !isOver(); n += 1) {
      await work(n);
      await delay(periodMs);
    }
  };
  const command = async (...words: string[]): Promise<{ code: unknown; said: string }> => {
    const child = startChild(['src/start.ts', ...words, '--data-dir', dataDir]);
    proof.atEnd(child.kill);
    const code = await child.ended;
    return { code, said: child.complaints.join(' ') };
  };
  const deliveries = proof.directory('deliveries');
  mkdirSync(deliveries);
  const importOnce = async (n: number): Promise<void> => {
    const file = path.join(deliveries, 'people.nt');
    writeFileSync(file, delivery(n));
    const licence = 'https://creativecommons.org/licenses/by/4.0/';
    const about = ['--dataset', 'soak', '--licence', licence, '--title', 'Soak'];
    const { code, said } = await command('import', file, ...about);
    if (code === 2 || !['0', '1'].includes(String(code)))
      proof.fail(`import ended ${String(code)}: ${said}`);
    else counts.imports += 1;
  };
  let canBackUp = true;
  const backUp = async (n: number): Promise<void> => {
    if (!canBackUp) return;
    const { code, said } = await command('backup', proof.directory(`backup-${n}`));
    if (code === 0) counts.backups += 1;
    else if (/unknown command/.test(said)) canBackUp = false;
    else proof.fail(`backup ended ${String(code)}: ${said}`);
  };
  const robOfEngine = async (n: number): Promise<void> => {
    counts.runaways += 1;
    const answer = await server.ask(sparql(`${runawayQueries[n % runawayQueries.length]} # ${n}`));
    if (answer.status === 500) proof.fail(`an endless query: 500 ${answer.body}`);
  };
  const sample = async (): Promise<void> => {
    const minute = (performance.now() - startedAt) / 60_000;
    samples.push({ minute, megabytes: server.residentBytes() / megabyte });
    descriptors.push(server.openFiles());
  };
  await Promise.all([
    ...Array.from({ length: clients }, beClient),
    every(runawayEveryMs, robOfEngine),
    every(importEveryMs, importOnce),
    every(backupEveryMs, backUp),
    every(sampleEveryMs, sample),
  ]);

  const settled = samples.slice(Math.floor(samples.length * warmUpShare));
  const slope = slopeOf(settled);
  const third = (endsAt - startedAt) / 3;
  const p99Of = (from: number, to: number): number =>
    quantile(
      times.filter(({ at }) => at >= from && at < to).map((each) => each.ms),
      0.99,
    );
  const [early, late] = [p99Of(startedAt, startedAt + third), p99Of(endsAt - third, endsAt)];
  const slopeMax = proof.full ? allowed.slopeMbPerMinute : allowed.shortSlope;
  const factor = proof.full ? allowed.p99Factor : allowed.shortFactor;
  if (slope > slopeMax) proof.fail(`memory grows by ${slope.toFixed(1)} MB a minute`);
  if (late > Math.max(early * factor, 50)) proof.fail(`p99 went from ${ms(early)} to ${ms(late)}`);
  const share = Math.ceil(descriptors.length / 4);
  const [filesBefore, filesAfter] = [
    filesAt(descriptors.slice(share, 2 * share)),
    filesAt(descriptors.slice(-share)),
  ];
  if (filesAfter > filesBefore + descriptorSlack)
    proof.fail(`open files went from ${filesBefore} to ${filesAfter}`);
  const internal = server.child.complaints.find((line) => line.includes('urn:uuid'));
  if (internal !== undefined) proof.fail(`the log tells of ${internal}`);
  return (
    `${proof.rounds} s: ${counts.asked} queries (${counts.busy} told to wait), ${counts.imports} imports, ${counts.runaways} endless queries, ${counts.backups} backups; ` +
    `memory ${slope.toFixed(1)} MB/min at ${Math.round(settled.at(-1)?.megabytes ?? 0)} MB, open files ${filesBefore} → ${filesAfter}, p99 ${ms(early)} → ${ms(late)}`
  );
});

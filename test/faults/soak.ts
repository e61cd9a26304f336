/**
 * A long life in short: a server that is asked, updated, fed with imports, robbed of engines by endless queries,
 * and backed up, for as long as told. Memory and open files must not grow and answers must not
 * become slower. One round is one second.
 */
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root, startChild } from './child.ts';
import { loadTriples, politeQuery, runawayQueries } from './load-data.ts';
import { ms, prove, quantile } from './proof.ts';
import { sparql, startServer, update } from './server.ts';

const clients = 6;
const thinkMs = 10;
const queryTimeoutMs = 5000;
const runawayEveryMs = 1000;
const importEveryMs = 4000;
const updateEveryMs = 250;
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

/** Parts of the whole time, a minute each in the full form. */
const parts = 30;

/**
 * What stays in memory: the least of each part of the time. A query without an end takes hundreds of
 * megabytes until it is stopped, and gives them back; what is not given back raises the least too.
 */
const leastOfEachPart = (samples: readonly Sample[]): Sample[] => {
  const last = samples.at(-1)?.minute ?? 0;
  const byPart = Map.groupBy(samples, ({ minute }) => Math.floor((minute / last) * parts));
  return [...byPart.values()].map((part) =>
    part.reduce((least, each) => (each.megabytes < least.megabytes ? each : least)),
  );
};

const filesAt = (part: readonly number[]): number => quantile(part, 0.5);

/** Replaces one statement, so that the store does not grow by it. */
const replaceOne = (n: number): string =>
  `DELETE WHERE { GRAPH <a:soak> { <a:x> <a:is> ?o } } ; INSERT DATA { GRAPH <a:soak> { <a:x> <a:is> ${n} } }`;

/** Each another query, or it would be refused after it has cost two engines. */
const endlessQuery = (n: number): string =>
  (runawayQueries[n % runawayQueries.length] ?? '').replace('{', `{ VALUES ?turn { ${n} } `);

const sample = path.join(root, 'data/samples/tei');

await prove('soak', { short: 60, full: 1800 }, async (proof) => {
  const dataDir = proof.directory('data');
  await loadTriples(dataDir, 30_000);
  const server = await startServer(dataDir, { ISNAD_QUERY_TIMEOUT_MS: String(queryTimeoutMs) });
  proof.atEnd(server.child.kill);
  const startedAt = performance.now();
  const endsAt = startedAt + proof.rounds * 1000;
  const isOver = (): boolean => performance.now() > endsAt;
  const counts = { asked: 0, busy: 0, imports: 0, updates: 0, runaways: 0, backups: 0 };
  const times: { readonly at: number; readonly ms: number }[] = [];
  const samples: Sample[] = [];
  const descriptors: number[] = [];

  const beClient = async (): Promise<void> => {
    while (!isOver()) {
      const answer = await server.ask(sparql(politeQuery(Math.floor(proof.random() * 3000))));
      counts.asked += 1;
      if (answer.status === 200) times.push({ at: performance.now(), ms: answer.ms });
      else if (answer.status === 503 || answer.status === 429) counts.busy += 1;
      else proof.fail(`a query: ${answer.status} ${answer.body}`);
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
  // Each import takes away, or brings back, a record of the one before.
  const deliveries = ['all', 'fewer'].map((name) => proof.directory(name));
  for (const folder of deliveries) cpSync(sample, folder, { recursive: true });
  rmSync(path.join(deliveries[1] ?? '', 'manuscript-00001.xml'));
  const importOnce = async (n: number): Promise<void> => {
    const licence = 'https://creativecommons.org/licenses/by/4.0/';
    const about = ['--dataset', 'soak', '--licence', licence, '--title', 'Soak'];
    const { code, said } = await command('import', deliveries[n % 2] ?? '', ...about);
    if (code !== 0) proof.fail(`import ended ${String(code)}: ${said}`);
    else counts.imports += 1;
  };
  const updateOnce = async (n: number): Promise<void> => {
    const answer = await server.ask(update(replaceOne(n)));
    if (answer.status >= 300) proof.fail(`an update: ${answer.status} ${answer.body}`);
    else counts.updates += 1;
  };
  const backUp = async (n: number): Promise<void> => {
    const { code, said } = await command('backup', proof.directory(`backup-${n}`));
    if (code === 0) counts.backups += 1;
    else proof.fail(`backup ended ${String(code)}: ${said}`);
  };
  const robOfEngine = async (n: number): Promise<void> => {
    counts.runaways += 1;
    const answer = await server.ask(sparql(endlessQuery(n)));
    if (answer.status === 500) proof.fail(`an endless query: 500 ${answer.body}`);
  };
  const takeSample = async (): Promise<void> => {
    const minute = (performance.now() - startedAt) / 60_000;
    samples.push({ minute, megabytes: server.residentBytes() / megabyte });
    descriptors.push(server.openFiles());
  };
  await Promise.all([
    ...Array.from({ length: clients }, beClient),
    every(runawayEveryMs, robOfEngine),
    every(importEveryMs, importOnce),
    every(backupEveryMs, backUp),
    every(updateEveryMs, updateOnce),
    every(sampleEveryMs, takeSample),
  ]);

  const { headers } = await server.ask(sparql('ASK {}'));
  const commits = Number(headers['x-isnad-commit']);
  if (commits < counts.imports + counts.updates)
    proof.fail(`${counts.imports} imports and ${counts.updates} updates made ${commits} commits`);
  const { body: metrics } = await server.ask({ path: '/metrics' });
  const kills = [...metrics.matchAll(/^isnad_engine_kills_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
  if (kills < counts.runaways / 4)
    proof.fail(`only ${kills} engines were lost to ${counts.runaways} endless queries`);

  const kept = leastOfEachPart(samples);
  const settled = kept.slice(Math.floor(kept.length * warmUpShare));
  const most = Math.max(...samples.map(({ megabytes }) => megabytes));
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
    `${proof.rounds} s: ${counts.asked} queries (${counts.busy} told to wait), ${counts.imports} imports, ${counts.updates} updates, ${counts.runaways} endless queries, ${kills} engines lost, ${counts.backups} backups; ` +
    `memory ${slope.toFixed(1)} MB/min at ${Math.round(settled.at(-1)?.megabytes ?? 0)} MB, at most ${Math.round(most)} MB, open files ${filesBefore} → ${filesAfter}, p99 ${ms(early)} → ${ms(late)}`
  );
});

/**
 * Backups of a directory that is being served and written to: each is restored, its engines prove by their
 * own dump what they hold, and every graph has the count and the hash that the source stated at the
 * backup's commit. What was acknowledged before a backup began is in it, and no write waits long for it. One
 * round is one backup.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { CommitRecord, GraphState } from '../../src/store/store.ts';
import { startChild } from './child.ts';
import { openStore } from './open-store.ts';
import { ms, prove, quantile } from './proof.ts';
import { startServer, update } from './server.ts';

const writers = 4;
const graphs = 6;
/** Writes are measured so long before the first backup. */
const aloneMs = 3000;
/** What a write may wait beside a backup; beside other work the short form allows more. */
const longestMs = { full: 1000, short: 5000 };
const predicate = 'https://example.org/p';

const insert = (n: number): string =>
  `INSERT DATA { GRAPH <https://example.org/g${n % graphs}> { <https://example.org/s${n}> <${predicate}> ${n} } }` +
  (n % 3 === 0
    ? ` ; DELETE WHERE { GRAPH ?g { <https://example.org/s${n - 3}> <${predicate}> ?n } }`
    : '');

type States = ReadonlyMap<string, GraphState>;

const applied = (states: States, { graphs: changes }: CommitRecord): States => {
  const next = new Map(states);
  for (const { graph, dropped, after } of changes)
    if (dropped || !after) next.delete(graph);
    else next.set(graph, after);
  return next;
};

/** What a directory states of each graph after each commit, and what its engines deny of the newest. */
const readStates = async (
  dataDir: string,
): Promise<{ byCommit: readonly States[]; doubts: readonly string[] }> => {
  const store = await openStore(dataDir);
  try {
    const byCommit: States[] = [new Map()];
    for await (const record of store.log())
      byCommit.push(applied(byCommit.at(-1) ?? new Map(), record));
    return { byCommit, doubts: await store.checkEngines() };
  } finally {
    await store.close();
  }
};

const differences = (found: States, stated: States): string[] =>
  [...new Set([...found.keys(), ...stated.keys()])].filter((graph) => {
    const [one, other] = [found.get(graph), stated.get(graph)];
    return one?.quads !== other?.quads || one?.hash !== other?.hash;
  });

await prove('backup-load', { short: 4, full: 50 }, async (proof) => {
  const dataDir = proof.directory('data');
  const server = await startServer(dataDir);
  proof.atEnd(server.child.kill);
  const command = async (...words: string[]): Promise<void> => {
    const child = startChild(['src/start.ts', ...words]);
    proof.atEnd(child.kill);
    const code = await child.ended;
    if (code !== 0)
      throw new Error(`${words[0]} ended with ${code}: ${child.complaints.join(' ')}`);
  };
  let acknowledged = 0;
  const end = new AbortController();
  const ending = end.signal;
  let next = 0;
  const waits: number[] = [];
  const writeOnce = async (): Promise<void> => {
    next += 1;
    const answer = await server.ask(update(insert(next)));
    waits.push(answer.ms);
    if (answer.status >= 300) proof.fail(`an update: ${answer.status} ${answer.body}`);
    acknowledged = Math.max(acknowledged, Number(answer.headers['x-isnad-commit'] ?? 0));
  };
  const write = async (): Promise<void> => {
    while (!ending.aborted) await writeOnce();
  };
  // What the first writes load is no matter of backups.
  for (let n = 0; n < graphs; n += 1) await writeOnce();
  waits.length = 0;
  const writing = Promise.all(Array.from({ length: writers }, write));
  await delay(aloneMs);
  const alone = waits.splice(0);
  const took: number[] = [];
  const before: number[] = [];
  for (let round = 0; round < proof.rounds; round += 1) {
    before.push(acknowledged);
    const startedAt = performance.now();
    await command('backup', proof.directory(`backup-${round}`), '--data-dir', dataDir);
    took.push(performance.now() - startedAt);
  }
  end.abort();
  await writing;
  await server.child.stop();

  const commits: number[] = [];
  const source = await readStates(dataDir);
  for (let round = 0; round < proof.rounds; round += 1) {
    const restored = proof.directory(`restored-${round}`);
    await command('restore', proof.directory(`backup-${round}`), '--data-dir', restored);
    const { byCommit, doubts } = await readStates(restored);
    const commit = byCommit.length - 1;
    commits.push(commit);
    for (const doubt of doubts) proof.fail(`backup ${round}: ${doubt}`);
    for (const graph of differences(
      byCommit[commit] ?? new Map(),
      source.byCommit[commit] ?? new Map(),
    ))
      proof.fail(`backup ${round}, commit ${commit}: <${graph}> is not as the source states`);
    if (commit < (before[round] ?? 0))
      proof.fail(`backup ${round} ends at commit ${commit}, ${before[round]} was acknowledged`);
  }
  if (alone.length === 0 || waits.length === 0) proof.fail('nothing was written');
  const longest = Math.max(...waits);
  const allowed = longestMs[proof.full ? 'full' : 'short'];
  if (longest > allowed) proof.fail(`a write waited ${ms(longest)}, more than ${allowed} ms`);
  return `${proof.rounds} backups beside ${writers} writers (${acknowledged} commits), at commits ${commits.join(', ')}: each restored with the hashes of its commit; a backup took ${ms(quantile(took, 0.5))}; ${waits.length} writes beside them: p50 ${ms(quantile(waits, 0.5))}, p99 ${ms(quantile(waits, 0.99))}, the longest ${ms(longest)} (before them p50 ${ms(quantile(alone, 0.5))}, p99 ${ms(quantile(alone, 0.99))})`;
});

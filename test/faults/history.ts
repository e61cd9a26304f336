/**
 * A history of concurrent reads and writes, recorded and judged in the style of Elle: clients append to
 * lists and increment registers (read, then replace what was read), readers read all keys at once, and meanwhile
 * queries without end cost engines their lives. One round is one operation.
 */
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';
import type { CommitDescription, CommitReceipt } from '../../src/store/store.ts';
import { judge, type ReadEvent, type WriteEvent } from './history-check.ts';
import { runawayQueries } from './load-data.ts';
import { codeOf, openStore } from './open-store.ts';
import { prove } from './proof.ts';

const clients = 8;
const lists = 3;
const registers = 3;
const ballast = 3000;
const runawayEveryMs = 700;
const runawayLifeMs = 150;

const description: CommitDescription = { activity: 'update', actor: 'proof', message: 'history' };
const line = (key: string, value: string): string => `<a:k> <a:is> "${value}" <a:${key}> .\n`;
const lineBytes = (key: string, value: string): Uint8Array[] => [Buffer.from(line(key, value))];

const readAll = async (store: EmbeddedStore): Promise<ReadEvent> => {
  const startedAt = performance.now();
  const { body, commit } = await store.query({
    query: 'SELECT ?g ?v { GRAPH ?g { <a:k> <a:is> ?v } }',
    mediaType: 'text/csv',
    defaultGraph: 'union',
    baseIri: 'http://localhost:3030/',
    deadlineAt: Date.now() + 30_000,
    resultBytesMax: 10_000_000,
  });
  const found = new Map<string, string[]>();
  for (const row of Buffer.from(body).toString().split('\r\n').slice(1, -1)) {
    const [graph = '', value = ''] = row.split(',');
    const key = graph.slice(2);
    found.set(key, [...(found.get(key) ?? []), value]);
  }
  return { startedAt, commit, found };
};

await prove('history', { short: 1200, full: 50_000 }, async (proof) => {
  const store = await openStore(proof.directory('data'), { engineReaders: 2, warmSpare: true });
  const many = Array.from({ length: ballast }, (_, n) => `<a:s${n}> <a:p> "${n}" <a:ballast> .\n`);
  await store.write(
    { kind: 'graphs', graphs: [{ graph: 'a:ballast', nquads: [Buffer.from(many.join(''))] }] },
    description,
  );
  const writes: WriteEvent[] = [];
  const reads: ReadEvent[] = [];
  let conflicts = 0;
  let done = 0;

  const note = ({ commit }: CommitReceipt, event: Omit<WriteEvent, 'commit' | 'endedAt'>): void => {
    if (commit) writes.push({ ...event, commit: commit.sequence, endedAt: performance.now() });
    else proof.fail(`a write of ${event.value} to ${event.key} made no commit`);
  };

  const append = async (value: string): Promise<void> => {
    const key = `list${Math.floor(proof.random() * lists)}`;
    const startedAt = performance.now();
    const delta = { graph: `a:${key}`, added: lineBytes(key, value), removed: [] };
    const receipt = await store.write({ kind: 'delta', deltas: [delta] }, description);
    note(receipt, { kind: 'append', key, value, startedAt });
  };

  /** Replaces what was read, only if nobody else has meanwhile: the plan is tied to its commit. */
  const increment = async (): Promise<void> => {
    const key = `register${Math.floor(proof.random() * registers)}`;
    const read = await readAll(store);
    reads.push(read);
    const replaces = read.found.get(key)?.[0] ?? '';
    const value = String(Number(replaces) + 1);
    const startedAt = performance.now();
    const plan = await store.plan([{ graph: `a:${key}`, nquads: lineBytes(key, value) }]);
    if (plan.base.sequence !== read.commit) {
      conflicts += 1;
      return;
    }
    try {
      const receipt = await store.commit(plan, description);
      note(receipt, { kind: 'set', key, value, replaces, startedAt });
    } catch (error) {
      if (codeOf(error) !== 'commit-conflict') throw error;
      conflicts += 1;
    }
  };

  const client = async (name: number): Promise<void> => {
    while (done < proof.rounds) {
      done += 1;
      const dice = proof.random();
      if (dice < 0.35) await append(`${name}-${done}`);
      else if (dice < 0.6) await increment();
      else reads.push(await readAll(store));
    }
  };

  let runaways = 0;
  const disturb = setInterval(() => {
    runaways += 1;
    void store
      .query({
        query: runawayQueries[0] ?? '',
        mediaType: 'text/csv',
        defaultGraph: 'union',
        baseIri: 'http://localhost:3030/',
        deadlineAt: Date.now() + runawayLifeMs,
        resultBytesMax: 1000,
      })
      .catch(() => undefined);
  }, runawayEveryMs);
  await Promise.all(Array.from({ length: clients }, async (_, name) => client(name)));
  clearInterval(disturb);
  reads.push(await readAll(store));
  const anomalies = judge(writes, reads);
  for (const [kind, count] of Object.entries(anomalies))
    if (count > 0) proof.fail(`${count} ${kind}`);
  await store.close();
  return (
    `${writes.length} writes and ${reads.length} reads of ${lists + registers} keys by ${clients} clients, ${conflicts} refused for conflict, ` +
    `${runaways} engines lost meanwhile: ${anomalies.lostUpdates} lost updates, ${anomalies.tornReads} torn reads, ${anomalies.staleReads} stale reads`
  );
});

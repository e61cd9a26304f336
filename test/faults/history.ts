/**
 * A history of concurrent reads and writes, recorded and judged in the style of Elle: clients append to
 * lists and increment registers (read, then replace what was read), readers read all keys at once, and meanwhile
 * queries without end cost engines their lives. After some thousand operations all keys are emptied, so that
 * reads stay small, and what was recorded is judged. One round is one operation.
 */
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';
import type { CommitDescription, CommitReceipt } from '../../src/store/store.ts';
import { judge, type ReadEvent, type WriteEvent } from './history-check.ts';
import { codeOf, openStore } from './open-store.ts';
import { prove, type Proof } from './proof.ts';

const clients = 8;
/** A product of so many patterns that no engine comes to its end. */
const endless = Array.from({ length: 5 }, (_, n) => `?s${n} ?p${n} ?o${n} .`).join(' ');
const lists = 3;
const registers = 3;
const ballast = 3000;
const runawayEveryMs = 700;
const runawayLifeMs = 150;
/** Operations that are judged together. */
const episodeRounds = 2000;

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
    const values = found.get(key) ?? [];
    values.push(value);
    found.set(key, values);
  }
  return { startedAt, commit, found };
};

interface Episode {
  readonly writes: readonly WriteEvent[];
  readonly reads: readonly ReadEvent[];
  readonly conflicts: number;
}

/** So many operations by all clients, on keys that are empty at first. */
const record = async (store: EmbeddedStore, proof: Proof, rounds: number): Promise<Episode> => {
  await empty(store);
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
    while (done < rounds) {
      done += 1;
      const dice = proof.random();
      if (dice < 0.35) await append(`${name}-${done}`);
      else if (dice < 0.6) await increment();
      else reads.push(await readAll(store));
    }
  };

  await Promise.all(Array.from({ length: clients }, async (_, name) => client(name)));
  reads.push(await readAll(store));
  return { writes, reads, conflicts };
};

const empty = async (store: EmbeddedStore): Promise<void> => {
  const { found } = await readAll(store);
  const graphs = [...found.keys()].map((key) => ({ graph: `a:${key}`, nquads: [] }));
  if (graphs.length > 0) await store.write({ kind: 'graphs', graphs }, description);
};

await prove('history', { short: 1200, full: 50_000 }, async (proof) => {
  const store = await openStore(proof.directory('data'), { engineReaders: 2, warmSpare: true });
  const many = Array.from({ length: ballast }, (_, n) => `<a:s${n}> <a:p> "${n}" <a:ballast> .\n`);
  await store.write(
    { kind: 'graphs', graphs: [{ graph: 'a:ballast', nquads: [Buffer.from(many.join(''))] }] },
    description,
  );
  let runaways = 0;
  const disturb = setInterval(() => {
    runaways += 1;
    void store
      .query({
        // Each another query, or it would be refused after it has cost two engines.
        query: `SELECT (COUNT(*) AS ?n) { ${endless} FILTER(?o0 != "${runaways}") }`,
        mediaType: 'text/csv',
        defaultGraph: 'union',
        baseIri: 'http://localhost:3030/',
        deadlineAt: Date.now() + runawayLifeMs,
        resultBytesMax: 1000,
      })
      .catch(() => undefined);
  }, runawayEveryMs);
  const counts = { writes: 0, reads: 0, conflicts: 0 };
  for (let done = 0; done < proof.rounds; done += episodeRounds) {
    const rounds = Math.min(episodeRounds, proof.rounds - done);
    const { writes, reads, conflicts } = await record(store, proof, rounds);
    counts.writes += writes.length;
    counts.reads += reads.length;
    counts.conflicts += conflicts;
    for (const [kind, count] of Object.entries(judge(writes, reads)))
      if (count > 0) proof.fail(`${count} ${kind} among operations ${done} to ${done + rounds}`);
  }
  clearInterval(disturb);
  const { kills } = store.status().readers.counters;
  const lost = Object.values(kills).reduce((sum, count) => sum + count, 0);
  if (lost < runaways / 4)
    proof.fail(`only ${lost} engines were lost to ${runaways} endless queries`);
  await store.close();
  return (
    `${counts.writes} writes and ${counts.reads} reads of ${lists + registers} keys by ${clients} clients, ${counts.conflicts} refused for conflict, ` +
    `${lost} engines lost meanwhile: 0 lost updates, 0 torn reads, 0 stale reads`
  );
});

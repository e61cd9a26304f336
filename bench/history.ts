import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEmbeddedStore } from '../src/store/embedded.ts';
import type { CommitDescription } from '../src/store/store.ts';

/**
 * How long the history of a record takes at many commits, and how long the index takes to be made.
 *
 *     npx node bench/history.ts [commits, default 10000] [quads of one large import, default 1100000]
 */
const commits = Number(process.argv[2] ?? 10_000);
const importQuads = Number(process.argv[3] ?? 1_100_000);
const records = 500;
const baseIri = 'http://localhost:3030/';
const graph = `${baseIri}dataset/bench`;
const description: CommitDescription = { activity: 'update', actor: 'bench', message: 'A change' };
const iriOf = (number: number): string => `${baseIri}id/manuscript/r${number}`;
const lineOf = (subject: string, value: number): string =>
  `<${subject}> <${baseIri}p> "value ${value}" <${graph}> .\n`;

const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-history-'));
const options = {
  dataDir,
  baseIri,
  engineReaders: 1,
  engineMemoryMb: 'auto',
  queryQueueMax: 100,
  warmSpare: false,
} as const;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const since = (start: number): number => performance.now() - start;
const later = (): number => Date.now() + 600_000;
const percentile = (times: readonly number[], part: number): string =>
  (times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? 0).toFixed(1);

const write = async (store: Awaited<ReturnType<typeof createEmbeddedStore>>, text: string[]) =>
  store.write(
    {
      kind: 'delta',
      deltas: [{ graph, added: text.map((each) => Buffer.from(each)), removed: [] }],
    },
    description,
  );

const store = await createEmbeddedStore(options);
for (let from = 0; from < commits; from += 100)
  await Promise.all(
    Array.from({ length: Math.min(100, commits - from) }, (_, index) => {
      const number = from + index;
      const subject = iriOf(number % records);
      return write(store, [lineOf(subject, number), lineOf(`${subject}#part`, number)]);
    }),
  );
say(`${store.head().sequence} commits written`);

let start = performance.now();
const first = { of: { kind: 'graph', graph } as const, limit: 1 };
await store.time.history({ ...first, deadlineAt: later() });
say(`index made from nothing: ${since(start).toFixed(0)} ms`);

const times: number[] = [];
for (let round = 0; round < 1000; round += 1) {
  start = performance.now();
  const of = { kind: 'subject', iri: iriOf((round * 7) % records) } as const;
  const { touches } = await store.time.history({ of, limit: 50, deadlineAt: later() });
  if (touches.length === 0) throw new Error('A record has no history.');
  times.push(since(start));
}
say(`history of a record: p50 ${percentile(times, 0.5)} ms, p99 ${percentile(times, 0.99)} ms`);

const pieces: string[] = [];
for (let from = 0; from < importQuads; from += 20_000)
  pieces.push(
    Array.from({ length: Math.min(20_000, importQuads - from) }, (_, index) =>
      lineOf(`${baseIri}id/page/p${Math.floor((from + index) / 6)}`, from + index),
    ).join(''),
  );
if (importQuads > 0) {
  await write(store, pieces);
  start = performance.now();
  await store.time.history({ ...first, deadlineAt: later() });
  const megabytes = process.memoryUsage().rss / 2 ** 20;
  say(
    `an import of ${importQuads} quads indexed: ${since(start).toFixed(0)} ms (process: ${megabytes.toFixed(0)} MB)`,
  );
  start = performance.now();
  const state = { from: 0, to: store.head().sequence, deadlineAt: later() };
  await store.time.diff(state);
  say(`the whole state read from the journal: ${since(start).toFixed(0)} ms`);
}
await store.close();
rmSync(dataDir, { recursive: true });

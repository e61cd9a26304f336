/**
 * Measures the embedded store in one run: writing and reading back one large graph, planning it again,
 * replay at start, small synced commits, point lookups.
 *
 *     node bench/store.ts [--quads 800000] [--commits 1000] [--lookups 20000]
 *
 * Run it on a machine that does nothing else; the figures of one run differ by a tenth.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createEmbeddedStore } from '../src/store/embedded.ts';
import type { EmbeddedStore } from '../src/store/embedded-store.ts';
import type { GraphContent } from '../src/store/store.ts';

const { values } = parseArgs({
  options: {
    quads: { type: 'string', default: '800000' },
    commits: { type: 'string', default: '1000' },
    lookups: { type: 'string', default: '20000' },
  },
});
const quads = Number(values.quads);
const commits = Number(values.commits);
const lookups = Number(values.lookups);

const baseIri = 'http://localhost:3030/';
const graph = `${baseIri}dataset/bench`;
const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-bench-'));
const linesPerPiece = 20_000;
const clients = 8;
const runaways = 5;

const subject = (n: number): string =>
  `${baseIri}id/manuscript/${n.toString(36).padStart(16, '0')}`;
const line = (n: number): string =>
  `<${subject(Math.floor(n / 8))}> <https://w3id.org/isnad/ontology#p${n % 8}> "value مخطوط ${n}" <${graph}> .\n`;

const makeContent = (): GraphContent => {
  const nquads: Uint8Array[] = [];
  for (let from = 0; from < quads; from += linesPerPiece) {
    const count = Math.min(linesPerPiece, quads - from);
    nquads.push(
      Buffer.from(Array.from({ length: count }, (_, index) => line(from + index)).join('')),
    );
  }
  return { graph, nquads };
};

const measure = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
  const started = performance.now();
  const result = await work();
  const milliseconds = Math.round(performance.now() - started);
  const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
  console.log(
    `${what.padEnd(44)} ${String(milliseconds).padStart(7)} ms   ${megabytes} MB resident`,
  );
  return result;
};

const rate = async (what: string, count: number, work: () => Promise<void>): Promise<void> => {
  const started = performance.now();
  await work();
  const perSecond = Math.round((count / (performance.now() - started)) * 1000);
  console.log(`${what.padEnd(44)} ${String(perSecond).padStart(7)} /s`);
};

const open = async (): Promise<EmbeddedStore> =>
  createEmbeddedStore({
    dataDir,
    baseIri,
    engineReaders: 2,
    engineMemoryMb: 'auto',
    queryQueueMax: 200,
    onNotice: console.error,
  });

const allReaders = async (store: EmbeddedStore): Promise<void> => {
  while (store.status().readers.current < 3 || !store.status().writerReady) await delay(10);
};

const description = { activity: 'import', actor: 'bench', message: 'bench' } as const;

const commitSmall = async (store: EmbeddedStore): Promise<void> => {
  for (let n = 0; n < commits; n += 1) {
    const name = `${baseIri}dataset/small-${n % 50}`;
    const nquads = [Buffer.from(`<a:s> <a:p> "${n}" <${name}> .\n`)];
    await store.commit(await store.plan([{ graph: name, nquads }]), description);
  }
};

/** How late a query without end is ended, at worst, after its deadline. */
const endRunaways = async (store: EmbeddedStore): Promise<void> => {
  let worst = 0;
  for (let n = 0; n < runaways; n += 1) {
    await allReaders(store);
    const deadlineAt = Date.now() + 500;
    const query = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }';
    const code = await store
      .query({ ...question, query, deadlineAt })
      .then(() => 'answered')
      .catch((error: { readonly code: string }) => error.code);
    if (code !== 'query-timeout') throw new Error(`The runaway query ended as ${code}.`);
    worst = Math.max(worst, Date.now() - deadlineAt);
  }
  console.log(
    `${'runaway query ended after its deadline, worst'.padEnd(44)} ${String(worst).padStart(7)} ms`,
  );
};

const question = {
  mediaType: 'application/sparql-results+json',
  defaultGraph: 'union',
  baseIri,
  resultBytesMax: 1_000_000,
} as const;

const lookUp = async (store: EmbeddedStore): Promise<void> => {
  let asked = 0;
  const client = async (): Promise<void> => {
    for (; asked < lookups; asked += 1)
      await store.query({
        ...question,
        query: `SELECT * { <${subject((asked * 7919) % Math.ceil(quads / 8))}> ?p ?o }`,
        deadlineAt: Date.now() + 10_000,
      });
  };
  await Promise.all(Array.from({ length: clients }, client));
};

try {
  const content = makeContent();
  const first = await measure('open a new directory', open);
  const plan = await measure(`plan ${quads} new quads`, async () => first.plan([content]));
  await measure('commit them (first reader has them)', async () => first.commit(plan, description));
  await measure('until every engine has them', async () => allReaders(first));
  const again = await measure('plan the same content again', async () => first.plan([content]));
  console.log(`${'  changes planned'.padEnd(44)} ${String(again.deltas.length).padStart(7)}`);
  await first.close();
  const second = await measure('restart: first reader has replayed', open);
  await measure('until every engine has replayed', async () => allReaders(second));
  await rate(`point lookups, ${clients} clients, 2 readers`, lookups, async () => lookUp(second));
  await endRunaways(second);
  await rate('plan and commit one quad, synced', commits, async () => commitSmall(second));
  await second.close();
} finally {
  rmSync(dataDir, { recursive: true });
}

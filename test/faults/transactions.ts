import { createHash } from 'node:crypto';
import type { DesiredGraph, Store } from '../../src/store/store.ts';

/**
 * The numbered transactions that the proofs write. Transaction n gives one of twenty graphs and the
 * graph `a:last` a content that follows from n alone, with a checksum of its own, so that a lost, a
 * partial and a repeated transaction all show.
 */
export const transactionGraphs = 20;
const last = 'a:last';

const quadsOf = (n: number): number => 1 + (n % transactionGraphs);
const digest = (n: number): string => createHash('sha256').update(String(n)).digest('hex');

/** The graph that transaction n writes besides `a:last`. */
export const graphOf = (n: number): string => `a:t${n % transactionGraphs}`;

const linesIn = (graph: string, n: number): string[] => [
  ...Array.from({ length: quadsOf(n) }, (_, i) => `<a:s${i}> <a:n> "${n}" <${graph}> .\n`),
  `<a:sum> <a:is> "${digest(n)}" <${graph}> .\n`,
];

const content = (graph: string, n: number): DesiredGraph => ({
  graph,
  nquads: [Buffer.from(linesIn(graph, n).join(''))],
});

/** What transaction n wants. */
export const transaction = (n: number): DesiredGraph[] => [
  content(graphOf(n), n),
  content(last, n),
];

/** Writes transaction n and resolves when it is acknowledged. */
export const writeTransaction = async (store: Store, n: number): Promise<void> => {
  const plan = await store.plan(transaction(n));
  await store.commit(plan, { activity: 'update', actor: 'proof', message: `n=${n}` });
};

const linesOf = async (store: Store, graph: string): Promise<string> => {
  const found = await store.readGraph(graph);
  return found ? Buffer.concat(found.nquads).toString() : 'absent';
};

const wanted = (graph: string, n: number): string => linesIn(graph, n).toSorted().join('');

/** The number of the newest transaction the store holds, or what is wrong with what it holds. */
export const inspect = async (store: Store): Promise<{ n: number; problem?: string }> => {
  let n = 0;
  for await (const { description } of store.log()) {
    const written = /^n=(\d+)$/.exec(description.message)?.[1];
    if (written === undefined) continue;
    if (Number(written) !== n + 1) return { n, problem: `n=${written} follows n=${n} in the log` };
    n += 1;
  }
  if (n === 0) return { n };
  if ((await linesOf(store, last)) !== wanted(last, n))
    return { n, problem: `<${last}> is not what transaction ${n} wrote` };
  for (let each = n; each > Math.max(0, n - transactionGraphs); each -= 1) {
    const graph = graphOf(each);
    if ((await linesOf(store, graph)) !== wanted(graph, each))
      return { n, problem: `<${graph}> is not what transaction ${each} wrote` };
  }
  return { n, ...(await askReader(store, n)) };
};

/** Whether the engines that answer queries hold the same as the one that reads graphs. */
const askReader = async (store: Store, n: number): Promise<{ problem?: string }> => {
  const { body } = await store.query({
    query: `SELECT (COUNT(*) AS ?c) { GRAPH <${last}> { ?s <a:n> "${n}" } }`,
    mediaType: 'text/csv',
    defaultGraph: 'union',
    baseIri: 'http://localhost:3030/',
    deadlineAt: Date.now() + 20_000,
    resultBytesMax: 10_000,
  });
  const count = Buffer.from(body).toString().split('\r\n')[1];
  return count === String(quadsOf(n)) ? {} : { problem: `a query counts ${count} for n=${n}` };
};

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createEmbeddedStore, type EmbeddedStoreOptions } from '../../src/store/embedded.ts';
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';
import type {
  CommitDescription,
  CommitReceipt,
  DesiredGraph,
  GraphContent,
  GraphState,
  QueryRequest,
  Store,
} from '../../src/store/store.ts';

export const base = 'http://localhost:3030/';
export const description: CommitDescription = {
  activity: 'update',
  actor: 'operator',
  message: 'A change',
};

/** A directory of the test's own, removed when the test ends. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(path.join(tmpdir(), 'isnad-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

export const storeOptions = (dataDir: string): EmbeddedStoreOptions => ({
  dataDir,
  baseIri: base,
  engineReaders: 1,
  heavyLane: false,
  engineMemoryMb: 'auto',
  queryQueueMax: 100,
});

/** An embedded store that is closed when the test ends. */
export const openEmbedded = async (
  dataDir: string,
  options: Partial<EmbeddedStoreOptions> = {},
): Promise<EmbeddedStore> => {
  const store = await createEmbeddedStore({ ...storeOptions(dataDir), ...options });
  onTestFinished(async () => store.close());
  return store;
};

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A graph's content from triples such as `<a:s> <a:p> "o"`. */
export const content = (graph: string, ...triples: readonly string[]): GraphContent => ({
  graph,
  nquads: [utf8(triples.map((triple) => nquad(graph, triple)).join(''))],
});

export const nquad = (graph: string, triple: string): string =>
  graph === '' ? `${triple} .\n` : `${triple} <${graph}> .\n`;

/** What a graph of these triples holds, worked out on its own. */
export const stateOf = (graph: string, ...triples: readonly string[]): GraphState => {
  const digests = triples.map((triple) =>
    createHash('sha256').update(nquad(graph, triple).trimEnd()).digest('hex'),
  );
  const sum = digests.reduce((total, digest) => total + BigInt(`0x${digest}`), 0n);
  return { quads: triples.length, hash: (sum % 2n ** 256n).toString(16).padStart(64, '0') };
};

/** Plans and commits. */
export const write = async (
  store: Store,
  ...desired: readonly DesiredGraph[]
): Promise<CommitReceipt> => store.commit(await store.plan(desired), description);

/** The lines of a stored graph, or nothing if there is no such graph. */
export const readLines = async (store: Store, graph: string): Promise<string[] | undefined> => {
  const found = await store.readGraph(graph);
  return found && Buffer.concat(found.nquads).toString().split('\n').slice(0, -1);
};

export const request = (query: string, options: Partial<QueryRequest> = {}): QueryRequest => ({
  query,
  mediaType: 'text/csv',
  defaultGraph: 'union',
  baseIri: base,
  deadlineAt: Date.now() + 20_000,
  resultBytesMax: 1_000_000,
  ...options,
});

/** The rows of a CSV answer, without its header, sorted. */
export const rows = async (
  store: Store,
  query: string,
  options: Partial<QueryRequest> = {},
): Promise<string[]> => {
  const { body } = await store.query(request(query, options));
  return Buffer.from(body).toString().split('\r\n').slice(1, -1).toSorted();
};

/** How many quads two queries with many solutions each must join: never done within a test. */
export const endlessQuery =
  'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?f) }';

/** Enough quads for `endlessQuery` to be endless. */
export const manyTriples = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `<a:s${index % 97}> <a:p${index % 7}> "o${index}"`);

/** All that an asynchronous sequence gives. */
export const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createIris } from '../../src/model/iris.ts';
import { canonicalNQuads } from '../../src/rdf/canonical.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import type { QueryServices } from '../../src/sparql/query-services.ts';
import { createEmbeddedStore } from '../../src/store/embedded.ts';
import type { GraphContent } from '../../src/store/store.ts';
import type { TimedStore } from '../../src/store/time.ts';

export interface StoreFixture {
  readonly services: QueryServices & { readonly store: TimedStore };
  readonly close: () => Promise<void>;
}

const baseIri = 'http://localhost:3030/';

/** A graph's content from Turtle, for a store. */
const contentOf = async (graph: string, turtle: string): Promise<GraphContent> => {
  const quads = await parseRdf(turtle, { mediaType: 'text/turtle', baseIri, graph });
  return { graph, nquads: [canonicalNQuads(quads)] };
};

/** The real store in a directory of its own, filled with graphs written in Turtle. */
export const openStoreWith = async (
  graphs: Readonly<Record<string, string>>,
  settings: Partial<QueryServices['settings']> = {},
): Promise<StoreFixture> => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-sparql-'));
  const store = await createEmbeddedStore({
    dataDir,
    baseIri,
    engineReaders: 1,
    engineMemoryMb: 'auto',
    queryQueueMax: 50,
  });
  const contents = await Promise.all(
    Object.entries(graphs).map(([graph, turtle]) => contentOf(graph, turtle)),
  );
  const description = { activity: 'seed', actor: 'test', message: 'test data' } as const;
  await store.commit(await store.plan(contents), description);
  return {
    services: {
      store,
      iris: createIris(baseIri),
      settings: {
        queryTimeoutMs: 10_000,
        resultBytesMax: 10_000_000,
        defaultGraph: 'union',
        ...settings,
      },
    },
    close: async () => {
      await store.close();
      rmSync(dataDir, { recursive: true });
    },
  };
};

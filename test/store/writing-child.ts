import { createEmbeddedStore } from '../../src/store/embedded.ts';
import type { Store } from '../../src/store/store.ts';

/**
 * A process that writes to a data directory until it is killed. It prints `open n` when the store is
 * open at commit n and a line `n` after each acknowledged commit, which puts quads that all name `n` into two graphs.
 */
const [dataDir = '', mode = 'write'] = process.argv.slice(2);

const graphs = ['a:one', 'a:two'];
const quadsPerGraph = 20;

const lines = (graph: string, n: number): Uint8Array =>
  Buffer.from(
    Array.from(
      { length: quadsPerGraph },
      (_, index) => `<a:s${index}> <a:n> "${n}" <${graph}> .\n`,
    ).join(''),
  );

const writeOn = async (store: Store): Promise<never> => {
  for (let n = store.head().sequence + 1; ; n += 1) {
    const plan = await store.plan(graphs.map((graph) => ({ graph, nquads: [lines(graph, n)] })));
    await store.commit(plan, { activity: 'update', actor: 'child', message: `n=${n}` });
    process.stdout.write(`${n}\n`);
  }
};

try {
  const store = await createEmbeddedStore({
    dataDir,
    baseIri: 'http://localhost:3030/',
    engineReaders: 1,
    engineMemoryMb: 'auto',
    queryQueueMax: 10,
    warmSpare: false,
  });
  process.stdout.write(`open ${store.head().sequence}\n`);
  if (mode === 'write') await writeOn(store);
} catch (error) {
  process.stdout.write(`${JSON.stringify(error)}\n`);
  process.exitCode = 1;
}

/**
 * A process that proofs kill: `node test/faults/writer-child.ts DIR [write|hold|bulk|checkpoint]`. It opens the store,
 * prints `{"open":n,"problem":…}` for the newest transaction found there, and then writes one transaction
 * after the other, with a line `n` for each once it is acknowledged. With `hold` it only stays; with
 * `bulk` it writes so much that an image is due, says `quiet`, and stays; with `checkpoint` it makes a
 * checkpoint then.
 */
import { randomBytes } from 'node:crypto';
import { codeOf, openStore } from './open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { inspect, writeTransaction } from './transactions.ts';

const [dataDir = '', mode = 'write'] = process.argv.slice(2);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const writeOn = async (store: Store, from: number): Promise<never> => {
  for (let n = from; ; n += 1) {
    await writeTransaction(store, n);
    say(String(n));
  }
};

const bulkLines = 20_000;

/** Hard to compress, so that much is written to the journal. */
const writeBulk = async (store: Store, n: number): Promise<void> => {
  const graph = 'a:bulk';
  const lines = Array.from(
    { length: bulkLines },
    (_, i) => `<a:b${i}> <a:p> "${randomBytes(48).toString('base64')}" <${graph}> .\n`,
  );
  await store.write(
    { kind: 'graphs', graphs: [{ graph, nquads: [Buffer.from(lines.join(''))] }] },
    { activity: 'import', actor: 'proof', message: 'bulk' },
  );
  for (let next = n + 1; next <= n + 5; next += 1) {
    await writeTransaction(store, next);
    say(String(next));
  }
  say('quiet');
};

try {
  const store = await openStore(dataDir, {
    onNotice: (notice) => void process.stderr.write(`${notice}\n`),
  });
  const { n, problem } = await inspect(store);
  say(JSON.stringify({ open: n, problem }));
  if (mode === 'write') await writeOn(store, n + 1);
  if (mode === 'bulk' || mode === 'checkpoint') await writeBulk(store, n);
  if (mode === 'checkpoint') await store.makeCheckpoint();
} catch (error) {
  say(JSON.stringify({ code: codeOf(error), message: String(error) }));
  process.exitCode = 1;
}

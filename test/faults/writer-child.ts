/**
 * A process that proofs kill: `node test/faults/writer-child.ts DIR [write|hold]`. It opens the store,
 * prints `{"open":n,"problem":…}` for the newest transaction found there, and then writes one transaction
 * after the other, with a line `n` for each once it is acknowledged. With `hold` it only stays.
 */
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

try {
  const store = await openStore(dataDir, {
    onNotice: (notice) => void process.stderr.write(`${notice}\n`),
  });
  const { n, problem } = await inspect(store);
  say(JSON.stringify({ open: n, problem }));
  if (mode === 'write') await writeOn(store, n + 1);
} catch (error) {
  say(JSON.stringify({ code: codeOf(error), message: String(error) }));
  process.exitCode = 1;
}

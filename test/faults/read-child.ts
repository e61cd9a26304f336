/**
 * A process whose reading fails: `node --import ./test/faults/read-faults.ts test/faults/read-child.ts DIR
 * [open|work]`. It opens the store and does one thing after the other, in mode `open` with the fault from the
 * start on and only reading, in mode `work` with the fault once it is open, and writing too. It prints a line
 * `{"step":…,"found":…}` or `{"step":…,"code":…,"message":…}` for each, and last `{"readings":…,"failed":…}`.
 */
import { armReadFault, disarmReadFault } from './read-faults.ts';
import { createHash } from 'node:crypto';
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';
import { codeOf, openStore } from './open-store.ts';
import { answersOf } from './store-answers.ts';

const [dataDir = '', mode = 'open'] = process.argv.slice(2);
const say = (line: unknown): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

const attempt = async <Result>(step: string, work: () => Promise<Result>) => {
  try {
    const result = await work();
    say({ step, found: typeof result === 'string' ? result : 'done' });
    return result;
  } catch (error) {
    say({ step, code: codeOf(error), message: String(error) });
    return undefined;
  }
};

/** What the store held at its second commit, from the journal alone. */
const past = async (store: EmbeddedStore): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of store.time.state({ at: 2, timeoutMs: 30_000 })) hash.update(piece);
  return hash.digest('hex');
};

const log = async (store: EmbeddedStore): Promise<string> => {
  const hash = createHash('sha256');
  for await (const { hash: each } of store.log()) hash.update(each);
  return hash.digest('hex');
};

const write = async (store: EmbeddedStore): Promise<string> => {
  const nquads = [Buffer.from('<a:late> <a:is> "late" <a:late> .\n')];
  const { commit } = await store.write(
    { kind: 'graphs', graphs: [{ graph: 'a:late', nquads }] },
    { activity: 'update', actor: 'proof', message: 'late' },
  );
  return String(commit?.sequence);
};

const work = async (store: EmbeddedStore): Promise<void> => {
  await attempt('log', async () => log(store));
  await attempt('past', async () => past(store));
  await attempt('write', async () => write(store));
  await attempt('checkpoint', async () => store.makeCheckpoint());
  await attempt('image', async () => store.makeImage());
  await attempt('engines', async () => {
    const doubts = await store.checkEngines();
    if (doubts.length > 0) throw new Error(doubts.join(' '));
  });
};

if (mode === 'open') armReadFault();
const onNotice = (notice: string): void => void say({ notice });
const store = await attempt('open', async () => openStore(dataDir, { onNotice }));
if (store) {
  armReadFault();
  if (mode === 'work') await work(store);
  await attempt('answers', async () => answersOf(store, (graph) => graph.startsWith('a:g')));
  await attempt('close', async () => store.close());
}
say(disarmReadFault());

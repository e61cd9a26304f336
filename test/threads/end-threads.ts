/** Ends threads that unpack: `node end-threads.ts end N` one after the other, `… exit` by ending itself. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { endThread, startThread } from '../../src/threads.ts';

const file = new URL('./unpacking-thread.ts', import.meta.url);
const start = async (): Promise<Worker> => {
  const worker = startThread(file);
  await once(worker, 'message');
  await delay(Math.random() * 5);
  return worker;
};

const [what, count = '1'] = process.argv.slice(2);
if (what === 'exit') {
  await Promise.all([start(), start()]);
  // oxlint-disable-next-line unicorn/no-process-exit -- this is what is tried
  process.exit(0);
}
for (let n = 0; n < Number(count); n += 1) await endThread(await start());

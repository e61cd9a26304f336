/**
 * Ends threads: `node end-threads.ts end N` one after the other that unpack; `… busy FILE` one that is at
 * work that must be whole, `… exit FILE` the same by ending itself.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { endThread, startThread } from '../../src/threads.ts';

const start = async (name: string, workerData?: string): Promise<Worker> => {
  const worker = startThread(new URL(`./${name}.ts`, import.meta.url), { workerData });
  await once(worker, 'message');
  return worker;
};

const [what, given = ''] = process.argv.slice(2);
if (what === 'end')
  for (let n = 0; n < Number(given); n += 1) {
    const worker = await start('unpacking-thread');
    await delay(Math.random() * 5);
    await endThread(worker);
  }
else {
  const worker = await start('busy-thread', given);
  // oxlint-disable-next-line unicorn/no-process-exit -- how a process that ends treats its threads is what is tried
  if (what === 'exit') process.exit(0);
  await endThread(worker);
}

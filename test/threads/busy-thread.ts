import { appendFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { whole } from '../../src/threads.ts';

/** Writes a line at the end of each piece of work that must be whole, which takes a while. */
const file = String(workerData);
const workMs = 300;
for (let n = 1; ; n += 1)
  whole(() => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    parentPort?.postMessage('begun');
    for (const until = Date.now() + workMs; Date.now() < until;);
    appendFileSync(file, `${n}\n`);
  });

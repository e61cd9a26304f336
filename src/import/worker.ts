import { parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '../errors.ts';
import type { WireError } from '../errors.ts';
import type { Finding } from './findings.ts';
import type { ImportProgress } from './import-request.ts';
import { prepare } from './pipeline.ts';
import type { Prepared, PrepareJob } from './preparation.ts';

/** What the worker thread of an import says to the side that started it. */
export type WorkerMessage =
  | { readonly type: 'nquads'; readonly nquads: Uint8Array }
  | { readonly type: 'findings'; readonly findings: readonly Finding[] }
  | { readonly type: 'progress'; readonly progress: ImportProgress }
  | { readonly type: 'prepared'; readonly prepared: Prepared }
  | { readonly type: 'failed'; readonly error: WireError };

const port = parentPort;
if (!port) throw new Error('This file runs in a worker thread only.');

const say = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void =>
  port.postMessage(message, transfer);

try {
  const job: PrepareJob = workerData;
  const prepared = await prepare(job, {
    // The piece's memory moves to the other side; nothing here holds on to it.
    emit: (nquads) => say({ type: 'nquads', nquads }, [nquads.buffer]),
    tell: (findings) => {
      if (findings.length > 0) say({ type: 'findings', findings });
    },
    progress: (progress) => say({ type: 'progress', progress }),
  });
  say({ type: 'prepared', prepared });
} catch (error) {
  say({ type: 'failed', error: toWireError(error) });
}

import { parentPort } from 'node:worker_threads';
import { toWireError, type WireError } from '../../errors.ts';
import { readTriples, type TriplesTask } from './read-triples.ts';

/** The outcome of one task. */
export type TriplesReply =
  | { readonly nquads: Uint8Array<ArrayBuffer> }
  | { readonly error: WireError };

const port = parentPort;
if (!port) throw new Error('This file runs in a worker thread only.');

const answer = async (task: TriplesTask): Promise<void> => {
  try {
    const nquads = await readTriples(task);
    port.postMessage({ nquads } satisfies TriplesReply, [nquads.buffer]);
  } catch (error) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
    port.postMessage({ error: toWireError(error) } satisfies TriplesReply);
  }
};

port.on('message', (task: TriplesTask) => void answer(task));

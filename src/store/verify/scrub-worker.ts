import { setPriority, constants } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError, type WireError } from '../../errors.ts';
import type { Verification } from '../care.ts';
import { verifyDirectory } from './verify-directory.ts';

/** What the worker is started with. */
export interface ScrubStart {
  readonly dataDir: string;
  /** One number in shared memory: 1 when the worker is to end. */
  readonly stop: Int32Array;
}

export type ScrubReply =
  | { readonly found: Pick<Verification, 'commits' | 'doubts'> }
  | { readonly error: WireError };

const { dataDir, stop }: ScrubStart = workerData;
const port = parentPort;
if (!port) throw new Error('This module runs in a worker only.');

/** How long the worker rests after each piece of work, which is about as long. */
const restMs = 20;

class Stopped extends Error {}

/** Called between records, which is where the worker may end: a thread at work on a frame must not be torn off. */
const rest = (): void => {
  Atomics.wait(stop, 0, 0, restMs);
  if (Atomics.load(stop, 0) === 1) throw new Stopped();
};

// On Linux this is the priority of the calling thread; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_LOW);

const reply = (message: ScrubReply): void => port.postMessage(message);

try {
  const { commits, doubts } = await verifyDirectory(dataDir, rest);
  reply({ found: { commits, doubts } });
} catch (error) {
  if (!(error instanceof Stopped)) reply({ error: toWireError(error) });
}

import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { isThere } from '../is-there.ts';
import { BlockDamage } from './blocks.ts';
import { makeCheckpoint, type CheckpointPlan } from './make.ts';
import { quadsName, type Manifest } from './manifest.ts';

/** What the worker is started with. */
export interface CheckpointStart extends CheckpointPlan {
  /** One number in shared memory: not 0 when the worker is to give up. */
  readonly stop: Int32Array;
}

/** What the worker says at its end. */
export type CheckpointNews =
  | { readonly kind: 'made'; readonly manifest: Manifest }
  | { readonly kind: 'given-up' }
  | { readonly kind: 'failed'; readonly reason: string; readonly baseIsDamaged: boolean };

const start: CheckpointStart = workerData;
const port = parentPort;
if (!port) throw new Error('This module runs in a worker only.');

/** Whether the checkpoint before is missing; one that the system does not let be looked at is not. */
const isBaseGone = (): boolean => {
  if (!start.base) return false;
  try {
    return !isThere(path.join(start.base.directory, quadsName));
  } catch {
    return false;
  }
};

/** It ends by itself, between two lines, so that it takes away what it has written. */
const run = (): CheckpointNews => {
  const making = makeCheckpoint(start);
  try {
    for (let step = making.next(); ; step = making.next()) {
      if (step.done) return { kind: 'made', manifest: step.value };
      if (Atomics.load(start.stop, 0) === 0) continue;
      making.throw(new Error('it was given up'));
    }
  } catch (error) {
    if (Atomics.load(start.stop, 0) !== 0) return { kind: 'given-up' };
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', reason, baseIsDamaged: error instanceof BlockDamage || isBaseGone() };
  }
};

port.postMessage(run());

import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError, type WireError } from '../../errors.ts';
import { BlockDamage } from '../checkpoint/blocks.ts';
import { readState, type StatePlan } from '../checkpoint/read-state.ts';

/** What the worker answers each time it is asked for the next piece. */
export type StateReply =
  | { readonly kind: 'piece'; readonly piece: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'done' }
  /** The checkpoint cannot be read: the state is to be read without it. */
  | { readonly kind: 'base-lost' }
  | { readonly kind: 'failed'; readonly error: WireError };

const plan: StatePlan = workerData;
const port = parentPort;
if (!port) throw new Error('This module runs in a worker only.');

const state = readState(plan);

const isBaseLost = (error: unknown): boolean =>
  plan.base !== undefined && (error instanceof BlockDamage || !existsSync(plan.base.directory));

const next = (): StateReply => {
  try {
    const { done, value } = state.next();
    return done === true ? { kind: 'done' } : { kind: 'piece', piece: value };
  } catch (error) {
    return isBaseLost(error)
      ? { kind: 'base-lost' }
      : { kind: 'failed', error: toWireError(error) };
  }
};

port.on('message', () => {
  const reply = next();
  port.postMessage(reply, reply.kind === 'piece' ? [reply.piece.buffer] : []);
});

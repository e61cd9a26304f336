import { parentPort } from 'node:worker_threads';
import { toWireError, type WireError } from '../../errors.ts';
import { BlockDamage } from '../checkpoint/blocks.ts';
import { readState, type StatePlan } from '../checkpoint/read-state.ts';
import { isThere } from '../is-there.ts';
import { isPassing, readingError } from '../passing-error.ts';

/** What the worker answers each time it is asked for the next piece. */
export type StateReply =
  | { readonly kind: 'piece'; readonly piece: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'done' }
  /** The checkpoint cannot be read: the state is to be read without it. */
  | { readonly kind: 'base-lost' }
  | { readonly kind: 'failed'; readonly error: WireError };

/** What it is asked: to begin with a state, and then for one piece after the other. */
export type StateMessage =
  | { readonly kind: 'begin'; readonly plan: StatePlan }
  | { readonly kind: 'next' };

const port = parentPort;
if (!port) throw new Error('This module runs in a worker only.');

interface Reading {
  readonly plan: StatePlan;
  readonly pieces: Generator<Uint8Array<ArrayBuffer>>;
}

const isBaseLost = ({ base }: StatePlan, error: unknown): boolean =>
  base !== undefined &&
  (error instanceof BlockDamage || (!isPassing(error) && !isThere(base.directory)));

const next = ({ plan, pieces }: Reading): StateReply => {
  try {
    const { done, value } = pieces.next();
    return done === true ? { kind: 'done' } : { kind: 'piece', piece: value };
  } catch (error) {
    return isBaseLost(plan, error)
      ? { kind: 'base-lost' }
      : { kind: 'failed', error: toWireError(readingError(error)) };
  }
};

let reading: Reading | undefined;
port.on('message', (message: StateMessage) => {
  if (message.kind === 'begin') {
    const { plan } = message;
    reading = { plan, pieces: readState(plan) };
  } else if (reading) {
    const reply = next(reading);
    port.postMessage(reply, reply.kind === 'piece' ? [reply.piece.buffer] : []);
  }
});

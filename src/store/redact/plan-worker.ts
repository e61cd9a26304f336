import { parentPort, workerData } from 'node:worker_threads';
import { isIsnadError, toWireError, type WireError } from '../../errors.ts';
import { notWritten } from '../journal/append.ts';
import { planRedaction, type PlanRequest, type RedactionPlan } from './plan.ts';

/** What the worker says: how far it is, and last how it ended. */
export type PlanMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'plan'; readonly plan: RedactionPlan }
  | { readonly kind: 'error'; readonly error: WireError };

const request: PlanRequest = workerData;
const port = parentPort;
if (!port) throw new Error('This module runs in a worker only.');

const tell = (message: PlanMessage): void => port.postMessage(message);

const progressEveryMs = 50;
let toldAt = 0;

try {
  const plan = await planRedaction(request, (done, total) => {
    if (performance.now() - toldAt < progressEveryMs && done < total) return;
    toldAt = performance.now();
    tell({ kind: 'progress', done, total });
  });
  tell({ kind: 'plan', plan });
} catch (error) {
  tell({ kind: 'error', error: toWireError(isIsnadError(error) ? error : notWritten(error)) });
}

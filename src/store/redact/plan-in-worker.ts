import path from 'node:path';
import { fromWireError, IsnadError } from '../../errors.ts';
import { startThread } from '../../threads.ts';
import type { PlanMessage } from './plan-worker.ts';
import type { PlanProgress, PlanRequest, RedactionPlan } from './plan.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./plan-worker${path.extname(import.meta.url)}`, import.meta.url);

/**
 * Makes `planRedaction` in a thread of its own, because it reads and splits every line of the journal.
 *
 * @throws IsnadError as `planRedaction` does
 */
export const planInWorker = async (
  request: PlanRequest,
  onProgress: PlanProgress,
): Promise<RedactionPlan> => {
  const planned = Promise.withResolvers<RedactionPlan>();
  const ended = Promise.withResolvers<void>();
  const worker = startThread(workerFile, { workerData: request });
  worker.on('message', (message: PlanMessage) => {
    if (message.kind === 'progress') onProgress(message.done, message.total);
    else if (message.kind === 'plan') planned.resolve(message.plan);
    else planned.reject(fromWireError(message.error));
  });
  worker.on('error', (cause: Error) => {
    planned.reject(new IsnadError('internal', cause.message, { cause }));
  });
  worker.on('exit', () => {
    planned.reject(new IsnadError('internal', 'The search of the journal ended by itself.'));
    ended.resolve();
  });
  const [plan] = await Promise.all([planned.promise, ended.promise]);
  return plan;
};

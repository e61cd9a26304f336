import type { Response } from 'express';
import { IsnadError } from '../errors.ts';

const signals = new WeakMap<Response, AbortSignal>();

/**
 * A signal that fires when the client closes the connection before it has its answer. Its reason is
 * an error of the catalogue, so that leaving does not pass for a fault of the service.
 */
export const clientGone = (response: Response): AbortSignal => {
  const known = signals.get(response);
  if (known) return known;
  const controller = new AbortController();
  signals.set(response, controller.signal);
  response.once('close', () => {
    if (!response.writableFinished)
      controller.abort(new IsnadError('query-failed', 'The client left before it had its answer.'));
  });
  return controller.signal;
};

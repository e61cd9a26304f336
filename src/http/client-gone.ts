import type { Response } from 'express';

/** A signal that fires when the client closes the connection before it has its answer. */
export const clientGone = (response: Response): AbortSignal => {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
};

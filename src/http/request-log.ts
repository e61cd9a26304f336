import type { IsnadError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { AnsweredRequest } from './observe-requests.ts';

/** Paths that are asked every few seconds by those who watch; a line for each would drown the rest. */
const watchPaths = new Set(['/live', '/ready', '/metrics']);

/**
 * One line for each request: its identifier, route, status and time. Neither its address, which may hold a
 * query, nor who sent it.
 */
export const logRequest = (log: Log, request: AnsweredRequest): void => {
  const { requestId, method, route, status, error } = request;
  const ms = Math.round(request.milliseconds * 10) / 10;
  const fields = { requestId, method, route, status, ms };
  const failed = status.startsWith('5') && error && error.code !== 'store-opening';
  if (failed) log.warn('request failed', { ...fields, code: error.code, cause: error.cause });
  else if (watchPaths.has(route)) log.debug('request', fields);
  else log.info('request', error ? { ...fields, code: error.code } : fields);
};

/** An error of the service's own, in full; the client is told its URN only. */
export const logInternalError = (log: Log, error: IsnadError, instance: string): void => {
  const { cause } = error;
  const stack = cause instanceof Error ? cause.stack : error.stack;
  log.error('internal error', { instance, stack });
};

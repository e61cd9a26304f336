import type { Request, RequestHandler, Response } from 'express';
import type { IsnadError } from '../errors.ts';
import { requestIdFrom } from './request-id.ts';

/** What is known of an answered request that may be counted and logged. */
export interface AnsweredRequest {
  readonly requestId: string;
  readonly method: string;
  /** Pattern of the route, never the address asked for; `none` where there is no such path. */
  readonly route: string;
  /** The status, or `left` when the client closed the connection before it had its answer. */
  readonly status: string;
  readonly milliseconds: number;
  /** Code of the error that was answered, and what lies behind it. */
  readonly error?: { readonly code: string; readonly cause?: string };
}

/** Errors by the answer that tells of them. */
const errors = new WeakMap<Response, IsnadError>();

/** Remembers what went wrong with a request until it is over. */
export const noteError = (response: Response, error: IsnadError): void => {
  errors.set(response, error);
};

/** Who watches one answer: this, the server, its route, and what compresses and sends it. None of them stays. */
const listenersMax = 20;

/** Gives every request its identifier, and tells of each once it is over. */
export const observeRequests =
  (onAnswered: (request: AnsweredRequest) => void): RequestHandler =>
  (request, response, next) => {
    const startedAt = performance.now();
    const requestId = requestIdFrom(request.headers);
    response.set('X-Request-Id', requestId);
    response.setMaxListeners(listenersMax);
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'left';
      const milliseconds = performance.now() - startedAt;
      const { method } = request;
      const route = routeOf(request, response);
      onAnswered({ requestId, method, route, status, milliseconds, ...errorOf(response) });
    });
    next();
  };

const errorOf = (response: Response): Pick<AnsweredRequest, 'error'> => {
  const error = errors.get(response);
  if (!error) return {};
  const { code, cause } = error;
  return { error: cause instanceof Error ? { code, cause: cause.message } : { code } };
};

const routeOf = (request: Request, response: Response): string => {
  // Express sets it to the row of its router that took the request; its types say `any`.
  const route: { readonly path?: unknown } | undefined = request.route;
  if (typeof route?.path === 'string') return route.path;
  const isAsset = request.originalUrl.startsWith('/assets/') && response.statusCode < 400;
  return isAsset ? '/assets' : 'none';
};

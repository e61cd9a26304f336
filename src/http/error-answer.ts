import type { ErrorRequestHandler, Response } from 'express';
import type { ErrorCode, IsnadError } from '../errors.ts';
import { renderErrorPage } from '../web/error-page.ts';
import { errorStatus, retryAfterSeconds } from './error-status.ts';
import { noteError } from './observe-requests.ts';
import { pageContext } from './page-context.ts';
import { problemOf, type Problem } from './problem.ts';
import { instanceOf, requestIdOf } from './request-id.ts';
import type { Services } from './services.ts';
import { toIsnadError } from './to-isnad-error.ts';

/** Told of an error that is the service's own fault, and the URN the client was given. */
export type ErrorListener = (error: IsnadError, instance: string) => void;

/**
 * Answers every thrown value: problem+json (RFC 9457), or an HTML page for those who prefer one.
 * Nothing of an unknown error is told to the client but a URN to report it by.
 */
export const answerErrors =
  (services: Services, onInternalError: ErrorListener): ErrorRequestHandler =>
  // Express knows an error handler by its four parameters.
  (thrown: unknown, request, response, _next) => {
    const error = toIsnadError(thrown);
    const instance = instanceOf(requestIdOf(response));
    noteError(response, error);
    if (error.code === 'internal') onInternalError(error, instance);
    // A body already under way cannot become an error; cutting the connection says it is incomplete.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const problem = problemOf(error, instance);
    setErrorHeaders(response, error);
    const preferred = request.accepts([
      'application/problem+json',
      'application/json',
      'text/html',
    ]);
    if (preferred === 'text/html' && !request.path.startsWith('/api/')) {
      response.type('html').send(renderErrorPage(problem, pageContext(request, services)));
    } else {
      sendProblem(response, problem);
    }
  };

/** What a refusal says of how to be let in (RFC 6750). */
const challenges: Partial<Record<ErrorCode, string>> = {
  'token-missing': 'Bearer realm="isnad"',
  'token-invalid': 'Bearer realm="isnad", error="invalid_token"',
  forbidden: 'Bearer realm="isnad", error="insufficient_scope"',
};

const setErrorHeaders = (response: Response, error: IsnadError): void => {
  response.status(errorStatus[error.code]);
  for (const header of ['ETag', 'Content-Location', 'Last-Modified', 'Link']) {
    response.removeHeader(header);
  }
  const challenge = challenges[error.code];
  if (challenge !== undefined) response.set('WWW-Authenticate', challenge);
  response.set('Cache-Control', 'no-store').vary('Accept').vary('Accept-Language');
  const told = error.extra['retryAfterSeconds'];
  const retryAfter = typeof told === 'number' ? told : retryAfterSeconds[error.code];
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
};

/** Answers with problem+json, whatever the client prefers. */
export const answerProblem = (response: Response, error: IsnadError): void => {
  noteError(response, error);
  setErrorHeaders(response, error);
  sendProblem(response, problemOf(error, instanceOf(requestIdOf(response))));
};

const sendProblem = (response: Response, problem: Problem): void => {
  response.set('Content-Type', 'application/problem+json; charset=utf-8');
  response.send(`${JSON.stringify(problem, undefined, 2)}\n`);
};

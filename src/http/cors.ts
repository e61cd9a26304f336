import type { RequestHandler } from 'express';

/** Headers of our answers that scripts of other sites may read. */
const exposedHeaders = [
  'Link',
  'ETag',
  'Location',
  'Content-Location',
  'X-Isnad-Commit',
  'Retry-After',
  'X-Request-Id',
  'WWW-Authenticate',
  'Accept-Query',
  'Accept-Patch',
  'Idempotent-Replayed',
  'X-Isnad-Skipped',
];

/** Headers that scripts of other sites may send. */
const takenHeaders = [
  'Accept',
  'Accept-Language',
  'Authorization',
  'Content-Type',
  'If-None-Match',
  'Idempotency-Key',
  'X-Isnad-Min-Commit',
  'X-Request-Id',
];

/** Opens every answer to scripts of other sites. No cookie is ever used, so nothing is given away. */
export const openToAllSites: RequestHandler = (_request, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': exposedHeaders.join(', '),
  });
  next();
};

/** Answers OPTIONS, also as a CORS preflight, for a path that takes `methods`. */
export const answerOptions =
  (methods: readonly string[]): RequestHandler =>
  (_request, response) => {
    const allowed = methods.join(', ');
    response
      .set({
        Allow: allowed,
        'Access-Control-Allow-Methods': allowed,
        'Access-Control-Allow-Headers': takenHeaders.join(', '),
        'Access-Control-Max-Age': '86400',
      })
      .status(204)
      .end();
  };

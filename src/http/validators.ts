import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Request, Response } from 'express';

/** Another version of the software may answer otherwise at the same commit. */
const version = hash(
  'sha256',
  readFileSync(path.join(import.meta.dirname, '..', '..', 'package.json')),
);

/**
 * Sets the headers by which a cache may keep an answer and ask whether it still holds: the entity
 * tag depends on everything the answer depends on. Answers 304 by itself if the client has it.
 *
 * @param commit sequence of the commit the answer was computed at
 * @param variant what else tells the answer apart: path, parameters, media type, language
 * @returns whether the client's copy holds, so that nothing is left to do
 */
export const answersFromCache = (
  request: Request,
  response: Response,
  commit: number,
  variant: readonly string[],
): boolean => {
  const digest = hash('sha256', [version, ...variant].join('\n'), 'base64url').slice(0, 16);
  response
    .set('X-Isnad-Commit', String(commit))
    .set('Cache-Control', 'no-cache')
    // Weak, because the same answer may be sent compressed or not.
    .set('ETag', `W/"${commit}-${digest}"`)
    .vary('Accept')
    .vary('Accept-Language');
  if (!request.fresh) return false;
  response.status(304).end();
  return true;
};

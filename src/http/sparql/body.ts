import express, { type Request, type Response } from 'express';
import { IsnadError } from '../../errors.ts';

/** The body types of the protocol's two kinds of POST. */
const bodyTypes = ['application/x-www-form-urlencoded', 'application/sparql-query'] as const;
type BodyType = (typeof bodyTypes)[number];

export interface SparqlBody {
  readonly type: BodyType;
  readonly text: string;
}

const unsupported = (detail: string): IsnadError =>
  new IsnadError('unsupported-media-type', detail, { extra: { allowed: bodyTypes } });

/**
 * Which of the two kinds of POST a Content-Type announces.
 *
 * @throws IsnadError `unsupported-media-type` for any other type, and for encodings that are not UTF-8
 */
const bodyTypeOf = (header: string | undefined): BodyType => {
  const [essence = '', ...parameters] = (header ?? '').toLowerCase().split(';');
  const type = bodyTypes.find((each) => each === essence.trim());
  if (type === undefined)
    throw unsupported(
      essence.trim() === ''
        ? 'The request has no Content-Type.'
        : `${essence.trim()} is not read here.`,
    );
  const charset = /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/;
  for (const parameter of parameters) {
    const name = charset.exec(parameter)?.[1];
    if (name !== undefined && name !== 'utf-8' && name !== 'utf8')
      throw unsupported(`The body is announced in ${name}; only UTF-8 is read.`);
  }
  return type;
};

const readBytes = (request: Request, response: Response, bytesMax: number): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const read = express.raw({ type: () => true, limit: bytesMax });
    read(request, response, (error?: unknown) => {
      if (error) reject(error);
      else resolve(request.body instanceof Uint8Array ? request.body : new Uint8Array());
    });
  });

/**
 * Reads the body of a POST of the SPARQL protocol.
 *
 * @throws IsnadError `unsupported-media-type`, `invalid-parameter` for bytes that are not UTF-8; what
 *   Express throws for a body that is too large or broken off
 */
export const readSparqlBody = async (
  request: Request,
  response: Response,
  bytesMax: number,
): Promise<SparqlBody> => {
  const type = bodyTypeOf(request.get('Content-Type'));
  const bytes = await readBytes(request, response, bytesMax);
  try {
    return { type, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    throw new IsnadError('invalid-parameter', 'The body is not UTF-8.', { cause: error });
  }
};

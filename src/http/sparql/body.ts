import express, { type Request, type Response } from 'express';
import { IsnadError } from '../../errors.ts';

export interface SparqlBody {
  /** Whether it is a form, or the text itself. */
  readonly isForm: boolean;
  readonly text: string;
}

/** The protocol's types of a text sent by itself. */
export type SparqlTextType = 'application/sparql-query' | 'application/sparql-update';

const formType = 'application/x-www-form-urlencoded';

/**
 * Whether a Content-Type announces a form; else it is the text itself.
 *
 * @throws IsnadError `unsupported-media-type` for any other type, and for encodings that are not UTF-8
 */
const announcesForm = (header: string | undefined, textType: SparqlTextType): boolean => {
  const allowed = [formType, textType];
  const unsupported = (detail: string): IsnadError =>
    new IsnadError('unsupported-media-type', detail, { extra: { allowed } });
  const [essence = '', ...parameters] = (header ?? '').toLowerCase().split(';');
  const type = allowed.find((each) => each === essence.trim());
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
  return type === formType;
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
  textType: SparqlTextType = 'application/sparql-query',
): Promise<SparqlBody> => {
  const isForm = announcesForm(request.get('Content-Type'), textType);
  const bytes = await readBytes(request, response, bytesMax);
  try {
    return { isForm, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    throw new IsnadError('invalid-parameter', 'The body is not UTF-8.', { cause: error });
  }
};

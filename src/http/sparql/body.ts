import type { Request, Response } from 'express';
import { IsnadError } from '../../errors.ts';
import { checkCharset, readContentType, unsupportedType } from '../content-type.ts';
import { readBytes } from '../read-body.ts';

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
const announcesForm = (
  header: string | undefined,
  textType: SparqlTextType,
  takesForm: boolean,
): boolean => {
  const allowed = takesForm ? [formType, textType] : [textType];
  const type = readContentType(header);
  if (!allowed.includes(type.essence)) throw unsupportedType(type, allowed);
  checkCharset(type, allowed);
  return type.essence === formType;
};

/**
 * Reads the body of a request of the SPARQL protocol.
 *
 * @throws IsnadError `unsupported-media-type`, `invalid-parameter` for bytes that are not UTF-8; what
 *   Express throws for a body that is too large or broken off
 */
export const readSparqlBody = async (
  request: Request,
  response: Response,
  bytesMax: number,
  textType: SparqlTextType = 'application/sparql-query',
  takesForm = true,
): Promise<SparqlBody> => {
  const isForm = announcesForm(request.get('Content-Type'), textType, takesForm);
  const bytes = await readBytes(request, response, bytesMax);
  return { isForm, text: decodeBody(bytes) };
};

/** @throws IsnadError `invalid-parameter` for bytes that are not UTF-8 */
const decodeBody = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new IsnadError('invalid-parameter', 'The body is not UTF-8.', { cause: error });
  }
};

import { mediaTypeOfHeader, rdfMediaTypes, type RdfMediaType } from '../../rdf/media-types.ts';
import type { DocumentPart } from '../../sparql/graph-store/read-triples.ts';
import { checkCharset, readContentType, unsupportedType } from '../content-type.ts';
import { readMultipart } from './multipart.ts';

const multipart = 'multipart/form-data';
const allowed = [...rdfMediaTypes, multipart];

/** @throws IsnadError `unsupported-media-type`, naming those that are read */
const rdfTypeOf = (header: string | undefined): RdfMediaType => {
  const type = readContentType(header);
  const mediaType = mediaTypeOfHeader(header, rdfMediaTypes);
  if (mediaType === undefined) throw unsupportedType(type, allowed);
  checkCharset(type, allowed);
  return mediaType;
};

/**
 * What the type of a body lets one expect of it, told before it is read.
 *
 * @throws IsnadError `unsupported-media-type`
 */
export const checkDocumentType = (header: string | undefined): void => {
  if (readContentType(header).essence !== multipart) rdfTypeOf(header);
};

/**
 * The documents of a body: the body itself, or the parts of a form.
 *
 * @throws IsnadError `unsupported-media-type`, `invalid-parameter` for a form that is not well formed
 */
export const documentsIn = (header: string | undefined, bytes: Uint8Array): DocumentPart[] => {
  const { essence, parameters } = readContentType(header);
  if (essence !== multipart) return [{ mediaType: rdfTypeOf(header), bytes }];
  return readMultipart(bytes, parameters.get('boundary')).map((part) => ({
    mediaType: rdfTypeOf(part.contentType),
    bytes: part.bytes,
  }));
};

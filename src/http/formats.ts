import type { Request, Response } from 'express';
import { IsnadError } from '../errors.ts';
import { mediaTypes, rdfOffers, type RdfMediaType } from '../rdf/media-types.ts';
import type { Alternate } from '../web/page.ts';

/** A format a document can be had in: its media type, and the suffix that asks for it. */
export interface Format {
  readonly mediaType: RdfMediaType | 'text/html';
  readonly suffix: string;
  readonly name: string;
}

const rdfFormat = (mediaType: RdfMediaType): Format => ({
  mediaType,
  suffix: mediaTypes[mediaType].format,
  name: mediaTypes[mediaType].name,
});

const html: Format = { mediaType: 'text/html', suffix: 'html', name: 'HTML' };

/** Formats of the document about a record; the first is what a client gets that does not care. */
export const documentFormats: readonly Format[] = [
  rdfFormat('application/ld+json'),
  html,
  rdfFormat('text/turtle'),
  rdfFormat('application/n-triples'),
  rdfFormat('application/rdf+xml'),
  rdfFormat('application/n-quads'),
  rdfFormat('application/trig'),
];

/** What is a page and nothing else. */
export const htmlOnly: readonly Format[] = [html];

/** Formats of answers that are JSON-LD or a page. */
export const pageFormats: readonly Format[] = [rdfFormat('application/ld+json'), html];

/** What each name in an Accept header means, for the formats offered, in their order. */
const offersOf = (formats: readonly Format[]): { accept: string; format: Format }[] =>
  formats
    .map((format) => ({ accept: format.mediaType as string, format }))
    .concat(
      [...rdfOffers, { accept: 'application/xhtml+xml', mediaType: 'text/html' }].flatMap(
        ({ accept, mediaType }) => {
          const format = formats.find((each) => each.mediaType === mediaType);
          return format === undefined ? [] : [{ accept, format }];
        },
      ),
    );

/**
 * The format a request asks for: by suffix of its path, else by `?format=`, else by Accept.
 *
 * @throws IsnadError `not-acceptable`, naming what there is
 */
export const chooseFormat = (
  request: Request,
  formats: readonly Format[],
  suffix?: string,
): Format => {
  const asked = suffix ?? request.query['format'];
  const found =
    typeof asked === 'string' && asked !== ''
      ? formats.find((format) => format.suffix === asked || format.mediaType === asked)
      : acceptedFormat(request, formats);
  if (found === undefined) {
    throw new IsnadError('not-acceptable', 'This cannot be had in the format asked for.', {
      extra: { allowed: formats.map((format) => format.mediaType) },
    });
  }
  return found;
};

const acceptedFormat = (request: Request, formats: readonly Format[]): Format | undefined => {
  const offers = offersOf(formats);
  const accepted = request.accepts(offers.map(({ accept }) => accept));
  return offers.find(({ accept }) => accept === accepted)?.format;
};

/** Where each other format of a document lies. */
export const alternatesOf = (
  formats: readonly Format[],
  pathOf: (format: Format) => string,
): Alternate[] =>
  formats
    .filter(({ mediaType }) => mediaType !== 'text/html')
    .map((format) => ({ name: format.name, mediaType: format.mediaType, path: pathOf(format) }));

/** Sets what an answer says of the other formats of the same thing (RFC 8288). */
export const linkAlternates = (response: Response, alternates: readonly Alternate[]): void => {
  for (const { mediaType, path } of alternates) {
    response.append('Link', `<${path}>; rel="alternate"; type="${mediaType}"`);
  }
};

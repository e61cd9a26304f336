import type { Request } from 'express';
import { IsnadError } from '../../errors.ts';
import {
  bindingsOffers,
  mediaTypeByFormat,
  type MediaType,
  type Offer,
  rdfOffers,
} from '../../rdf/media-types.ts';
import type { QueryForm } from '../../sparql/analyse.ts';
import { mediaTypesOf } from '../../sparql/answer.ts';

const offersOf = (form: QueryForm): readonly Offer[] =>
  form === 'select' || form === 'ask' ? bindingsOffers : rdfOffers;

const notAcceptable = (detail: string, available: readonly MediaType[]): never => {
  throw new IsnadError('not-acceptable', detail, { extra: { available } });
};

/** Clients also ask for a type in the encoding in which everything is sent. */
const inUtf8 = ';charset=utf-8';

const byAccept = <Type extends MediaType>(
  request: Request,
  offers: readonly Offer<Type>[],
): Offer<Type> | undefined => {
  const names = offers.map(({ accept }) => accept);
  const accepted = request.accepts([...names, ...names.map((name) => `${name}${inUtf8}`)]);
  return offers.find(({ accept }) => accept === accepted || `${accept}${inUtf8}` === accepted);
};

/**
 * The media type of a query's answer, by `?format=`, else by Accept; and the name under which it was
 * asked for.
 *
 * @throws IsnadError `not-acceptable`, naming what can be had
 */
export const chooseResult = (
  request: Request,
  form: QueryForm,
  format: string | undefined,
): Offer => {
  const available = mediaTypesOf(form);
  if (format) {
    const mediaType = mediaTypeByFormat(format, available);
    return mediaType
      ? { accept: mediaType, mediaType }
      : notAcceptable(
          `“${format.slice(0, 80)}” is no format for the answer of ${form.toUpperCase()}.`,
          available,
        );
  }
  // A format field that was offered and left empty comes from a form, whose sender shows anything.
  if (format === '') {
    const [fallback] = offersOf(form);
    if (fallback) return fallback;
  }
  return (
    byAccept(request, offersOf(form)) ??
    notAcceptable(
      `The answer of ${form.toUpperCase()} cannot be had in the types accepted.`,
      available,
    )
  );
};

/** The type of the service description, or nothing when what is accepted is not RDF. */
export const chooseDescription = (
  request: Request,
  format: string | undefined,
): Offer<(typeof rdfOffers)[number]['mediaType']> | undefined => {
  if (!format) return byAccept(request, rdfOffers);
  const types = rdfOffers.map(({ mediaType }) => mediaType);
  const mediaType = mediaTypeByFormat(format, types);
  return mediaType && { accept: mediaType, mediaType };
};

/** Whether a person is reading: a page is what the client likes best, and it names no format. */
export const prefersPage = (request: Request, format: string | undefined): boolean => {
  if (format !== undefined || !request.get('Accept')?.includes('text/html')) return false;
  const types = [...bindingsOffers, ...rdfOffers].map(({ accept }) => accept);
  return request.accepts([...types, 'text/html']) === 'text/html';
};

/** The Content-Type of an answer: text says that it is UTF-8. */
export const contentTypeOf = ({ accept }: Offer): string =>
  accept.startsWith('text/') ? `${accept}; charset=utf-8` : accept;

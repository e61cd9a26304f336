import { IsnadError } from '../errors.ts';
import { type MediaType, mediaTypes } from '../rdf/media-types.ts';

/**
 * Puts right what the engine (oxigraph 0.5.11) writes wrongly in XML: characters that XML 1.0 does not
 * have, line ends that an XML reader would change, and properties without an XML name.
 */
// oxlint-disable-next-line no-control-regex -- these are the characters XML lacks; U+FFFE, U+FFFF in UTF-8
const notXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]|\u00EF\u00BF[\u00BE\u00BF]/;
/** An element whose name ends in its colon; in text a `<` is always escaped. */
const namelessElement = /<[A-Za-z_][\w.-]*:[ >/]/;

const impossible = (format: MediaType, reason: string): never => {
  throw new IsnadError(
    'not-acceptable',
    `${mediaTypes[format].name} cannot carry this answer: ${reason}`,
    {
      extra: { mediaType: format },
    },
  );
};

const isXml = (mediaType: MediaType): boolean => mediaType.endsWith('+xml');

/**
 * The body of an answer as it may be sent; answers that are not XML pass as they are.
 *
 * @throws IsnadError `not-acceptable` for what the format has no way to say
 */
export const soundAnswer = (mediaType: MediaType, body: Uint8Array): Uint8Array => {
  if (!isXml(mediaType)) return body;
  // One character a byte: quick to search, and every pattern here is of whole bytes.
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const text = bytes.toString('latin1');
  if (notXml.test(text)) impossible(mediaType, 'a text holds a character that XML does not have.');
  if (mediaType === 'application/rdf+xml' && namelessElement.test(text))
    impossible(mediaType, 'a property does not end in an XML name.');
  return text.includes('\r') ? Buffer.from(text.replaceAll('\r', '&#xD;'), 'latin1') : body;
};

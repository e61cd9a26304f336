import { IsnadError } from '../../errors.ts';

/** One part of a form: its Content-Type header, if it has one, and its bytes. */
export interface FormPart {
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/** Parts of one request at most. */
const partsMax = 100;
const headBytesMax = 4096;
const lineEnd = Buffer.from('\r\n');
const headEnd = Buffer.from('\r\n\r\n');

const refuse = (detail: string): never => {
  throw new IsnadError('invalid-parameter', `The multipart body cannot be read: ${detail}.`);
};

const headerOf = (head: string, name: string): string | undefined =>
  head
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim();

const readPart = (part: Buffer): FormPart => {
  // A part without headers begins with the empty line.
  const end = part.indexOf(lineEnd) === 0 ? 0 : part.indexOf(headEnd);
  if (end < 0 || end > headBytesMax) return refuse('a part has no end of its headers');
  const start = end === 0 ? lineEnd.length : end + headEnd.length;
  const contentType = headerOf(part.toString('latin1', 0, end), 'content-type');
  return { contentType, bytes: part.subarray(start) };
};

/**
 * The parts of a `multipart/form-data` body (RFC 7578), of which the graph store protocol asks.
 *
 * @throws IsnadError `invalid-parameter` for a body that is not well formed
 */
export const readMultipart = (bytes: Uint8Array, boundary: string | undefined): FormPart[] => {
  if (boundary === undefined || !/^[\w'()+,./:=? -]{1,70}$/.test(boundary))
    return refuse('its Content-Type names no boundary');
  const body = Buffer.concat([lineEnd, bytes]);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: FormPart[] = [];
  let at = body.indexOf(delimiter);
  if (at < 0) refuse('its boundary is not there');
  for (;;) {
    const start = at + delimiter.length;
    if (body.toString('latin1', start, start + 2) === '--') return parts;
    const next = body.indexOf(delimiter, start);
    if (next < 0) return refuse('it ends without its last boundary');
    const from = body.indexOf(lineEnd, start);
    if (from < 0 || from > next) return refuse('a boundary is followed by something else');
    if (parts.length >= partsMax) return refuse(`it has more than ${partsMax} parts`);
    parts.push(readPart(body.subarray(from + lineEnd.length, next)));
    at = next;
  }
};

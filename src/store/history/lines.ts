/** Lines a piece of N-Quads holds at most. */
const pieceLines = 20_000;

/**
 * The lines of UTF-8 text, each with its line break, as strings of bytes: one character is one byte.
 * Such strings compare as code points do, and cost half of what decoded ones cost.
 */
export function* byteLines(text: Buffer): Generator<string> {
  const bytes = text.toString('latin1');
  let start = 0;
  while (start < bytes.length) {
    const at = bytes.indexOf('\n', start);
    const end = at === -1 ? bytes.length : at + 1;
    yield bytes.slice(start, end);
    start = end;
  }
}

/** Strings of bytes, sorted, as pieces of text that can be handed to another thread. */
export const toPieces = (lines: readonly string[]): Uint8Array[] => {
  const sorted = lines.toSorted();
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < sorted.length; from += pieceLines) {
    const text = sorted.slice(from, from + pieceLines).join('');
    // A buffer of its own: a pooled one cannot be handed over.
    const piece = new Uint8Array(text.length);
    Buffer.from(piece.buffer).write(text, 'latin1');
    pieces.push(piece);
  }
  return pieces;
};

/** Text as a string of bytes, and back. */
export const toByteString = (text: string): string => Buffer.from(text).toString('latin1');
export const fromByteString = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();

/** The subject of a canonical line, as bytes: an IRI without its brackets, or a blank node's label. */
export const subjectOf = (line: string): string =>
  line.startsWith('<') ? line.slice(1, line.indexOf('>')) : line.slice(0, line.indexOf(' '));

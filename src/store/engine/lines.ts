/**
 * Lines of N-Quads as strings of bytes: each character is one byte of the UTF-8 text. They compare as
 * bytes do, which is the order of code points, and take half the memory where the text is Arabic.
 */
export const pieceLines = 20_000;

/** The lines of a piece of UTF-8 text, each with its line break. */
export function* linesOf(piece: Uint8Array): Generator<string> {
  const text = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const next = end === -1 ? text.length : end + 1;
    yield text.slice(start, next);
    start = next;
  }
}

/** A JavaScript string in bytes, one character each. */
export const toByteString = (text: string): string => Buffer.from(text).toString('latin1');

/** Lines as pieces of UTF-8 text that the journal and the engines take one at a time. */
export const toPieces = (lines: Iterable<string>): Uint8Array<ArrayBuffer>[] => {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let piece: string[] = [];
  for (const line of lines) {
    piece.push(line);
    if (piece.length < pieceLines) continue;
    pieces.push(toPiece(piece));
    piece = [];
  }
  if (piece.length > 0) pieces.push(toPiece(piece));
  return pieces;
};

/** In a buffer of its own, so that it can be handed to another thread without a copy. */
const toPiece = (lines: readonly string[]): Uint8Array<ArrayBuffer> => {
  const text = lines.join('');
  const bytes = new Uint8Array(text.length);
  Buffer.from(bytes.buffer).write(text, 'latin1');
  return bytes;
};

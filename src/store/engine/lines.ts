/** Lines a piece of N-Quads holds at most: what the journal and the engines take at a time. */
export const pieceLines = 20_000;

const newline = 0x0a;

/** A view of the same bytes with Node's methods. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Calls `visit` with where each line starts and the byte after its line break. */
export const eachLine = (text: Buffer, visit: (start: number, end: number) => void): void => {
  let start = 0;
  while (start < text.length) {
    const at = text.indexOf(newline, start);
    const end = at === -1 ? text.length : at + 1;
    visit(start, end);
    start = end;
  }
};

/**
 * The lines of UTF-8 text, each with its line break, as strings of bytes: one character is one byte.
 * Such strings compare as bytes do, which is the order of code points.
 */
export const byteLines = (text: Uint8Array): string[] => {
  const bytes = asBuffer(text).toString('latin1');
  const lines: string[] = [];
  let start = 0;
  while (start < bytes.length) {
    const at = bytes.indexOf('\n', start);
    const end = at === -1 ? bytes.length : at + 1;
    lines.push(bytes.slice(start, end));
    start = end;
  }
  return lines;
};

/** Strings of bytes as the bytes, in a buffer of its own that can be handed to another thread. */
export const toBytes = (lines: readonly string[]): Uint8Array<ArrayBuffer> => {
  const text = lines.join('');
  const bytes = new Uint8Array(text.length);
  Buffer.from(bytes.buffer).write(text, 'latin1');
  return bytes;
};

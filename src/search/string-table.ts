/**
 * Many strings as one block of UTF-8, so that a worker hands over a hundred thousand of them without
 * copying, and only those that are shown are ever decoded.
 */
export interface StringTable {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each string starts, and at the end the total length. */
  readonly offsets: Uint32Array<ArrayBuffer>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Packs strings into a table; together they may take up to 4 GiB. */
export const packStrings = (strings: readonly string[]): StringTable => {
  const bytes = encoder.encode(strings.join(''));
  const offsets = new Uint32Array(strings.length + 1);
  let offset = 0;
  for (const [position, text] of strings.entries()) {
    offset += Buffer.byteLength(text);
    offsets[position + 1] = offset;
  }
  return { bytes, offsets };
};

/** The string at a position; the empty string outside the table. */
export const stringAt = ({ bytes, offsets }: StringTable, position: number): string =>
  decoder.decode(bytes.subarray(offsets[position] ?? 0, offsets[position + 1] ?? 0));

import { hash } from 'node:crypto';

/**
 * The hash of a graph: the sum, modulo 2^256, of the SHA-256 of each of its canonical N-Quads lines
 * (without the line break), as 64 hexadecimal digits. It does not depend on an order, and it can be kept
 * up to date by what a commit adds and removes alone. An empty graph's is all zeros.
 */
export const emptyGraphHash = '0'.repeat(64);

const modulus = 1n << 256n;
const toBigInt = (hex: string): bigint => BigInt(`0x${hex}`);
const toHex = (value: bigint): string =>
  (((value % modulus) + modulus) % modulus).toString(16).padStart(64, '0');

/** The hash of a graph with the hash `left` after lines whose sum is `right` were added. */
export const addHashes = (left: string, right: string): string =>
  toHex(toBigInt(left) + toBigInt(right));

/** The hash of a graph with the hash `left` after lines whose sum is `right` were removed. */
export const subtractHashes = (left: string, right: string): string =>
  toHex(toBigInt(left) - toBigInt(right));

/** A digest is eight 32-bit limbs; sums of so many of them are still exact in a double. */
const limbs = 8;
const exactMax = 2 ** 20;
const newline = 0x0a;

/** Sums the hashes of lines. */
export class LineHashSum {
  readonly #sums = new Float64Array(limbs);
  #pending = 0;
  #total = 0n;
  #lines = 0;

  /** How many lines were added. */
  get lines(): number {
    return this.#lines;
  }

  /** Adds one canonical N-Quads line, without its line break. */
  addLine(line: Uint8Array): void {
    const digest = hash('sha256', line, 'buffer');
    for (let limb = 0; limb < limbs; limb += 1)
      this.#sums[limb] = (this.#sums[limb] ?? 0) + digest.readUInt32BE(limb * 4);
    this.#lines += 1;
    this.#pending += 1;
    if (this.#pending === exactMax) this.#carry();
  }

  /** Adds every line of canonical N-Quads text whose lines each end in a line break. */
  addText(text: Uint8Array): void {
    const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    for (let start = 0; start < bytes.length;) {
      const end = bytes.indexOf(newline, start);
      const stop = end === -1 ? bytes.length : end;
      this.addLine(bytes.subarray(start, stop));
      start = stop + 1;
    }
  }

  /** The sum of all lines so far. */
  hex(): string {
    this.#carry();
    return toHex(this.#total);
  }

  #carry(): void {
    let sum = 0n;
    for (const limb of this.#sums) sum = (sum << 32n) + BigInt(limb);
    this.#total = (this.#total + sum) % modulus;
    this.#sums.fill(0);
    this.#pending = 0;
  }
}

/** The hash of a graph that consists of these pieces of canonical N-Quads, no line twice. */
export const hashOfLines = (pieces: Iterable<Uint8Array>): string => {
  const sum = new LineHashSum();
  for (const piece of pieces) sum.addText(piece);
  return sum.hex();
};

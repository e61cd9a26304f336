import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addHashes,
  emptyGraphHash,
  hashOfLines,
  LineHashSum,
  subtractHashes,
} from '../../src/rdf/graph-hash.ts';

/** The definition, word by word. */
const sumOfDigests = (lines: readonly string[]): string => {
  const digests = lines.map((line) => createHash('sha256').update(line).digest('hex'));
  const sum = digests.reduce((total, digest) => total + BigInt(`0x${digest}`), 0n);
  return (sum % 2n ** 256n).toString(16).padStart(64, '0');
};
const text = (lines: readonly string[]): Buffer =>
  Buffer.from(lines.map((line) => `${line}\n`).join(''));
const anyLines = fc.uniqueArray(
  fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll('\n', '') + ' .'),
);

describe('the hash of a graph', () => {
  it('is the sum of the hashes of its lines, in any order and any pieces', () => {
    fc.assert(
      fc.property(anyLines, fc.nat(), (lines, cut) => {
        const at = lines.length === 0 ? 0 : cut % lines.length;
        const pieces = [text(lines.slice(at)), text(lines.slice(0, at))];
        expect(hashOfLines(pieces)).toBe(sumOfDigests(lines));
      }),
    );
  });

  it('follows what is added and removed', () => {
    fc.assert(
      fc.property(anyLines, anyLines, (kept, gone) => {
        const both = addHashes(hashOfLines([text(kept)]), hashOfLines([text(gone)]));
        expect(subtractHashes(both, hashOfLines([text(gone)]))).toBe(sumOfDigests(kept));
      }),
    );
    expect(subtractHashes(hashOfLines([text(['a .'])]), hashOfLines([text(['a .'])]))).toBe(
      emptyGraphHash,
    );
  });

  it('is exact for more lines than its parts are added up for at once', () => {
    const sum = new LineHashSum();
    const line = Buffer.from('a .');
    const times = 2 ** 20 + 3;
    for (let n = 0; n < times; n += 1) sum.addLine(line);
    const digest = BigInt(`0x${createHash('sha256').update(line).digest('hex')}`);
    expect(BigInt(`0x${sum.hex()}`)).toBe((digest * BigInt(times)) % 2n ** 256n);
  });
});

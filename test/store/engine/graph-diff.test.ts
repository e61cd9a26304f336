import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffGraph } from '../../../src/store/engine/graph-diff.ts';
import { LineSet } from '../../../src/store/engine/line-set.ts';
import { pieceLines } from '../../../src/store/engine/lines.ts';

const text = (pieces: readonly Uint8Array[]): string[] =>
  Buffer.concat(pieces).toString().split('\n').slice(0, -1);
const word = fc.string({ unit: 'grapheme', maxLength: 6 }).map((value) => JSON.stringify(value));

describe('the difference of a graph', () => {
  it('is that of two sets of lines', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(word),
        fc.array(word),
        fc.constantFrom('', 'a:g', 'http://é/ق'),
        (stored, desired, graph) => {
          const ending = graph === '' ? ' .' : ` <${graph}> .`;
          const dump = Buffer.from(stored.map((each) => `<a:s> <a:p> ${each} .\n`).join(''));
          const lines = desired.map((each) => `<a:s> <a:p> ${each}${ending}`);
          const middle = Math.floor(lines.length / 2);
          const pieces = [lines.slice(0, middle), lines.slice(middle)].map((part) =>
            Buffer.from(part.map((line) => `${line}\n`).join('')),
          );
          const before = new Set(stored.map((each) => `<a:s> <a:p> ${each}${ending}`));
          const difference = diffGraph(graph, dump, pieces);
          expect(new Set(text(difference.added))).toEqual(new Set(lines).difference(before));
          expect(new Set(text(difference.removed))).toEqual(before.difference(new Set(lines)));
          expect(difference.addedQuads).toBe(text(difference.added).length);
          expect(difference.removedQuads).toBe(text(difference.removed).length);
        },
      ),
    );
  });

  it('comes in pieces of whole lines', () => {
    const lines = Array.from({ length: pieceLines * 2 + 1 }, (_, n) => `<a:s> <a:p> "${n}" .\n`);
    const { added } = diffGraph('', Buffer.alloc(0), [Buffer.from(lines.join(''))]);
    expect(added.map((piece) => text([piece]).length)).toEqual([pieceLines, pieceLines, 1]);
  });
});

describe('a set of lines', () => {
  it('knows its lines also where hashes collide and the table grows', () => {
    const set = new LineSet(1);
    const all = Buffer.from(
      Array.from({ length: 20_000 }, (_, n) => String(n).padStart(6, '0')).join(''),
    );
    const half = all.length / 2;
    const copy = Buffer.from(all);
    for (let at = 0; at < half; at += 6) expect(set.add(all, at, at + 6)).toBe(true);
    for (let at = 0; at < half; at += 6) expect(set.add(copy, at, at + 6)).toBe(false);
    expect(set.size).toBe(10_000);
    for (let at = 0; at < all.length; at += 6)
      expect(set.find(all, at, at + 6)).toBe(at < half ? at / 6 : -1);
    expect(() => set.at(10_000)).toThrow(RangeError);
  });
});

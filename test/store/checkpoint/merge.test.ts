import { mkdtempSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { array, assert, constantFrom, integer, property, uniqueArray } from 'fast-check';
import { expect, it } from 'vitest';
import { LineRuns } from '../../../src/store/checkpoint/line-runs.ts';
import { keyPrefix, mergeLines } from '../../../src/store/checkpoint/merge.ts';

const keys = ['', 'x', 'é', '𐀀', '\uFFFD'].flatMap((graph) =>
  ['a', 'ab', 'é', '𐀀', '\uFFFD'].map(
    (line) => keyPrefix(graph) + Buffer.from(line).toString('latin1'),
  ),
);
const key = constantFrom(...keys);
const inByteOrder = (set: Iterable<string>): string[] =>
  [...set].toSorted((a, b) => Buffer.compare(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1')));

it('merges as a set of lines would, however often runs are spilled', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'isnad-merge-'));
  const folder = path.join(root, 'runs');
  const check = (base: string[], toggles: string[], budgetBytes: number): void => {
    const runs = new LineRuns(folder, budgetBytes);
    const before = new Set(base);
    const after = new Set(base);
    for (const each of toggles) {
      const added = !after.has(each);
      runs.add(each, added);
      if (added) after.add(each);
      else after.delete(each);
    }
    expect([...mergeLines(inByteOrder(before), runs.sorted())]).toEqual(inByteOrder(after));
    runs.remove();
    expect(existsSync(folder)).toBe(false);
  };
  try {
    assert(property(uniqueArray(key), array(key), integer({ min: 100, max: 2000 }), check));
  } finally {
    rmSync(root, { recursive: true });
  }
});

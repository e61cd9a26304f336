import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupSame } from '../../src/search/same-objects.ts';

describe('things known to be the same', () => {
  it('have one name, the least of theirs, however the links were given', () => {
    const nameOf = groupSame([
      ['c', 'b'],
      ['d', 'c'],
      ['y', 'x'],
      ['a', 'd'],
    ]);
    expect(['a', 'b', 'c', 'd'].map(nameOf)).toEqual(['a', 'a', 'a', 'a']);
    expect(['x', 'y', 'z'].map(nameOf)).toEqual(['x', 'x', 'z']);
  });

  it('are the same in every order of the links', () => {
    const thing = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const pairs = fc.array(fc.tuple(thing, thing), { maxLength: 12 });
    fc.assert(
      fc.property(pairs, (links) => {
        const [forward, backward] = [groupSame(links), groupSame(links.toReversed())];
        for (const each of 'abcdefg') expect(forward(each)).toBe(backward(each));
        for (const [one, other] of links) expect(forward(one)).toBe(forward(other));
      }),
    );
  });
});

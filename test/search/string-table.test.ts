import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { packStrings, stringAt } from '../../src/search/string-table.ts';

it('a table of strings gives each string back, in any script', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (strings) => {
      const table = packStrings(strings);
      expect(strings.map((_, position) => stringAt(table, position))).toEqual(strings);
      expect(stringAt(table, strings.length)).toBe('');
    }),
  );
});

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { componentsOf } from '../../src/sparql/likely-long.ts';

interface Pattern {
  readonly names: readonly string[];
  readonly isAnchored: boolean;
  readonly isEndless: boolean;
}
type Components = ReturnType<typeof componentsOf>;

/** The same, said as simply as it can be: pattern by pattern, each against all components. */
const simply = (patterns: readonly Pattern[]): Components => {
  let components: Components = [];
  for (const { names, isAnchored, isEndless } of patterns) {
    const meets = (each: Components[number]): boolean => names.some((name) => each.names.has(name));
    const joined = components.filter(meets);
    const whole = {
      names: new Set([...names, ...joined.flatMap((each) => [...each.names])]),
      isAnchored: isAnchored || joined.some((each) => each.isAnchored),
      isEndless: isEndless || joined.some((each) => each.isEndless),
    };
    components = [...components.filter((each) => !meets(each)), whole];
  }
  return components;
};

/** Components in an order of their own. */
const told = (components: Components): string[] =>
  components
    .map(({ names, ...known }) => JSON.stringify([[...names].toSorted(), known]))
    .toSorted();

const patterns = fc.array(
  fc.record({
    names: fc.array(
      fc.nat(20).map((n) => `?v${n}`),
      { maxLength: 3 },
    ),
    isAnchored: fc.boolean(),
    isEndless: fc.boolean(),
  }),
  { maxLength: 20 },
);

it('joins the same patterns as comparing each with all', () => {
  fc.assert(
    fc.property(patterns, (some) => {
      expect(told(componentsOf(some))).toEqual(told(simply(some)));
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['a chain', (n: number) => [`?v${n}`, `?v${n + 1}`]],
  ['a chain that grows at both ends', (n: number) => [`?v${n}`, `?v${Math.max(n - 2, 0)}`]],
  ['a star', (n: number) => ['?centre', `?v${n}`]],
])('joins %s of many patterns into one', (_name, namesOf) => {
  const many = Array.from({ length: 50_000 }, (_, n) => ({
    names: namesOf(n),
    isAnchored: n === 7,
    isEndless: false,
  }));
  const found = componentsOf([...many, { names: ['?else'], isAnchored: false, isEndless: true }]);
  expect(found.map(({ isAnchored, isEndless }) => ({ isAnchored, isEndless }))).toEqual([
    { isAnchored: true, isEndless: false },
    { isAnchored: false, isEndless: true },
  ]);
});

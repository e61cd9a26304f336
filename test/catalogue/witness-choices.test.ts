import { afterAll, beforeAll, expect, it } from 'vitest';
import { witnessChoices } from '../../src/catalogue/witness-choices.ts';
import { createWitnessIndex, type WitnessIndex } from '../../src/search/witness-index.ts';
import { createMemoryStore } from '../fixtures/memory-store.ts';
import { base, heritage } from '../http/serve.ts';

const short = (iri: string): string => iri.slice(iri.lastIndexOf('/') + 1);

let index: WitnessIndex;
beforeAll(() => {
  index = createWitnessIndex(createMemoryStore(heritage, base), base);
});
afterAll(() => index.close());

it('the choices count each manuscript once, under its script and every broader one', async () => {
  const snapshot = await index.current(Date.now() + 10_000);
  const { holders, scripts } = witnessChoices(snapshot, { startOrdinal: 262, endOrdinal: 262 });
  expect(holders.map(({ iri, count }) => [short(iri), count])).toEqual([['1ibrary', 2]]);
  expect(scripts.map(({ iri, count }) => [short(iri), count])).toEqual([
    ['hijazi-i', 1],
    ['kufic', 1],
    ['kufic-d', 1],
  ]);
});

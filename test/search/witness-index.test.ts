import { afterEach, describe, expect, it } from 'vitest';
import { isIsnadError } from '../../src/errors.ts';
import { createWitnessIndex, type WitnessIndex } from '../../src/search/witness-index.ts';
import { createMemoryStore, type MemoryStore } from '../fixtures/memory-store.ts';
import { base, heritage } from '../http/serve.ts';

const open: WitnessIndex[] = [];
const start = (): { store: MemoryStore; index: WitnessIndex } => {
  const store = createMemoryStore(heritage, base);
  const index = createWitnessIndex(store, base);
  open.push(index);
  return { store, index };
};
afterEach(() => {
  for (const index of open.splice(0)) index.close();
});

const soon = (): number => Date.now() + 10_000;

describe('the witness index', () => {
  it('is read once for all who ask at the same commit', async () => {
    const { store, index } = start();
    const [one, other] = await Promise.all([index.current(soon()), index.current(soon())]);
    expect(one).toBe(other);
    const asked = store.queryCount();
    expect(await index.current(soon())).toBe(one);
    expect(store.queryCount()).toBe(asked);
  });

  it('follows every commit that touches it', async () => {
    const { store, index } = start();
    expect((await index.current(soon())).objects).toHaveLength(3);
    store.add(
      `<dataset/catalogue> { <id/manuscript/z> a <https://w3id.org/isnad/ontology#Manuscript> . }`,
      [`${base}dataset/catalogue`],
    );
    const after = await index.current(soon());
    expect(after.commit).toBe(2);
    expect(after.objects).toHaveLength(4);
  });

  it('is not built anew after a commit that does not', async () => {
    const { store, index } = start();
    const before = await index.current(soon());
    store.add(`<dataset/other> { <a> <b> "c" . }`, [`${base}dataset/other`]);
    const asked = store.queryCount();
    const after = await index.current(soon());
    expect(after.commit).toBe(2);
    expect(after.objects).toBe(before.objects);
    expect(store.queryCount()).toBe(asked + 1);
  });

  it('tells a reader whose time is up that it is busy', async () => {
    const { index } = start();
    const error: unknown = await index.current(Date.now() - 1).catch((thrown: unknown) => thrown);
    expect(isIsnadError(error) && error.code).toBe('store-busy');
    expect((await index.current(soon())).commit).toBe(1);
  });

  it('passes on what kept it from being built, and tries again for the next reader', async () => {
    const store = createMemoryStore(heritage, base);
    let broken = true;
    const index = createWitnessIndex(
      {
        ...store,
        query: (request) =>
          broken ? Promise.reject(new Error('the engine is gone')) : store.query(request),
      },
      base,
    );
    open.push(index);
    await expect(index.current(soon())).rejects.toThrow('the engine is gone');
    broken = false;
    expect((await index.current(soon())).commit).toBe(1);
  });
});

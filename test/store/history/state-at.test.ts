import { describe, expect, it } from 'vitest';
import type { EmbeddedStore } from '../../../src/store/embedded-store.ts';
import type { StateRequest } from '../../../src/store/time.ts';
import {
  base,
  content,
  description,
  manyTriples,
  openEmbedded,
  temporaryDirectory,
  write,
} from '../support.ts';

const textOf = async (store: EmbeddedStore, request: Omit<StateRequest, 'timeoutMs'>) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of store.time.state({ timeoutMs: 20_000, ...request })) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

/** The whole store as it is now, by its engines. */
const presentText = async (store: EmbeddedStore): Promise<string> => {
  const parts: Uint8Array[] = [];
  for (const { graph } of await store.listGraphs())
    parts.push(...((await store.readGraph(graph))?.nquads ?? []));
  return Buffer.concat(parts).toString();
};

const graphA = `${base}dataset/a`;
const graphB = `${base}dataset/b`;

describe('the state at a commit', () => {
  it('is to the byte what the engines held then, provenance and default graph included', async () => {
    const store = await openEmbedded(temporaryDirectory());
    const states = new Map<number, string>();
    const note = async (): Promise<void> => {
      states.set(store.head().sequence, await presentText(store));
    };
    await write(store, content(graphA, '<a:s> <a:p> "1"', '_:b1 <a:p> "é\\n"'));
    await note();
    await write(store, content('', '<a:s> <a:p> "default"'), content(graphB, '<a:s> <a:p> "2"'));
    await note();
    await write(store, content(graphA, '<a:s> <a:p> "3"'), { graph: graphB, removed: true });
    await note();
    await write(store, content('' /* nothing any more */), content(graphB));
    await note();
    for (const [at, text] of states) expect(await textOf(store, { at })).toBe(text);
    expect(await store.time.graphsAt(1)).toEqual([graphA, `${base}provenance`]);
    expect(await store.time.graphsAt(2)).toEqual(['', graphA, graphB, `${base}provenance`]);
    expect(await store.time.graphsAt(3)).toEqual(['', graphA, `${base}provenance`]);
    expect(await store.time.graphsAt(4)).toEqual([graphA, graphB, `${base}provenance`]);
    expect(await textOf(store, { at: 2, graphs: [graphB] })).toBe(
      `<a:s> <a:p> "2" <${graphB}> .\n`,
    );
  });

  it('is that of one commit, however much is written while it is read', async () => {
    const store = await openEmbedded(temporaryDirectory());
    const graphs = Array.from({ length: 6 }, (_, index) => `${base}dataset/g${index}`);
    await write(store, ...graphs.map((graph) => content(graph, ...manyTriples(50))));
    const at = store.head().sequence;
    const before = await presentText(store);
    const pieces: Uint8Array[] = [];
    const late: Promise<unknown>[] = [];
    let round = 0;
    for await (const piece of store.time.state({ at, timeoutMs: 20_000 })) {
      pieces.push(piece);
      round += 1;
      const change = (text: string) =>
        store.write(
          {
            kind: 'graphs',
            graphs: graphs.map((graph) => content(graph, `<a:s> <a:p> "${text}"`)),
          },
          description,
        );
      await change(`${round}`);
      // A commit that is still on its way when the next graph is asked for.
      late.push(change(`late ${round}`));
    }
    await Promise.all(late);
    expect(store.head().sequence).toBeGreaterThan(at + 6);
    expect(Buffer.concat(pieces).toString()).toBe(before);
  });
});

import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHashes, emptyGraphHash, hashOfLines } from '../../../src/rdf/graph-hash.ts';
import type { EmbeddedStore } from '../../../src/store/embedded-store.ts';
import type { GraphState } from '../../../src/store/store.ts';
import type { StateRequest } from '../../../src/store/time.ts';
import {
  base,
  collect,
  content,
  description,
  manyTriples,
  openEmbedded,
  stateOf,
  temporaryDirectory,
  write,
} from '../support.ts';

const textOf = async (store: EmbeddedStore, request: Omit<StateRequest, 'timeoutMs'>) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of store.time.state({ timeoutMs: 20_000, ...request })) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

/** The whole store as it is now: what the engines hold by their own dumps is this. */
const presentText = async (store: EmbeddedStore): Promise<string> => {
  const parts: Uint8Array[] = [];
  for (const { graph } of await store.listGraphs())
    parts.push(...((await store.readGraph(graph))?.nquads ?? []));
  expect(await store.checkEngines()).toEqual([]);
  const summaries = await store.listGraphs();
  const text = Buffer.concat(parts).toString();
  const lines = text.split('\n').slice(0, -1);
  expect(lines).toHaveLength(summaries.reduce((sum, { quads }) => sum + quads, 0));
  expect(hashOfLines([Buffer.from(text)])).toBe(
    summaries.reduce((sum, { hash }) => addHashes(sum, hash), emptyGraphHash),
  );
  return text;
};

/** Count and hash of the lines of pieces that are too long for one text. */
const stateOfLines = async (pieces: AsyncIterable<Uint8Array>): Promise<GraphState> => {
  const all = await collect(pieces);
  const quads = all.reduce(
    (sum, piece) => sum + Buffer.from(piece).toString('latin1').split('\n').length - 1,
    0,
  );
  return { quads, hash: hashOfLines(all) };
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
    await store.makeCheckpoint();
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
    await write(store, ...graphs.map((graph) => content(graph, ...manyTriples(8000))));
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

  it('is the same from the journal alone, from a checkpoint, and from a checkpoint and the commits since', async () => {
    const store = await openEmbedded(temporaryDirectory());
    const texts: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      const size = 700 + round * 100;
      await write(
        store,
        content(graphA, ...manyTriples(size)),
        content(graphB, `<a:s> <a:p> "${round}"`),
      );
      texts.push(await presentText(store));
      if (round % 2 === 1) await store.makeCheckpoint();
    }
    for (const [index, text] of texts.entries())
      expect(await textOf(store, { at: index + 1 })).toBe(text);
    await expect(textOf(store, { at: 7 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('goes on without a checkpoint that turns out to be damaged, and loses and repeats nothing', async () => {
    const dataDir = temporaryDirectory();
    const notices: string[] = [];
    const store = await openEmbedded(dataDir, { onNotice: (notice) => notices.push(notice) });
    await write(store, content(graphA, ...manyTriples(50_000)));
    const text = await presentText(store);
    await store.makeCheckpoint();
    const [checkpoint = ''] = readdirSync(path.join(dataDir, 'checkpoints'));
    const quads = path.join(dataDir, 'checkpoints', checkpoint, 'quads');
    const bytes = readFileSync(quads);
    bytes[bytes.length - 10]! ^= 1;
    writeFileSync(quads, bytes);
    expect(await textOf(store, { at: 1 })).toBe(text);
    expect(notices.join()).toContain('is damaged');
    expect(existsSync(quads)).toBe(false);
    expect(await textOf(store, { at: 1 })).toBe(text);
  });

  it('goes on without a checkpoint that lost blocks at its end', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    await write(store, content(graphA, ...manyTriples(50_000)));
    const text = await presentText(store);
    await store.makeCheckpoint();
    const [checkpoint = ''] = readdirSync(path.join(dataDir, 'checkpoints'));
    const quads = path.join(dataDir, 'checkpoints', checkpoint, 'quads');
    const firstBlock = 8 + readFileSync(quads).readUInt32LE(0);
    truncateSync(quads, firstBlock);
    expect(await textOf(store, { at: 1 })).toBe(text);
  });

  it('ends when its client leaves or takes no more, and leaves nothing behind', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    await write(store, content(graphA, ...manyTriples(50_000)));
    const ask = (signal?: AbortSignal): AsyncIterator<Uint8Array> =>
      store.time.state({ at: 1, timeoutMs: 20_000, client: 'a', signal })[Symbol.asyncIterator]();
    for (let round = 0; round < 2; round += 1) {
      const given = ask();
      await given.next();
      await given.return?.();
      const controller = new AbortController();
      const left = ask(controller.signal);
      await left.next();
      controller.abort(new Error('gone'));
      await expect(left.next()).rejects.toThrow('gone');
    }
    // A client may have two at once: had one of those above kept its place, this would wait for ever.
    expect(await ask().next()).toMatchObject({ done: false });
    const checkpoints = path.join(dataDir, 'checkpoints');
    expect(existsSync(checkpoints) ? readdirSync(checkpoints) : []).toEqual([]);
  });

  it('has at most two readings of one client at once, and a slow one holds up no other client', async () => {
    const store = await openEmbedded(temporaryDirectory());
    await write(store, content(graphA, ...manyTriples(50_000)));
    const ask = (client: string, timeoutMs = 20_000): AsyncIterator<Uint8Array> =>
      store.time.state({ at: 1, timeoutMs, client })[Symbol.asyncIterator]();
    const slow = [ask('slow'), ask('slow')];
    for (const pieces of slow) await pieces.next();
    await expect(ask('slow', 50).next()).rejects.toMatchObject({ code: 'store-busy' });
    expect(await ask('other').next()).toMatchObject({ done: false });
    for (const pieces of slow) await pieces.return?.();
  });

  it('sorts what does not fit into its memory on the disk, and removes that', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    const long = 'x'.repeat(20_000);
    const many = Array.from({ length: 3000 }, (_, n) => `<a:s> <a:p> "${n} ${long}"`);
    await write(store, content(graphA, ...many));
    const state = await stateOfLines(
      store.time.state({ at: 1, timeoutMs: 60_000, graphs: [graphA] }),
    );
    expect(state).toEqual(stateOf(graphA, ...many));
    const checkpoints = path.join(dataDir, 'checkpoints');
    expect(existsSync(checkpoints) ? readdirSync(checkpoints) : []).toEqual([]);
  });
});

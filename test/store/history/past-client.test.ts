import { describe, expect, it, onTestFinished } from 'vitest';
import type { Touched } from '../../../src/store/time.ts';
import { PastClient } from '../../../src/store/history/past-client.ts';
import { base, content, manyTriples, openEmbedded, temporaryDirectory, write } from '../support.ts';

const graph = `${base}dataset/a`;
const of: Touched = { kind: 'graph', graph };
const soon = (): number => Date.now() + 20_000;

/** A reader of the past of a store with so many lines, each in a commit that replaces all before. */
const readerOf = async (lines: number): Promise<PastClient> => {
  const dataDir = temporaryDirectory();
  const store = await openEmbedded(dataDir, { followHistory: true });
  for (const part of [lines, 1]) await write(store, content(graph, ...manyTriples(part)));
  await store.time.history({ of, limit: 1, deadlineAt: soon() });
  const reader = new PastClient({ dataDir });
  onTestFinished(async () => reader.close());
  return reader;
};

describe('a reader of the past', () => {
  it('goes on for others when one ran out of time or left, and never gives one the answer of another', async () => {
    const reader = await readerOf(60_000);
    const question = { from: 0, to: 1 };
    const all = async (turn: object = {}) =>
      reader.call('diff', { deadlineAt: soon(), ...turn }, question);
    const small = async (turn: object = {}) =>
      reader.call('history', { deadlineAt: soon(), ...turn }, { of, limit: 1 });
    await small();
    const late = all({ deadlineAt: Date.now() + 5 });
    const after = small();
    await expect(late).rejects.toMatchObject({ code: 'query-timeout' });
    expect(await after).toMatchObject({ more: true, touches: [{ sequence: 2 }] });
    const controller = new AbortController();
    const left = all({ signal: controller.signal });
    const next = small();
    controller.abort(new Error('gone'));
    await Promise.allSettled([left]);
    expect(await next).toMatchObject({ more: true, touches: [{ sequence: 2 }] });
    const [change] = await all();
    expect(change).toMatchObject({ graph, addedQuads: 60_000 });
  });

  it('lets a client wait with few questions only, and takes clients in turns', async () => {
    const reader = await readerOf(2000);
    const order: string[] = [];
    const ask = async (client: string): Promise<void> => {
      await reader.call('history', { deadlineAt: soon(), client }, { of, limit: 1 });
      order.push(client);
    };
    const many = Array.from({ length: 30 }, () => ask('a'));
    const other = ask('b');
    const outcomes = await Promise.allSettled(many);
    await other;
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(30 - 1 - 16);
    expect(refused[0]).toMatchObject({ reason: { code: 'client-busy' } });
    expect(order.indexOf('b')).toBeLessThan(3);
  });

  it('tells who waits or asks that it is closed', async () => {
    const reader = await readerOf(100);
    const asked = reader.call('diff', { deadlineAt: soon() }, { from: 0, to: 1 });
    const waiting = reader.call('diff', { deadlineAt: soon() }, { from: 0, to: 1 });
    const closed = Promise.allSettled([asked, waiting]);
    await reader.close();
    for (const each of await closed) expect(each).toMatchObject({ reason: { code: 'store-busy' } });
    await expect(
      reader.call('history', { deadlineAt: soon() }, { of, limit: 1 }),
    ).rejects.toMatchObject({ code: 'store-busy' });
  });
});

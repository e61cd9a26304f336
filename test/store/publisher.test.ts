import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import { createIris } from '../../src/model/iris.ts';
import { Committer } from '../../src/store/committer.ts';
import type { DueChange } from '../../src/store/engine/calls.ts';
import { RecentSteps } from '../../src/store/engine/steps.ts';
import { GraphTable } from '../../src/store/graph-table.ts';
import { Publisher, type PublisherParts } from '../../src/store/publisher.ts';
import { delta, withJournal } from './journal/files.ts';
import { newPool, newWorld, type World } from './engine/pool/fake-engine.ts';
import { base, description, temporaryDirectory } from './support.ts';

beforeEach(() => {
  // Files take true time.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => vi.useRealTimers());

/** Lets time pass, and what is done with files meanwhile. */
const pass = async (ms: number): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) {
    await vi.advanceTimersByTimeAsync(ms / 50);
    for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setImmediate(resolve));
  }
};

/** Waits for what files are needed for. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) {
    await vi.advanceTimersByTimeAsync(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
};

interface Setting {
  readonly world: World;
  readonly committer: Committer;
  readonly publisher: Publisher;
  readonly notices: string[];
  readonly headOnDisk: () => number;
}

const nothing = (): void => undefined;

/** A committer and a publisher over a journal and fake engines. */
const withStore = async (work: (setting: Setting) => Promise<void>): Promise<void> => {
  const directory = path.join(temporaryDirectory(), 'journal');
  await withJournal(directory, async (journal) => {
    const world = newWorld();
    const readers = newPool(world);
    const started = readers.start();
    await pass(100);
    await started;
    const notices: string[] = [];
    const writer = {
      changeAll: async (changes: readonly DueChange[]) =>
        changes.map(({ change }) => ({
          deltas:
            change.kind === 'delta' ? [delta(change.deltas[0]!.graph, '<a:s> <a:p> "o"')] : [],
        })),
      follow: nothing,
      discard: () => Promise.resolve(),
    };
    const iris = createIris(base);
    const parts = {
      iris,
      graphs: new GraphTable(iris),
      readers,
      writer,
      images: { consider: nothing },
      checkpoints: { consider: nothing },
      recent: new RecentSteps(),
      onNotice: (notice: string) => notices.push(notice),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what a publisher calls
    const publisher = new Publisher(parts as unknown as PublisherParts, journal.head);
    const committer = new Committer({
      journal,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what a committer calls
      writer: writer as unknown as PublisherParts['writer'],
      prepare: (commits) => publisher.prepare(commits),
      publish: async (commits) => publisher.publish(commits),
      withdraw: () => publisher.withdraw(),
      refusal: () => publisher.refusal,
    });
    const headOnDisk = (): number => journal.head.sequence;
    await work({ world, committer, publisher, notices, headOnDisk });
    await committer.idle();
    await readers.close();
    expect(world.violations).toEqual([]);
  });
};

const write = async (committer: Committer, graph: string): Promise<string> =>
  committer
    .write(
      {
        change: { kind: 'delta', deltas: [{ graph, added: [], removed: [] }] },
        options: {},
      },
      description,
    )
    .then(
      (record) => `commit ${record?.sequence}`,
      (error: unknown) => (error instanceof IsnadError ? error.code : String(error)),
    );

it('tells a writer whose commit no engine can show that it is recorded, and takes no further write until it is shown', () =>
  withStore(async ({ world, committer, publisher, notices, headOnDisk }) => {
    const seen: number[] = [];
    publisher.onCommit(({ sequence }) => seen.push(sequence));
    const before = write(committer, 'a:before');
    await until(() => publisher.head.sequence === 1);
    expect(await before).toBe('commit 1');
    world.unreadable = 2;
    const first = write(committer, 'a:first');
    await until(() => headOnDisk() === 2);
    // It comes while the first one waits, and is worked out meanwhile.
    const second = write(committer, 'a:second');
    await pass(29_000);
    expect(await Promise.race([first, Promise.resolve('waits')])).toBe('waits');
    await pass(2000);
    expect([await first, await second]).toEqual(['not-shown-yet', 'store-busy']);
    expect(await write(committer, 'a:third')).toBe('store-busy');
    expect(publisher.refusal?.code).toBe('store-busy');
    expect([headOnDisk(), publisher.head.sequence, seen]).toEqual([2, 1, [1]]);
    world.unreadable = Infinity;
    await pass(31_000);
    expect([publisher.head.sequence, seen, publisher.refusal]).toEqual([2, [1, 2], undefined]);
    expect(notices.at(-1)).toBe('Commit 2 is shown: writes go on.');
    const fourth = write(committer, 'a:fourth');
    await until(() => publisher.head.sequence === 3);
    expect(await fourth).toBe('commit 3');
    expect(seen).toEqual([1, 2, 3]);
  }));

it('is patient with a commit that takes an engine long to read', () =>
  withStore(async ({ world, committer, headOnDisk }) => {
    world.advanceMs = 70_000;
    const written = write(committer, 'a:large');
    await until(() => headOnDisk() === 1);
    await pass(65_000);
    expect(await Promise.race([written, Promise.resolve('waits')])).toBe('waits');
    await pass(10_000);
    expect(await written).toBe('commit 1');
  }));

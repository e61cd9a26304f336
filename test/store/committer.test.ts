import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import { fileIo, type JournalIo } from '../../src/store/journal/journal-io.ts';
import { Committer, type CommitterParts } from '../../src/store/committer.ts';
import type { DueChange } from '../../src/store/engine/calls.ts';
import type { Change, CommitRecord } from '../../src/store/store.ts';
import { description, temporaryDirectory } from './support.ts';
import { delta, withJournal } from './journal/files.ts';

type FakeWriter = CommitterParts['writer'];

/** A change that the fake writer answers with one quad named `n`, or breaks down of. */
const change = (n: string): Change => ({
  kind: 'delta',
  deltas: [{ graph: 'a:g', added: [Buffer.from(n)], removed: [] }],
});
const nameOf = (each: Change): string =>
  each.kind === 'delta' ? Buffer.from(each.deltas[0]!.added[0]!).toString() : '';

/** A writer that works changes out by their names alone. */
const fakeWriter = (batches: string[][]): FakeWriter =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what a committer calls
  ({
    changeAll: async (changes: readonly DueChange[]) => {
      const names = changes.map((due) => nameOf(due.change));
      batches.push(names);
      await Promise.resolve();
      if (names.includes('killer')) throw new IsnadError('store-full', 'The engine broke down.');
      return names.map((name) => {
        if (name === 'nothing') return { deltas: [] };
        if (name === 'bad')
          return { error: { code: 'rdf-syntax', detail: 'bad', position: undefined, extra: {} } };
        return { deltas: [{ ...delta('a:g', `<a:s> <a:p> "${name}"`), created: false }] };
      });
    },
    discard: () => Promise.resolve(),
  }) as unknown as FakeWriter;

interface Setting {
  readonly committer: Committer;
  readonly batches: string[][];
  readonly published: number[];
}

const withCommitter = async (work: (setting: Setting) => Promise<void>): Promise<void> => {
  const directory = path.join(temporaryDirectory(), 'journal');
  await withJournal(directory, async (journal) => {
    const batches: string[][] = [];
    const published: number[] = [];
    const prepared: number[] = [];
    const committer = new Committer({
      journal,
      writer: fakeWriter(batches),
      prepare: (commits) => prepared.push(...commits.map(({ record }) => record.sequence)),
      withdraw: () => undefined,
      refusal: () => undefined,
      publish: (commits) => {
        for (const { record } of commits) published.push(record.sequence);
        return Promise.resolve();
      },
    });
    await work({ committer, batches, published });
    expect(published).toEqual(prepared);
  });
};

const writeAll = (committer: Committer, ...names: readonly string[]) =>
  Promise.allSettled(
    names.map((name) => committer.write({ change: change(name), options: {} }, description)),
  );
const ends = (settled: readonly PromiseSettledResult<CommitRecord | undefined>[]) =>
  settled.map((each) =>
    each.status === 'fulfilled' ? each.value?.sequence : (each.reason as IsnadError).code,
  );

describe('writes that wait together', () => {
  it('refuses more writes than can wait, and makes all others', async () => {
    await withCommitter(async ({ committer }) => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 1100 }, (_, n) =>
          committer.write({ change: change(`n${n}`), options: {} }, description),
        ),
      );
      const made = outcomes.filter(({ status }) => status === 'fulfilled').length;
      const refused = outcomes.flatMap((each) =>
        each.status === 'rejected' ? [each.reason.code] : [],
      );
      expect(made).toBe(1000);
      expect(new Set(refused)).toEqual(new Set(['store-busy']));
    });
  });

  it('refuses a write whose time was over before its turn, and tries it on no engine', async () => {
    await withCommitter(async ({ committer, batches }) => {
      const late = { deadlineAt: Date.now() - 1 };
      await expect(
        committer.write({ change: change('late'), options: late }, description),
      ).rejects.toMatchObject({ code: 'query-timeout' });
      await committer.write({ change: change('a'), options: {} }, description);
      expect(batches).toEqual([['a']]);
    });
  });

  it('are tried together and become commits in their order', () =>
    withCommitter(async ({ committer, batches, published }) => {
      const settled = await writeAll(committer, 'a', 'nothing', 'bad', 'b');
      expect(ends(settled)).toEqual([1, undefined, 'rdf-syntax', 2]);
      expect(batches).toEqual([['a', 'nothing', 'bad', 'b']]);
      expect(published).toEqual([1, 2]);
    }));

  it('do not suffer from one that breaks the engine', () =>
    withCommitter(async ({ committer, batches, published }) => {
      const settled = await writeAll(committer, 'a', 'killer', 'b');
      expect(ends(settled)).toEqual([1, 'store-full', 2]);
      expect(batches).toEqual([['a', 'killer', 'b'], ['a'], ['killer'], ['b']]);
      expect(published).toEqual([1, 2]);
    }));

  it('leave out the one whose client has gone, and wait for what is done alone', () =>
    withCommitter(async ({ committer, published }) => {
      const gone = AbortSignal.abort(new Error('gone'));
      const order: string[] = [];
      const alone = committer.alone(async () => {
        order.push('begins');
        await new Promise((resolve) => setTimeout(resolve, 10));
        order.push('ends');
      });
      const left = committer.write({ change: change('a'), options: { signal: gone } }, description);
      const stays = committer.write({ change: change('b'), options: {} }, description);
      await expect(left).rejects.toThrow('gone');
      await Promise.all([alone, stays.then(() => order.push('written'))]);
      expect(order).toEqual(['begins', 'ends', 'written']);
      expect(published).toEqual([1]);
      await expect(committer.alone(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
      await committer.idle();
    }));
});

const pause = async (ms: number): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, ms));
};

const nothing = (): void => undefined;
const publish = (): Promise<void> => Promise.resolve();
const refusal = (): undefined => undefined;

/** A committer whose disk takes its time, or fails. */
const withSlowDisk = async (
  io: Partial<JournalIo>,
  work: (
    setting: Omit<Setting, 'published'> & { readonly discarded: () => number },
  ) => Promise<void>,
): Promise<void> => {
  const directory = path.join(temporaryDirectory(), 'journal');
  await withJournal(
    directory,
    async (journal) => {
      const batches: string[][] = [];
      let discarded = 0;
      const writer = fakeWriter(batches);
      writer.discard = () => {
        discarded += 1;
        return Promise.resolve();
      };
      const parts = { journal, writer, prepare: nothing, publish, withdraw: nothing, refusal };
      const committer = new Committer(parts);
      await work({ committer, batches, discarded: () => discarded });
      await committer.idle();
    },
    { io: { ...fileIo, ...io } },
  );
};

describe('writes that come while others are being journaled', () => {
  it('are tried meanwhile, and told of nothing before those they rest on', () =>
    withSlowDisk({ sync: () => pause(20) }, async ({ committer, batches }) => {
      const order: string[] = [];
      const first = writeAll(committer, 'a').then(() => order.push('a'));
      await pause(5);
      const second = writeAll(committer, 'nothing', 'bad').then(() => order.push('nothing, bad'));
      await pause(10);
      expect(batches).toEqual([['a'], ['nothing', 'bad']]);
      expect(order).toEqual([]);
      await Promise.all([first, second]);
      expect(order).toEqual(['a', 'nothing, bad']);
    }));

  it('are refused when those could not be synced', () =>
    withSlowDisk(
      {
        sync: async () => {
          await pause(20);
          throw new Error('the disk is gone');
        },
      },
      async ({ committer, batches, discarded }) => {
        const first = writeAll(committer, 'a');
        await pause(5);
        const second = writeAll(committer, 'b');
        expect(ends(await first)).toEqual(['write-failed']);
        expect(ends(await second)).toEqual(['write-failed']);
        expect(batches).toEqual([['a'], ['b']]);
        expect(discarded()).toBe(2);
      },
    ));

  it('are tried again, on a writer that knows nothing of those, when there was no room for them', () => {
    let writes = 0;
    const write: JournalIo['write'] = async (...given) => {
      writes += 1;
      if (writes > 1) return fileIo.write(...given);
      await pause(20);
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    };
    return withSlowDisk({ write }, async ({ committer, batches, discarded }) => {
      const first = writeAll(committer, 'a');
      await pause(5);
      const second = writeAll(committer, 'b');
      expect(ends(await first)).toEqual(['disk-full']);
      expect(ends(await second)).toEqual([1]);
      expect(batches).toEqual([['a'], ['b'], ['b']]);
      expect(discarded()).toBe(2);
    });
  });
});

import { describe, expect, it } from 'vitest';
import { judge, type ReadEvent, type WriteEvent } from './history-check.ts';

const append = (value: string, commit: number): WriteEvent => ({
  kind: 'append',
  key: 'list',
  value,
  commit,
  startedAt: commit * 10,
  endedAt: commit * 10 + 5,
});
const set = (value: string, replaces: string, commit: number): WriteEvent => ({
  ...append(value, commit),
  kind: 'set',
  key: 'register',
  replaces,
});
const read = (
  commit: number,
  startedAt: number,
  found: Readonly<Record<string, readonly string[]>>,
): ReadEvent => ({ commit, startedAt, found: new Map(Object.entries(found)) });

const none = { lostUpdates: 0, tornReads: 0, staleReads: 0, sharedCommits: 0 };

describe('the judge of histories', () => {
  const writes = [append('a', 1), set('1', '', 2), append('b', 3), set('2', '1', 4)];

  it('finds nothing in a history that can have happened', () => {
    const reads = [
      read(0, 0, {}),
      read(2, 26, { list: ['a'], register: ['1'] }),
      read(4, 46, { list: ['b', 'a'], register: ['2'] }),
    ];
    expect(judge(writes, reads)).toEqual(none);
  });

  it('finds a lost update, a torn read, a stale read, and two writes of one commit', () => {
    expect(judge([...writes, set('2', '1', 5)], [])).toEqual({ ...none, lostUpdates: 1 });
    expect(judge(writes, [read(3, 36, { list: ['b'], register: ['1'] })])).toEqual({
      ...none,
      tornReads: 1,
    });
    expect(judge(writes, [read(2, 46, { list: ['a'], register: ['1'] })])).toEqual({
      ...none,
      staleReads: 1,
    });
    expect(judge([append('a', 1), append('b', 1)], [])).toEqual({ ...none, sharedCommits: 1 });
  });
});

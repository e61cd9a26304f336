import path from 'node:path';
import { expect, it } from 'vitest';
import { verifyJournal } from '../../../src/store/verify/verify-journal.ts';
import {
  append,
  appendCommits,
  delta,
  readFiles,
  segment,
  withJournal,
  writeFiles,
} from '../journal/files.ts';
import { temporaryDirectory } from '../support.ts';

const newDirectory = (): string => path.join(temporaryDirectory(), 'journal');

it('finds nothing in an intact journal, and a flipped byte anywhere in its last record', async () => {
  const directory = newDirectory();
  const head = await withJournal(directory, async (journal) => {
    await appendCommits(journal, 3);
    return journal.head;
  });
  expect([...verifyJournal(directory, head)]).toEqual(
    [1, 2, 3].map((sequence) => ({ kind: 'progress', sequence })),
  );
  const files = readFiles(directory);
  const intact = files.get(segment) ?? Buffer.alloc(0);
  for (let back = 1; back < 60; back += 7) {
    const bytes = Buffer.from(intact);
    bytes[bytes.length - back] = (bytes[bytes.length - back] ?? 0) ^ 1;
    writeFiles(directory, new Map([...files, [segment, bytes]]));
    const found = [...verifyJournal(directory, head)].filter(({ kind }) => kind === 'finding');
    expect(found).toMatchObject([{ sequence: 3 }]);
  }
});

it('finds a commit whose stated hash or count is not that of its lines', async () => {
  const directory = newDirectory();
  const right = delta('a:g', '<a:s> <a:p> "1"');
  const head = await withJournal(directory, async (journal) => {
    await append(journal, { ...right, hashChange: '1'.repeat(64) });
    await append(journal, { ...delta('a:h', '<a:s> <a:p> "2"'), addedQuads: 2 });
    return journal.head;
  });
  const found = [...verifyJournal(directory, head)].filter(({ kind }) => kind === 'finding');
  expect(found).toMatchObject([
    { sequence: 1, problem: expect.stringContaining('the hash is') },
    { sequence: 2, problem: expect.stringContaining('it adds 1 quads') },
    { sequence: 2, problem: expect.stringContaining('it leaves 1 quads') },
  ]);
});

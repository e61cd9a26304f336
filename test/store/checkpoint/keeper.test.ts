import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CheckpointKeeper } from '../../../src/store/checkpoint/keeper.ts';
import { CheckpointShelf } from '../../../src/store/checkpoint/shelf.ts';
import { journalStart } from '../../../src/store/journal/place.ts';
import { base, content, openEmbedded, temporaryDirectory, write } from '../support.ts';

it('goes on after it was asked for a checkpoint when there was nothing new', async () => {
  const dataDir = temporaryDirectory();
  const store = await openEmbedded(dataDir);
  await store.makeCheckpoint();
  for (const value of ['one', 'two']) {
    await write(store, content('a:g', `<a:s> <a:p> "${value}"`));
    await store.makeCheckpoint();
    await store.makeCheckpoint();
  }
  expect(readdirSync(path.join(dataDir, 'checkpoints')).toSorted()).toEqual([
    '000000000001',
    '000000000002',
  ]);
});

it('tells of an error, and tries again when it is next asked', async () => {
  const notices: string[] = [];
  let asked = 0;
  const keeper = new CheckpointKeeper({
    shelf: new CheckpointShelf(temporaryDirectory(), () => undefined),
    journalDirectory: temporaryDirectory(),
    baseIri: base,
    point: () => {
      asked += 1;
      throw new Error('no such place');
    },
    head: () => ({ ...journalStart, sequence: 1 }),
    bytesTo: () => 0,
    onNotice: (notice) => notices.push(notice),
  });
  await keeper.make();
  await keeper.make();
  expect(asked).toBe(2);
  expect(notices).toEqual(Array(2).fill('No checkpoint was made: no such place.'));
});

it('asks for all that is known of the journal only where there is something to make of it', async () => {
  let asked = 0;
  const keeper = new CheckpointKeeper({
    shelf: new CheckpointShelf(temporaryDirectory(), () => undefined),
    journalDirectory: temporaryDirectory(),
    baseIri: base,
    point: () => {
      asked += 1;
      return { place: journalStart, recordedAt: '', graphs: [], starts: [] };
    },
    head: () => journalStart,
    bytesTo: () => 0,
    onNotice: () => undefined,
  });
  await keeper.make();
  expect(asked).toBe(0);
});

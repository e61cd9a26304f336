import path from 'node:path';
import { expect, it } from 'vitest';
import { createEmbeddedStore } from '../../../src/store/embedded.ts';
import { openJournal } from '../../../src/store/journal/open-journal.ts';
import { journalStart } from '../../../src/store/journal/place.ts';
import { readRecords } from '../../../src/store/journal/read-records.ts';
import { base, content, storeOptions, temporaryDirectory, write } from '../support.ts';
import { engineStart, startEngine } from './engines.ts';

it('leaves a checkpoint alone that is of a later commit than the one that is wanted', async () => {
  const dataDir = temporaryDirectory();
  const store = await createEmbeddedStore(storeOptions(dataDir));
  await write(store, content('a:g', '<a:s> <a:p> "first"'));
  await write(store, content('a:g', '<a:s> <a:p> "second"'));
  await store.makeCheckpoint();
  await store.close();
  const directory = path.join(dataDir, 'journal');
  const journal = await openJournal({ directory, baseIri: base });
  const { head } = journal;
  await journal.close();
  const checkpoint = path.join(dataDir, 'checkpoints', '000000000002');
  const start = { ...(await engineStart(64, directory)), checkpoint };
  const [first] = [...readRecords(directory, journalStart, head)];
  const badStarts: string[] = [];
  const engine = startEngine(start, { onBadStart: (what) => badStarts.push(what) });
  const text = async (): Promise<string> =>
    Buffer.concat((await engine.call('content', 'a:g')) ?? []).toString();
  await engine.call('advance', first!.end);
  expect(await text()).toBe('<a:s> <a:p> "first" <a:g> .\n');
  await engine.call('advance', head);
  expect(await text()).toBe('<a:s> <a:p> "second" <a:g> .\n');
  expect(badStarts).toEqual([]);
});

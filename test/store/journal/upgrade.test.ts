import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeSlot, headFileBytes, slotOffset } from '../../../src/store/journal/head-file.ts';
import { encodePayload } from '../../../src/store/journal/payload.ts';
import { journalStart, type Place } from '../../../src/store/journal/place.ts';
import { encodeRecord, type GraphEntry } from '../../../src/store/journal/record-format.ts';
import {
  encodeSegmentHeader,
  segmentHeaderBytes,
  segmentHeaderProblem,
} from '../../../src/store/journal/segment-format.ts';
import type { GraphDelta } from '../../../src/store/store.ts';
import {
  base,
  description,
  openEmbedded,
  readLines,
  stateOf,
  temporaryDirectory,
  write,
  content,
} from '../support.ts';
import { append, delta, readFiles, readLog, segment, withJournal, writeFiles } from './files.ts';

const dropped: GraphDelta = {
  ...delta('a:gone', '<a:s> <a:p> "o"'),
  added: [],
  removed: delta('a:gone', '<a:s> <a:p> "o"').added,
  addedQuads: 0,
  removedQuads: 1,
  created: false,
  dropped: true,
};

const withoutState = (entry: GraphEntry): GraphEntry => {
  const { after, ...rest } = entry;
  expect(after).toBeDefined();
  return rest;
};

/** A journal as format 1 wrote it: segments and head of that version, records that tell no hashes. */
const writeFormat1 = async (directory: string, commits: readonly GraphDelta[][]): Promise<void> => {
  const records: Uint8Array[] = [encodeSegmentHeader(1, 1)];
  let place: Place = { ...journalStart, offset: segmentHeaderBytes };
  for (const deltas of commits) {
    const stated = deltas.map((each) => ({ delta: each, after: { quads: 0, hash: '' } }));
    const { graphs, payload } = await encodePayload(stated);
    const header = {
      recordedAt: '2026-11-22T00:00:00.000Z',
      ...description,
      ...(place.sequence === 0 ? { baseIri: base } : {}),
      graphs: graphs.map(withoutState),
    };
    const record = encodeRecord(place, header, payload);
    records.push(...record.parts);
    const { sequence, offset } = place;
    place = { ...place, sequence: sequence + 1, hash: record.hash, offset: offset + record.bytes };
  }
  const head = Buffer.alloc(headFileBytes);
  for (const slot of [0, 1] as const) encodeSlot(place, 1).copy(head, slotOffset(slot));
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, segment), Buffer.concat(records));
  writeFileSync(path.join(directory, 'head'), head);
};

const history = [
  [delta('a:one', '<a:s> <a:p> "1"', '<a:s> <a:p> "2"'), delta('a:gone', '<a:s> <a:p> "o"')],
  [dropped, { ...delta('', '<a:s> <a:p> "d"'), created: false }],
];

describe('a journal of format 1', () => {
  it('is upgraded by one commit that states every graph’s hash; its own segment stays as it was', async () => {
    const directory = path.join(temporaryDirectory(), 'journal');
    await writeFormat1(directory, history);
    const before = readFiles(directory);
    const notices: string[] = [];
    const onNotice = (notice: string): void => void notices.push(notice);
    await withJournal(
      directory,
      async (journal) => {
        const log = await readLog(journal);
        expect(log.map(({ description: { activity } }) => activity)).toEqual([
          'update',
          'update',
          'upgrade',
        ]);
        expect(log.at(-1)?.graphs.map(({ graph, after }) => [graph, after])).toEqual([
          ['a:one', stateOf('a:one', '<a:s> <a:p> "1"', '<a:s> <a:p> "2"')],
          ['', stateOf('', '<a:s> <a:p> "d"')],
        ]);
      },
      { onNotice },
    );
    const after = readFiles(directory);
    expect(after.get(segment)).toEqual(before.get(segment));
    expect(segmentHeaderProblem(after.get('00000002.isnad')!, 2)).toBeUndefined();
    expect(notices).toHaveLength(1);
    await withJournal(directory, async (journal) => expect(journal.head.sequence).toBe(3));
  });

  it('is whole wherever the upgrade was cut off', async () => {
    const directory = path.join(temporaryDirectory(), 'journal');
    await writeFormat1(directory, history);
    const old = readFiles(directory);
    const hash = await withJournal(directory, async (journal) => journal.head.hash);
    const upgraded = readFiles(directory);
    const bytes = upgraded.get('00000002.isnad')!;
    for (let cut = 0; cut < bytes.length; cut += 5) {
      // The head is written last: until then it is the old one.
      writeFiles(directory, new Map([...old, ['00000002.isnad', bytes.subarray(0, cut)]]));
      await withJournal(directory, async (journal) => {
        expect(journal.head.sequence).toBe(3);
        expect(journal.stateOf('a:one').quads).toBe(2);
        expect(journal.head.hash).not.toBe('0'.repeat(64));
      });
    }
    expect(hash).toHaveLength(64);
  });

  it('without a commit takes records of the new format in a new segment', async () => {
    const directory = path.join(temporaryDirectory(), 'journal');
    await writeFormat1(directory, []);
    await withJournal(directory, async (journal) =>
      append(journal, delta('a:g', '<a:s> <a:p> "1"')),
    );
    expect([...readFiles(directory).keys()]).toEqual([segment, '00000002.isnad', 'head']);
    await withJournal(directory, async (journal) => expect(journal.head.sequence).toBe(1));
  });

  it('is a store that answers and takes writes', async () => {
    const dataDir = temporaryDirectory();
    await writeFormat1(path.join(dataDir, 'journal'), history);
    const store = await openEmbedded(dataDir);
    expect(await readLines(store, 'a:one')).toHaveLength(2);
    await write(store, content('a:one', '<a:s> <a:p> "1"'));
    const summary = (await store.listGraphs()).find(({ graph }) => graph === 'a:one');
    expect(summary).toMatchObject(stateOf('a:one', '<a:s> <a:p> "1"'));
  });
});

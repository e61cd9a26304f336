import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isIsnadError } from '../../../src/errors.ts';
import {
  encodeSlot,
  redactedHeadVersion,
  slotOffset,
} from '../../../src/store/journal/head-file.ts';
import { journalStart } from '../../../src/store/journal/place.ts';
import { recordBytes } from '../../../src/store/journal/record-format.ts';
import {
  encodeSegmentHeader,
  formatVersion,
  segmentHeaderBytes,
} from '../../../src/store/journal/segment-format.ts';
import type { CommitRecord } from '../../../src/store/store.ts';
import { temporaryDirectory } from '../support.ts';
import {
  appendCommits,
  readFiles,
  readLog,
  segment,
  withFile,
  withJournal,
  writeFiles,
  type Files,
} from './files.ts';

/** A sound journal of four commits, and the same when only three of them had been acknowledged. */
interface Sound {
  readonly files: Files;
  readonly log: readonly CommitRecord[];
  /** Where each record starts, and where the last ends. */
  readonly offsets: readonly number[];
}
let sound: Sound;
let unacknowledged: Files;

const directory = (): string => path.join(temporaryDirectory(), 'journal');

beforeAll(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const home = path.join(mkdtempSync(path.join(tmpdir(), 'isnad-damage-')), 'journal');
  await withJournal(home, async (journal) => appendCommits(journal, 3));
  const head = readFiles(home).get('head')!;
  const log = await withJournal(home, async (journal) => {
    await appendCommits(journal, 1);
    return readLog(journal);
  });
  const files = readFiles(home);
  const bytes = files.get(segment)!;
  const offsets: number[] = [segmentHeaderBytes];
  while (offsets.at(-1)! < bytes.length)
    offsets.push(offsets.at(-1)! + recordBytes(bytes.subarray(offsets.at(-1))));
  sound = { files, log, offsets };
  unacknowledged = withFile(files, 'head', () => head);
  if (offsets.length !== 5) throw new Error('The sound journal does not hold four records.');
});

interface Outcome {
  /** Commits found, or the error's code. */
  readonly found: number | string;
  readonly log: readonly CommitRecord[];
  readonly notices: readonly string[];
}

/** What a refused opening left in a directory: what had been put there. */
const leftThere = new Map<string, Files>();

/** Opens a journal of these files and says what came of it; a refusal must leave every byte alone. */
const open = async (home: string, files: Files): Promise<Outcome> => {
  writeFiles(home, files, leftThere.get(home));
  leftThere.delete(home);
  const notices: string[] = [];
  try {
    return await withJournal(
      home,
      async (journal) => ({ found: journal.head.sequence, log: await readLog(journal), notices }),
      { onNotice: (notice) => notices.push(notice) },
    );
  } catch (error) {
    if (!isIsnadError(error)) throw error;
    expect(changedFiles(home, files)).toEqual([]);
    leftThere.set(home, files);
    return { found: error.code, log: [], notices };
  }
};

const changedFiles = (home: string, files: Files): string[] => {
  const now = readFiles(home);
  const names = [...new Set([...now.keys(), ...files.keys()])];
  return names.filter((name) => !now.get(name)?.equals(files.get(name) ?? Buffer.alloc(0)));
};

const flip = (at: number) => (bytes: Buffer) => {
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
  return bytes;
};

/** A position in the head file that holds anything, or a sample of the rest. */
const isTelling = (at: number): boolean => at % 4096 < 70 || at % 509 === 0;

const record = (n: number): Buffer =>
  sound.files.get(segment)!.subarray(sound.offsets[n - 1], sound.offsets[n]);

const ofRecords = (...numbers: readonly number[]): Buffer =>
  Buffer.concat([encodeSegmentHeader(1), ...numbers.map((n) => record(n))]);

describe('a damaged journal', () => {
  it('is refused when one bit of a segment is wrong, at any byte', async () => {
    const home = directory();
    const bytes = sound.files.get(segment)!;
    for (let at = 0; at < bytes.length; at += 1) {
      const outcome = await open(home, withFile(sound.files, segment, flip(at)));
      expect(outcome, `byte ${at}`).toMatchObject({ found: 'store-damaged' });
    }
  });

  it('loses nothing when one bit of the head is wrong, at any byte', async () => {
    const home = directory();
    for (let at = 0; at < sound.files.get('head')!.length; at += 1) {
      if (!isTelling(at)) continue;
      const { found, log } = await open(home, withFile(sound.files, 'head', flip(at)));
      expect({ found, log }, `byte ${at}`).toEqual({ found: 4, log: sound.log });
    }
  });

  it('is refused when it was cut off before its head, at any byte', async () => {
    const home = directory();
    const bytes = sound.files.get(segment)!;
    for (let length = 0; length < bytes.length; length += 1) {
      const outcome = await open(
        home,
        withFile(sound.files, segment, (all) => all.subarray(0, length)),
      );
      expect(outcome.found, `${length} bytes`).toBe('store-damaged');
    }
  });

  it('keeps every acknowledged commit when the last, unacknowledged one is cut off at any byte', async () => {
    const home = directory();
    const [, , , start = 0, end = 0] = sound.offsets;
    for (let length = start; length <= end; length += 1) {
      const files = withFile(unacknowledged, segment, (all) => all.subarray(0, length));
      const { found, log, notices } = await open(home, files);
      const whole = length === end ? 4 : 3;
      expect({ found, log }, `${length} bytes`).toEqual({
        found: whole,
        log: sound.log.slice(0, whole),
      });
      const aside = readdirSync(home).filter((name) => name.startsWith('set-aside-'));
      const torn = length > start && length < end;
      expect(notices).toHaveLength(torn || length === end ? 1 : 0);
      const kept = aside.map((name) => readFiles(home).get(name));
      expect(kept).toEqual(torn ? [files.get(segment)?.subarray(start)] : []);
    }
  });

  it('keeps every acknowledged commit when the tail beyond them is zeros or noise, and can be written again', async () => {
    const [, , , start = 0] = sound.offsets;
    for (const fill of [0, 0xff]) {
      const home = directory();
      const files = withFile(unacknowledged, segment, (bytes) => bytes.fill(fill, start));
      expect(await open(home, files)).toMatchObject({ found: 3, log: sound.log.slice(0, 3) });
      await withJournal(home, async (journal) => appendCommits(journal, 1));
      expect(await withJournal(home, async (journal) => journal.head.sequence)).toBe(4);
    }
  });

  it.each([
    ['swapped', [1, 3, 2, 4]],
    ['repeated', [1, 2, 2, 3, 4]],
    ['left out', [1, 2, 4]],
    ['missing at the start', [2, 3, 4]],
    ['missing at the end', [1, 2, 3]],
  ])('is refused when records are %s', async (_, numbers) => {
    const files = withFile(sound.files, segment, () => ofRecords(...numbers));
    expect(await open(directory(), files)).toMatchObject({ found: 'store-damaged' });
  });

  it('sets aside a record repeated after the head', async () => {
    const outcome = await open(
      directory(),
      withFile(sound.files, segment, () => ofRecords(1, 2, 3, 4, 4)),
    );
    expect(outcome).toMatchObject({
      found: 4,
      log: sound.log,
      notices: [expect.stringContaining('set aside')],
    });
  });

  it('is told apart from the journal of another store', async () => {
    const other = directory();
    await withJournal(other, async (journal) => appendCommits(journal, 4), { now: () => 0 });
    const files = withFile(sound.files, segment, () => readFiles(other).get(segment)!);
    expect((await open(directory(), files)).found).toBe('store-damaged');
  });

  it('is never replaced by an empty one', async () => {
    const without = (name: string): Files => withFile(sound.files, name, () => undefined);
    for (const files of [without('head'), without(segment), new Map<string, Buffer>()])
      expect((await open(directory(), files)).found).toBe('store-damaged');
    const blank = withFile(sound.files, 'head', (bytes) => bytes.fill(0));
    expect((await open(directory(), blank)).found).toBe('store-damaged');
  });

  it('names the file, the offset and the commit', async () => {
    const home = directory();
    const at = sound.offsets[2]! + 100;
    writeFiles(home, withFile(sound.files, segment, flip(at)));
    await expect(withJournal(home, async () => undefined)).rejects.toMatchObject({
      extra: { file: path.join(home, segment), offset: sound.offsets[2], commit: 3 },
      message: expect.stringContaining('commit 3'),
    });
  });

  it('of a later format is refused as such, in its segment or its head', async () => {
    const later = withFile(sound.files, segment, (bytes) =>
      Buffer.concat([
        encodeSegmentHeader(1, formatVersion + 1),
        bytes.subarray(segmentHeaderBytes),
      ]),
    );
    expect((await open(directory(), later)).found).toBe('store-version');
    const laterHead = withFile(sound.files, 'head', (bytes) => {
      encodeSlot(journalStart, redactedHeadVersion + 1).copy(bytes, slotOffset(0));
      return bytes;
    });
    expect((await open(directory(), laterHead)).found).toBe('store-version');
  });

  it('with an unfinished next segment goes on from the last whole commit', async () => {
    const home = directory();
    const next = '00000002.isnad';
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(7), encodeSegmentHeader(3)]) {
      const files = new Map(sound.files).set(next, bytes);
      const { found, notices } = await open(home, files);
      expect({ found, notices: notices.length }).toEqual({ found: 4, notices: 1 });
      await withJournal(home, async (journal) => appendCommits(journal, 1), {
        segmentBytesMax: 100,
      });
      expect(await withJournal(home, async (journal) => journal.head)).toMatchObject({
        sequence: 5,
        segment: 2,
      });
    }
    const fresh = new Map(sound.files).set(next, encodeSegmentHeader(2));
    expect(await open(home, fresh)).toMatchObject({ found: 4, notices: [] });
    await withJournal(home, async (journal) => appendCommits(journal, 1));
    expect(await withJournal(home, async (journal) => journal.head)).toMatchObject({
      sequence: 5,
      segment: 2,
    });
  });
});

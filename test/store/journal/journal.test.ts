import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePayload } from '../../../src/store/journal/payload.ts';
import { journalStart } from '../../../src/store/journal/place.ts';
import { readRecords } from '../../../src/store/journal/read-records.ts';
import { collect, temporaryDirectory, utf8 } from '../support.ts';
import {
  append,
  appendCommits,
  delta,
  readFiles,
  readLog,
  segment,
  withFile,
  withJournal,
  writeFiles,
} from './files.ts';

const newDirectory = (): string => path.join(temporaryDirectory(), 'journal');

describe('the journal', () => {
  it('is made whole, readable by its owner only', async () => {
    const directory = newDirectory();
    await withJournal(directory, async (journal) => expect(journal.head).toEqual(journalStart));
    expect(readdirSync(directory)).toEqual([segment, 'head']);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(directory, segment)).mode & 0o777).toBe(0o600);
  });

  it('gives back what was written, after it was closed and opened again', async () => {
    const directory = newDirectory();
    const written = await withJournal(directory, async (journal) => {
      await appendCommits(journal, 3);
      return readLog(journal);
    });
    expect(written.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    await withJournal(directory, async (journal) => {
      expect(journal.head).toMatchObject({ sequence: 3, hash: written[2]?.hash });
      expect(await readLog(journal)).toEqual(written);
      expect(await collect(journal.records(3))).toEqual(written.slice(2));
      await appendCommits(journal, 1);
    });
    await withJournal(directory, async (journal) => expect(journal.head.sequence).toBe(4));
  });

  it('shows no metadata that is not what the next commit, or the head, says', async () => {
    const directory = newDirectory();
    await withJournal(directory, async (journal) => {
      await appendCommits(journal, 3);
      const file = path.join(directory, segment);
      const sound = readFileSync(file);
      const places: number[] = [];
      for (let at = sound.indexOf('"actor":"'); at >= 0; at = sound.indexOf('"actor":"', at + 1))
        places.push(at + '"actor":"'.length);
      expect(places).toHaveLength(3);
      for (const [index, at] of places.entries())
        // Another letter, and one that ends the text of the actor.
        for (const flip of [0x01, 0x22 ^ (sound[at] ?? 0)]) {
          const bytes = Buffer.from(sound);
          bytes[at] = (bytes[at] ?? 0) ^ flip;
          writeFileSync(file, bytes);
          await expect(readLog(journal)).rejects.toMatchObject({
            code: 'store-damaged',
            extra: { commit: index + 1 },
          });
        }
      writeFileSync(file, sound);
      expect(await readLog(journal)).toHaveLength(3);
    });
  });

  it('gives back every byte of the quads', async () => {
    const directory = newDirectory();
    const text = `<a:s> <a:p> "${'مصحف '.repeat(5000)}"`;
    const both = {
      ...delta('a:g', text),
      removed: [utf8('<a:x> <a:p> "x" <a:g> .\n')],
      removedQuads: 1,
    };
    const head = await withJournal(directory, async (journal) => {
      await append(journal, both, { ...delta('a:h'), added: [] });
      return journal.head;
    });
    const [found] = [...readRecords(directory, journalStart, head)];
    const deltas = decodePayload(found!.record).map(({ entry, removed, added }) => ({
      graph: entry.graph,
      removed: Buffer.concat([...removed]).toString(),
      added: Buffer.concat([...added]).toString(),
    }));
    expect(deltas).toEqual([
      { graph: 'a:g', removed: '<a:x> <a:p> "x" <a:g> .\n', added: `${text} <a:g> .\n` },
      { graph: 'a:h', removed: '', added: '' },
    ]);
  });

  it('never records an earlier time than before, whatever the clock says', async () => {
    const directory = newDirectory();
    const times = [Date.UTC(2026, 5, 1), Date.UTC(2020, 0, 1), Date.UTC(2026, 5, 2)];
    const now = (): number => times.shift() ?? 0;
    await withJournal(directory, async (journal) => appendCommits(journal, 2), { now });
    await withJournal(
      directory,
      async (journal) => {
        await appendCommits(journal, 2);
        expect((await readLog(journal)).map(({ recordedAt }) => recordedAt.slice(0, 10))).toEqual([
          '2026-06-01',
          '2026-06-01',
          '2026-06-02',
          '2026-06-02',
        ]);
      },
      { now },
    );
  });

  it('fixes the base IRI with the first commit, not before', async () => {
    const directory = newDirectory();
    await withJournal(directory, async () => undefined);
    const baseIri = 'https://isnad.example/';
    await withJournal(directory, async (journal) => appendCommits(journal, 1), { baseIri });
    const before = readFiles(directory);
    await expect(withJournal(directory, async () => undefined)).rejects.toMatchObject({
      code: 'store-base-iri',
      message: expect.stringContaining(baseIri),
    });
    expect(readFiles(directory)).toEqual(before);
  });

  it('goes on in a new segment when one is full', async () => {
    const directory = newDirectory();
    const options = { segmentBytesMax: 1500 };
    await withJournal(directory, async (journal) => appendCommits(journal, 5), options);
    await withJournal(directory, async (journal) => appendCommits(journal, 5), options);
    const segments = readdirSync(directory).filter((name) => name.endsWith('.isnad'));
    expect(segments.length).toBeGreaterThan(2);
    const head = await withJournal(directory, async (journal) => {
      expect((await readLog(journal)).map(({ sequence }) => sequence)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
      ]);
      return journal.head;
    });
    const found = [...readRecords(directory, journalStart, head)];
    expect(found.map(({ end }) => end.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const [middle] = found.slice(4);
    expect([...readRecords(directory, middle!.end, head)]).toHaveLength(5);
  });

  it('keeps its chain when a payload is blotted out, and tells the payload is not the one named', async () => {
    const directory = newDirectory();
    await withJournal(directory, async (journal) => appendCommits(journal, 2));
    const files = readFiles(directory);
    const bytes = readFileSync(path.join(directory, segment));
    const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
    const at = bytes.indexOf(zstdMagic);
    expect(at).toBeGreaterThan(0);
    const { crc32 } = await import('node:zlib');
    const { recordBytes } = await import('../../../src/store/journal/record-format.ts');
    const start = journalStart.offset;
    const end = start + recordBytes(bytes.subarray(start));
    bytes.fill(0, at, end - 4);
    bytes.writeUInt32LE(crc32(bytes.subarray(start, end - 4)), end - 4);
    writeFiles(
      directory,
      withFile(files, segment, () => bytes),
    );
    const head = await withJournal(directory, async (journal) => journal.head);
    const [first] = [...readRecords(directory, journalStart, head)];
    const [redacted] = decodePayload(first!.record);
    expect(() => [...redacted!.added]).toThrow(
      /Unknown frame descriptor|not the one its header names/,
    );
  });

  describe('when the disk fails', () => {
    it('takes no further write after a failed sync', async () => {
      const directory = newDirectory();
      let syncs = 0;
      const { fileIo } = await import('../../../src/store/journal/journal-io.ts');
      const io = {
        ...fileIo,
        sync: async (file: Parameters<typeof fileIo.sync>[0]): Promise<void> => {
          syncs += 1;
          if (syncs === 3) throw new Error('EIO');
          await fileIo.sync(file);
        },
      };
      await withJournal(
        directory,
        async (journal) => {
          await appendCommits(journal, 1);
          await expect(appendCommits(journal, 1)).rejects.toMatchObject({ code: 'write-failed' });
          expect(journal.writable).toBe(false);
          expect(journal.head.sequence).toBe(1);
          await expect(appendCommits(journal, 1)).rejects.toMatchObject({ code: 'write-failed' });
          expect(syncs).toBe(3);
        },
        { io },
      );
      await withJournal(directory, async (journal) => {
        // The record had been written whole before its sync failed: it may be kept, never halved.
        expect(journal.head.sequence).toBeGreaterThanOrEqual(1);
        await appendCommits(journal, 1);
      });
    });

    it('has taken back on the disk too what it could not write, before it takes anything else', async () => {
      const directory = newDirectory();
      const { fileIo } = await import('../../../src/store/journal/journal-io.ts');
      const file = path.join(directory, segment);
      const order: string[] = [];
      let full = false;
      const io = {
        write: async (...[to, parts, offset]: Parameters<typeof fileIo.write>): Promise<void> => {
          order.push('write');
          if (!full) return fileIo.write(to, parts, offset);
          await to.write(parts[0]!, 0, 10, offset);
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        },
        sync: async (of: Parameters<typeof fileIo.sync>[0]): Promise<void> => {
          order.push(`sync at ${statSync(file).size}`);
          await fileIo.sync(of);
        },
      };
      await withJournal(
        directory,
        async (journal) => {
          await appendCommits(journal, 1);
          const { size } = statSync(file);
          full = true;
          order.length = 0;
          await expect(appendCommits(journal, 1)).rejects.toMatchObject({ code: 'disk-full' });
          expect(order).toEqual(['write', `sync at ${size}`]);
          full = false;
          await appendCommits(journal, 1);
        },
        { io },
      );
    });

    it('takes no further write when what it could not write cannot be taken back for good', async () => {
      const directory = newDirectory();
      const { fileIo } = await import('../../../src/store/journal/journal-io.ts');
      let fails = false;
      const io = {
        write: async (...given: Parameters<typeof fileIo.write>): Promise<void> => {
          if (fails) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
          await fileIo.write(...given);
        },
        sync: async (of: Parameters<typeof fileIo.sync>[0]): Promise<void> => {
          if (fails) throw new Error('EIO');
          await fileIo.sync(of);
        },
      };
      await withJournal(
        directory,
        async (journal) => {
          fails = true;
          await expect(appendCommits(journal, 1)).rejects.toMatchObject({ code: 'write-failed' });
          fails = false;
          expect(journal.writable).toBe(false);
          await expect(appendCommits(journal, 1)).rejects.toMatchObject({ code: 'write-failed' });
        },
        { io },
      );
    });

    it('goes on after a full disk has room again', async () => {
      const directory = newDirectory();
      const { fileIo } = await import('../../../src/store/journal/journal-io.ts');
      let full = true;
      const io = {
        ...fileIo,
        write: async (...[file, parts, offset]: Parameters<typeof fileIo.write>): Promise<void> => {
          if (!full) return fileIo.write(file, parts, offset);
          await file.write(parts[0]!, 0, 10, offset);
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        },
      };
      await withJournal(
        directory,
        async (journal) => {
          const size = statSync(path.join(directory, segment)).size;
          await expect(appendCommits(journal, 1)).rejects.toMatchObject({ code: 'disk-full' });
          expect(statSync(path.join(directory, segment)).size).toBe(size);
          expect(journal.writable).toBe(true);
          full = false;
          await appendCommits(journal, 2);
        },
        { io },
      );
      await withJournal(directory, async (journal) => expect(journal.head.sequence).toBe(2));
    });
  });
});

import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { fileIo, syncDirectory } from '../journal/journal-io.ts';
import { segmentFileName } from '../journal/place.ts';
import { damaged } from '../journal/read-records.ts';
import {
  decodeRecord,
  headerBytes,
  previousOf,
  recordBytes,
  recordPrefixBytes,
  type DecodedRecord,
} from '../journal/record-format.ts';
import { isMarker, markerOf, type Redactions } from '../journal/redactions.ts';
import { segmentHeaderBytes } from '../journal/segment-format.ts';
import { SegmentFile } from '../journal/segment-file.ts';

/** Ending of the name of a segment that is being written anew. */
export const rewritingSuffix = '.redacting';
const checksumBytes = 4;

/** Puts markers in the place of withheld pieces of a record's bytes; whether there were any. */
const blank = (bytes: Buffer, record: DecodedRecord, redactions: Redactions): boolean => {
  const pieces = record.header.graphs.flatMap(({ removed, added }) => [...removed, ...added]);
  let at = recordPrefixBytes + headerBytes(bytes);
  let changed = false;
  for (const { sha256, storedBytes } of pieces) {
    const stored = bytes.subarray(at, at + storedBytes);
    if (redactions.pieceOf(record.sequence, sha256) && !isMarker(stored)) {
      markerOf(storedBytes).copy(stored);
      changed = true;
    }
    at += storedBytes;
  }
  if (changed) bytes.writeUInt32LE(crc32(bytes.subarray(0, -checksumBytes)), bytes.length - 4);
  return changed;
};

/** Copies a segment record by record; whether the copy differs. Bytes that are no record stay. */
const copyBlanked = async (
  file: SegmentFile,
  target: FileHandle,
  redactions: Redactions,
  damageAt: (offset: number, problem: string) => Error,
): Promise<boolean> => {
  await fileIo.write(target, [file.read(0, segmentHeaderBytes)], 0);
  let changed = false;
  for (let offset = segmentHeaderBytes; offset < file.size;) {
    const bytes = lengthAt(file, offset);
    if (offset + bytes > file.size) throw damageAt(offset, 'it is cut short');
    // A copy, because the window of the file is read again.
    const copy = Buffer.from(file.read(offset, bytes));
    const record = decodeRecord(copy, previousOf(copy));
    if (typeof record === 'string') throw damageAt(offset, record);
    changed = blank(copy, record, redactions) || changed;
    await fileIo.write(target, [copy], offset);
    offset += bytes;
    // What may follow the redaction's own commit is no record: the journal judges it when it is opened.
    if (record.sequence < redactions.generation) continue;
    await fileIo.write(target, [file.read(offset, Math.max(0, file.size - offset))], offset);
    break;
  }
  return changed;
};

const lengthAt = (file: SegmentFile, offset: number): number => {
  const prefix = file.read(offset, recordPrefixBytes);
  return prefix.length < recordPrefixBytes ? Infinity : recordBytes(prefix);
};

/**
 * Lets the withheld pieces of a segment give way to markers of the same length. Sequence, chain and headers
 * stay, and every record keeps its place. The segment is written anew beside the old one and renamed: a
 * crash leaves the one or the other, and who is reading the old file reads on in it.
 *
 * @throws IsnadError `store-damaged` for a segment that is not whole; it is as it was then
 */
export const rewriteSegment = async (
  journal: string,
  segment: number,
  redactions: Redactions,
): Promise<void> => {
  const name = path.join(journal, segmentFileName(segment));
  const draft = `${name}${rewritingSuffix}`;
  const damageAt = (offset: number, problem: string): Error =>
    damaged(journal, segment, offset, redactions.generation, problem);
  await rm(draft, { force: true });
  const file = new SegmentFile(name);
  try {
    await using target = await open(draft, 'wx', 0o600);
    const changed = await copyBlanked(file, target, redactions, damageAt);
    await target.sync();
    if (changed) await rename(draft, name);
    else await rm(draft);
  } finally {
    file.close();
  }
  await syncDirectory(journal);
};

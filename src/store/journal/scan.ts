import { readdirSync } from 'node:fs';
import path from 'node:path';
import { damaged, readRecordAt } from './read-records.ts';
import { journalStart, segmentFileName, segmentNumber, type Place } from './place.ts';
import type { RecordHeader } from './record-format.ts';
import { SegmentFile } from './segment-file.ts';
import { segmentHeaderBytes, segmentHeaderProblem } from './segment-format.ts';

/** A record found by a scan: its metadata, where it starts and where it ends. */
export interface FoundRecord {
  readonly header: RecordHeader;
  readonly startsAt: number;
  readonly end: Place;
}

/** Bytes beyond the head that are no record: what a crash in the middle of a write leaves. */
export interface TornTail {
  readonly segment: number;
  /** 0 when the whole file, header included, is not a segment. */
  readonly offset: number;
  readonly problem: string;
}

export interface ScanResult {
  /** The last record, which may be newer than the head: synced, but the crash came before the head. */
  readonly last: Place;
  /** The last segment with an intact header, which takes the next record. */
  readonly segment: number;
  readonly torn: TornTail | undefined;
}

/** The numbers of the segment files present, in order. */
export const listSegments = (directory: string): number[] =>
  readdirSync(directory)
    .map(segmentNumber)
    .filter((segment) => segment !== undefined)
    .toSorted((left, right) => left - right);

const isBeyond = (head: Place, segment: number, offset: number): boolean =>
  segment > head.segment || (segment === head.segment && offset >= head.offset);

interface SegmentEnd {
  readonly last: Place;
  readonly torn: TornTail | undefined;
}

/** What a bad spot means: a torn tail beyond the head, damage before it. */
const judge = (directory: string, head: Place, last: Place, torn: TornTail): SegmentEnd => {
  const { segment, offset, problem } = torn;
  if (isBeyond(head, segment, offset)) return { last, torn };
  throw damaged(directory, segment, offset, last.sequence + 1, problem);
};

function* scanSegment(
  directory: string,
  head: Place,
  segment: number,
  before: Place,
  from: number,
): Generator<FoundRecord, SegmentEnd> {
  const file = new SegmentFile(path.join(directory, segmentFileName(segment)));
  try {
    const problem = segmentHeaderProblem(file.read(0, segmentHeaderBytes), segment);
    if (problem !== undefined)
      return judge(directory, head, before, { segment, offset: 0, problem });
    let last = before;
    let offset = from;
    while (offset < file.size) {
      const record = readRecordAt(file, offset, last);
      if (typeof record === 'string')
        return judge(directory, head, last, { segment, offset, problem: record });
      const startsAt = offset;
      offset += record.bytes;
      last = { sequence: record.sequence, hash: record.hash, segment, offset };
      if (last.sequence === head.sequence && last.hash !== head.hash)
        throw damaged(directory, segment, startsAt, last.sequence, 'its hash is not the head’s');
      yield { header: record.header, startsAt, end: last };
    }
    return { last, torn: undefined };
  } finally {
    file.close();
  }
}

/**
 * Reads every segment and checks checksums, order and chain against the head. Changes nothing.
 *
 * @param from a commit known to be there, after which it begins; else before the first
 * @throws IsnadError `store-damaged` when anything up to the head is not as it was written,
 *   `store-version` for a segment of a later format
 */
export function* scanJournal(
  directory: string,
  head: Place,
  from: Place = journalStart,
): Generator<FoundRecord, ScanResult> {
  const present = new Set(listSegments(directory));
  let last = from;
  let { segment } = from;
  for (; present.has(segment); segment += 1) {
    const offset = segment === from.segment ? from.offset : segmentHeaderBytes;
    const end: SegmentEnd = yield* scanSegment(directory, head, segment, last, offset);
    last = end.last;
    if (!end.torn) continue;
    if (last.sequence < head.sequence) throw endsEarly(directory, head, last);
    return { last, segment: end.torn.offset === 0 ? segment - 1 : segment, torn: end.torn };
  }
  if (last.sequence < head.sequence) throw endsEarly(directory, head, last);
  if (segment <= head.segment)
    throw damaged(directory, segment, 0, last.sequence + 1, 'the file is missing');
  return { last, segment: segment - 1, torn: undefined };
}

const endsEarly = (directory: string, head: Place, last: Place) =>
  damaged(
    directory,
    last.segment,
    last.offset,
    last.sequence + 1,
    `the journal ends at commit ${last.sequence}, but commit ${head.sequence} was acknowledged`,
  );

import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import { journalStart, segmentFileName } from '../journal/place.ts';
import { damaged, readRecordAt } from '../journal/read-records.ts';
import { readRedactions } from '../journal/redactions.ts';
import type { DecodedRecord } from '../journal/record-format.ts';
import { SegmentFile } from '../journal/segment-file.ts';
import type { DiffRequest, GraphChange, Touched } from '../time.ts';
import { belongingTo, commitsToRead } from './find-touches.ts';
import { indexedRecord, type IndexDatabase, type IndexedRecord } from './index-database.ts';
import { subjectOf, toByteString } from './lines.ts';
import { inverse, netChanges, type LineFilter } from './net-lines.ts';

/** Where the past is read from. */
export interface PastSources {
  readonly database: IndexDatabase;
  /** The directory of the journal. */
  readonly journal: string;
}

/** @throws IsnadError `not-found` */
export const placeOf = (database: IndexDatabase, sequence: number): IndexedRecord => {
  const found = indexedRecord(database, sequence);
  if (found) return found;
  throw new IsnadError('not-found', `There is no commit ${sequence}.`);
};

/** The records of these commits, read from where the index says they lie, each checked again. */
export function* readCommits(
  { database, journal }: PastSources,
  sequences: Iterable<number>,
): Generator<DecodedRecord> {
  const redactions = readRedactions(journal);
  let open: { readonly segment: number; readonly file: SegmentFile } | undefined;
  try {
    for (const sequence of sequences) {
      const { place, starts } = placeOf(database, sequence);
      const before = sequence === 1 ? journalStart : placeOf(database, sequence - 1).place;
      if (open?.segment !== place.segment) {
        open?.file.close();
        const file = new SegmentFile(path.join(journal, segmentFileName(place.segment)));
        open = { segment: place.segment, file };
      }
      const record = readRecordAt(open.file, starts, before);
      if (typeof record === 'string')
        throw damaged(journal, place.segment, starts, sequence, record);
      yield { ...record, redactions };
    }
  } finally {
    open?.file.close();
  }
}

const everything: LineFilter = { wantsGraph: () => true, wantsLine: () => true };

const filterOf = (database: IndexDatabase, of: Touched | undefined): LineFilter => {
  if (!of) return everything;
  if (of.kind === 'graph') return { ...everything, wantsGraph: (graph) => graph === of.graph };
  const nodes = new Set(belongingTo(database, of.iri).map(toByteString));
  return { ...everything, wantsLine: (line) => nodes.has(subjectOf(line)) };
};

/** What changed from one commit to another, net. */
export const readDiff = (
  sources: PastSources,
  { from, to, of }: Pick<DiffRequest, 'of' | 'from' | 'to'>,
): GraphChange[] => {
  const { database } = sources;
  const [first, last] = from <= to ? [from, to] : [to, from];
  for (const end of [first, last]) if (end !== 0) placeOf(database, end);
  const records = readCommits(sources, commitsToRead(database, first, last, of));
  const changes = netChanges(records, filterOf(database, of));
  return from <= to ? changes : changes.map(inverse);
};

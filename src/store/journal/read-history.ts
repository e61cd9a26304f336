import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { isThere } from '../is-there.ts';
import { IsnadError } from '../../errors.ts';
import type { CommitRecord } from '../store.ts';
import { GraphStates } from './graph-states.ts';
import type { JournalPoint } from './journal-point.ts';
import { journalStart, segmentFileName, type Place } from './place.ts';
import { damaged } from './read-records.ts';
import {
  decodeMetadata,
  headerBytes,
  recordBytes,
  recordPrefixBytes,
  toCommitRecord,
} from './record-format.ts';
import type { RecordStart } from './record-start.ts';
import { scanJournal, type FoundRecord, type ScanResult } from './scan.ts';
import { SegmentFile } from './segment-file.ts';

/** How long a scan may hold the thread before it lets others run, in milliseconds. */
const breathEveryMs = 20;

/** What a journal says of itself when it is opened. */
export interface History {
  readonly starts: RecordStart[];
  readonly states: GraphStates;
  readonly recordedAt: string;
  readonly scan: ScanResult;
}

export interface HistoryOptions {
  readonly directory: string;
  readonly baseIri: string;
  /** A commit whose state is known, from which on the journal is read; else its first. */
  readonly from?: JournalPoint | undefined;
  /** Commits that were on the disk once, as checkpoints say that themselves cannot be begun with. */
  readonly witnessed?: readonly Place[];
  /** Told of each commit found, oldest first. */
  readonly onRecord?: (record: CommitRecord) => void;
}

/** @throws IsnadError `store-base-iri` */
export const checkBaseIri = (stored: string, wanted: string): void => {
  if (stored !== wanted)
    throw new IsnadError(
      'store-base-iri',
      `The base IRI of this data directory is ${stored}, not ${wanted}.`,
    );
};

const checkFirst = ({ directory, baseIri }: HistoryOptions, found: FoundRecord): void => {
  const stored = found.header.baseIri;
  if (stored === undefined) throw damaged(directory, 1, found.startsAt, 1, 'it names no base IRI');
  checkBaseIri(stored, baseIri);
};

/** Why a record is not the commit that ends at `place`, if it is not. */
const problemAt = (file: SegmentFile, start: RecordStart, place: Place): string | undefined => {
  const prefix = file.read(start.offset, recordPrefixBytes);
  if (prefix.length < recordPrefixBytes) return 'the journal ends before it';
  const end = start.offset + recordBytes(prefix);
  if (end > file.size) return 'the journal ends before it';
  if (end !== place.offset || start.offset + recordPrefixBytes + headerBytes(prefix) > end)
    return 'it is not where the checkpoint found it';
  const { sequence, hash } = decodeMetadata(
    file.read(start.offset, recordPrefixBytes + headerBytes(prefix)),
  );
  return sequence === place.sequence && hash === place.hash ? undefined : 'it is another one';
};

/**
 * A checkpoint is made of commits that were on the disk. A journal that does not hold its commit has lost
 * it since, or is not the journal of this directory.
 *
 * @throws IsnadError `store-damaged`
 */
const checkPoint = (directory: string, head: Place, { place, starts }: JournalPoint): void => {
  const start = starts[place.sequence - 1];
  const refuse = (segment: number, offset: number, problem: string): never => {
    const why = `a checkpoint of commit ${place.sequence} exists, but ${problem}`;
    throw damaged(directory, segment, offset, place.sequence, why);
  };
  if (head.sequence === place.sequence && head.hash !== place.hash)
    return refuse(place.segment, place.offset, 'the head names another one');
  if (start?.segment !== place.segment) return refuse(place.segment, 0, 'it names no such record');
  for (let segment = 1; segment <= place.segment; segment += 1)
    if (!isThere(path.join(directory, segmentFileName(segment))))
      return refuse(segment, 0, 'the file is missing');
  const file = new SegmentFile(path.join(directory, segmentFileName(place.segment)));
  try {
    const problem = problemAt(file, start, place);
    if (problem !== undefined) refuse(place.segment, start.offset, problem);
  } finally {
    file.close();
  }
};

const refusePoint = (directory: string, place: Place, offset: number, problem: string): never => {
  const why = `a checkpoint of commit ${place.sequence} exists, but ${problem}`;
  throw damaged(directory, place.segment, offset, place.sequence, why);
};

/**
 * Reads a journal from a known commit, or from its first, to its end, and checks it on the way.
 *
 * @param head the newest commit that was acknowledged, as its file says
 * @throws IsnadError `store-damaged`, `store-version`, `store-base-iri`
 */
export const readHistory = async (options: HistoryOptions, head: Place): Promise<History> => {
  const { directory, from, witnessed = [], onRecord } = options;
  if (from) checkPoint(directory, head, from);
  const starts = [...(from?.starts ?? [])];
  const states = new GraphStates();
  for (const { graph, quads, hash } of from?.graphs ?? []) states.set(graph, { quads, hash });
  let recordedAt = from?.recordedAt ?? '';
  let breath = performance.now();
  // A head that is behind was torn: the checkpoint's commit was on the disk before the checkpoint was.
  const newest = from && from.place.sequence > head.sequence ? from.place : head;
  const scan = scanJournal(directory, newest, from?.place ?? journalStart);
  for (let step = scan.next(); ; step = scan.next()) {
    if (step.done) {
      const lost = witnessed.find(({ sequence }) => sequence > step.value.last.sequence);
      if (lost) refusePoint(directory, lost, step.value.last.offset, 'the journal ends before it');
      return { starts, states, recordedAt, scan: step.value };
    }
    const found = step.value;
    const { sequence, hash } = found.end;
    if (witnessed.some((place) => place.sequence === sequence && place.hash !== hash))
      refusePoint(directory, found.end, found.startsAt, 'it is another one');
    if (found.end.sequence === 1) checkFirst(options, found);
    starts.push({ segment: found.end.segment, offset: found.startsAt });
    recordedAt = found.header.recordedAt;
    const record = toCommitRecord(found.end, found.header);
    states.apply(record.graphs);
    onRecord?.(record);
    if (performance.now() - breath < breathEveryMs) continue;
    await breathe();
    breath = performance.now();
  }
};

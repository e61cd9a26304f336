import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import type { CommitRef } from '../store.ts';
import { segmentFileName, type Place } from './place.ts';
import {
  decodeRecord,
  recordBytes,
  recordPrefixBytes,
  type DecodedRecord,
} from './record-format.ts';
import { readRedactions, type Redactions } from './redactions.ts';
import { segmentHeaderBytes } from './segment-format.ts';
import { SegmentFile } from './segment-file.ts';

/** A record, and where it ends. */
export interface PlacedRecord {
  readonly record: DecodedRecord;
  readonly end: Place;
}

/** The record at `offset`, which must follow `previous`; a text says why it is none. */
export const readRecordAt = (
  file: SegmentFile,
  offset: number,
  previous: CommitRef,
): DecodedRecord | string => {
  const prefix = file.read(offset, recordPrefixBytes);
  if (prefix.length < recordPrefixBytes) return 'it is cut short';
  const bytes = recordBytes(prefix);
  if (offset + bytes > file.size) return 'it is cut short, or its length is wrong';
  return decodeRecord(file.read(offset, bytes), previous);
};

/** What to do about damage: the directory is evidence, so a backup goes into another one. */
export const repairAdvice = (directory: string): string => {
  const dataDir = path.dirname(directory);
  return (
    'Nothing was changed. Keep the directory as it is: ' +
    `“npm run isnad -- verify --data-dir ${dataDir}” says what else is damaged, and ` +
    '“npm run isnad -- restore BACKUP --data-dir NEW-DIRECTORY” brings the last backup back.'
  );
};

/** The error for a journal that cannot be trusted: names the file, the offset and the commit. */
export const damaged = (
  directory: string,
  segment: number,
  offset: number,
  commit: number,
  problem: string,
): IsnadError => {
  const file = path.join(directory, segmentFileName(segment));
  return new IsnadError(
    'store-damaged',
    `The journal is damaged at commit ${commit}, in ${file} from byte ${offset}: ${problem}. ` +
      repairAdvice(directory),
    { position: { file }, extra: { file, offset, commit } },
  );
};

function* readSegment(
  directory: string,
  from: Place,
  to: Place,
  redactions: Redactions,
): Generator<PlacedRecord, Place> {
  const file = new SegmentFile(path.join(directory, segmentFileName(from.segment)));
  try {
    let place = from;
    while (place.sequence < to.sequence && place.offset < file.size) {
      const record = readRecordAt(file, place.offset, place);
      if (typeof record === 'string')
        throw damaged(directory, place.segment, place.offset, place.sequence + 1, record);
      const { sequence, hash } = record;
      place = { sequence, hash, segment: place.segment, offset: place.offset + record.bytes };
      yield { record: { ...record, redactions }, end: place };
    }
    return place;
  } finally {
    file.close();
  }
}

/**
 * The records after `from` up to `to`, in order, each checked against its checksum and the chain.
 * Reads the files synchronously: meant for engine workers.
 *
 * @param redactions what is withheld, for all records alike
 * @throws IsnadError `store-damaged`
 */
export function* readRecords(
  directory: string,
  from: Place,
  to: Place,
  redactions = readRedactions(directory),
): Generator<PlacedRecord> {
  let place = from;
  while (place.sequence < to.sequence) {
    place = yield* readSegment(directory, place, to, redactions);
    if (place.sequence === to.sequence) break;
    if (place.segment >= to.segment)
      throw damaged(directory, place.segment, place.offset, place.sequence + 1, 'it is missing');
    place = { ...place, segment: place.segment + 1, offset: segmentHeaderBytes };
  }
  if (place.hash !== to.hash)
    throw damaged(
      directory,
      place.segment,
      place.offset,
      place.sequence,
      'its hash is not the head’s',
    );
}

import type { CommitRef } from '../store.ts';
import { segmentHeaderBytes } from './segment-format.ts';

/** A commit and where its record ends in the journal, which is where the next record is looked for. */
export interface Place extends CommitRef {
  /** Number of the segment file, from 1. */
  readonly segment: number;
  /** Byte after the record. */
  readonly offset: number;
}

/** The place before the first commit: sequence 0, an all-zero hash, the first byte after a header. */
export const journalStart: Place = {
  sequence: 0,
  hash: '0'.repeat(64),
  segment: 1,
  offset: segmentHeaderBytes,
};

/** Name of a segment file: eight digits, so that names sort as numbers do. */
export const segmentFileName = (segment: number): string =>
  `${String(segment).padStart(8, '0')}.isnad`;

const segmentName = /^\d{8}\.isnad$/;

/** The number in the name of a segment file, or nothing for any other file. */
export const segmentNumber = (fileName: string): number | undefined =>
  segmentName.test(fileName) ? Number.parseInt(fileName, 10) : undefined;

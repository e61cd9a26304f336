import { rm } from 'node:fs/promises';
import path from 'node:path';
import { isThere } from '../is-there.ts';
import { dropProjections } from '../drop-projections.ts';
import { notWritten } from '../journal/append.ts';
import { syncDirectory } from '../journal/journal-io.ts';
import { segmentFileName, type Place } from '../journal/place.ts';
import { readRecordAt } from '../journal/read-records.ts';
import type { DecodedRecord } from '../journal/record-format.ts';
import {
  pendingPath,
  readRedactionIndex,
  readRedactions,
  redactionsDirectory,
  type RedactionIndex,
} from '../journal/redactions.ts';
import { segmentHeaderBytes } from '../journal/segment-format.ts';
import { isPassing } from '../passing-error.ts';
import { SegmentFile } from '../journal/segment-file.ts';
import { completeRedaction } from './complete.ts';
import { publishIndex, sweep } from './stage.ts';

const recordIn = (
  journal: string,
  segment: number,
  offset: number,
  base: Place,
): DecodedRecord | undefined => {
  const name = path.join(journal, segmentFileName(segment));
  if (!isThere(name)) return undefined;
  const file = new SegmentFile(name);
  try {
    const record = readRecordAt(file, offset, base);
    return typeof record === 'string' ? undefined : record;
  } finally {
    file.close();
  }
};

/** The commit after a place, if its record is whole: behind it, or first in the next segment. */
const recordAfter = (journal: string, base: Place): DecodedRecord | undefined =>
  recordIn(journal, base.segment, base.offset, base) ??
  recordIn(journal, base.segment + 1, segmentHeaderBytes, base);

/** Whether the commit of a staged redaction is in the journal: nothing else can follow its base. */
const isCommitted = (journal: string, index: RedactionIndex): boolean =>
  recordAfter(journal, index.base)?.header.activity === 'redaction';

/** A stage that was being written when the process died has no commit yet. */
const readPending = (file: string): RedactionIndex | undefined => {
  try {
    return readRedactionIndex(file);
  } catch (error) {
    if (isPassing(error)) throw error;
    return undefined;
  }
};

/**
 * Whether a redaction that has been committed has not come to its end: it is under way, or a start has to
 * complete it. May be asked without the directory's lock.
 */
export const isUnfinished = (journal: string): boolean => {
  const pending = readPending(pendingPath(journal));
  if (pending && isCommitted(journal, pending)) return true;
  return readRedactions(journal).index?.complete === false;
};

/** Lets a staged redaction count when its commit is in the journal, else clears its stage away. */
export const settlePending = async (journal: string): Promise<void> => {
  const file = pendingPath(journal);
  if (!isThere(file)) return;
  const pending = readPending(file);
  if (pending && isCommitted(journal, pending)) {
    await publishIndex(journal);
    return;
  }
  await rm(file);
  await syncDirectory(redactionsDirectory(journal));
};

/**
 * Settles a redaction that a crash cut short, before the journal is opened: forward when its commit is in
 * the journal, else back. To be called with the directory's lock held.
 *
 * @throws IsnadError `store-damaged`
 */
export const recoverRedaction = async (
  dataDir: string,
  onNotice: (notice: string) => void,
): Promise<void> => {
  const journal = path.join(dataDir, 'journal');
  if (!isThere(redactionsDirectory(journal))) return;
  await settlePending(journal);
  const { index } = readRedactions(journal);
  if (!index || index.complete) {
    await sweep(journal);
    return;
  }
  const name = `The redaction of commit ${index.generation}, which was cut short,`;
  try {
    await completeRedaction(journal, async () => {
      await dropProjections(dataDir);
    });
    onNotice(`${name} is complete now.`);
  } catch (error) {
    // Nobody is shown what is withheld; for want of room its bytes stay until a later start.
    const { code, message } = notWritten(error);
    if (code !== 'disk-full') throw error;
    onNotice(`${name} could not be completed: ${message}`);
  }
};

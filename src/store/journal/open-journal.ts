import path from 'node:path';
import { isThere } from '../is-there.ts';
import { Appender } from './append.ts';
import { createJournal } from './create.ts';
import { redactedHeadVersion, type Head } from './head-file.ts';
import { fileIo } from './journal-io.ts';
import { Journal, segmentBytesMaxOf, type JournalOptions } from './journal.ts';
import { segmentFileName } from './place.ts';
import { readHead } from './read-head.ts';
import { readHistory } from './read-history.ts';
import { readRedactions } from './redactions.ts';
import type { ScanResult } from './scan.ts';
import { SegmentFile } from './segment-file.ts';
import { formatVersion, segmentHeaderBytes, segmentVersion } from './segment-format.ts';
import { setAside } from './set-aside.ts';

/** What a crash left behind is put right only after the whole journal has verified. */
const mend = async (
  options: JournalOptions,
  appender: Appender,
  head: Head,
  { last }: ScanResult,
): Promise<void> => {
  const adopted = last.sequence - head.place.sequence;
  if (adopted > 0)
    options.onNotice?.(`${adopted} commit(s) written after the last head were kept.`);
  if (!head.whole) options.onNotice?.('One of the two slots of the head was unreadable.');
  if (adopted === 0 && head.whole) return;
  await appender.sync();
  await appender.writeHead(last);
};

const versionOf = (directory: string, segment: number): number => {
  const file = new SegmentFile(path.join(directory, segmentFileName(segment)));
  try {
    return segmentVersion(file.read(0, segmentHeaderBytes));
  } finally {
    file.close();
  }
};

const upgradeOrClose = async (journal: Journal, options: JournalOptions): Promise<void> => {
  try {
    const record = await journal.upgrade();
    options.onRecord?.(record);
    options.onNotice?.(`${record.description.message}, in commit ${record.sequence}.`);
  } catch (error) {
    await journal.close();
    throw error;
  }
};

/**
 * Opens the journal, or makes an empty one where there is none. The caller holds the directory's lock.
 *
 * @throws IsnadError `store-damaged`, `store-version`, `store-base-iri`; nothing is changed then
 */
export const openJournal = async (options: JournalOptions): Promise<Journal> => {
  const { directory, onNotice } = options;
  if (!isThere(directory)) await createJournal(directory);
  const head = readHead(directory);
  const history = await readHistory(options, head.place);
  const { last, segment, torn } = history.scan;
  if (torn)
    for (const { file, bytes } of await setAside(directory, torn, new Date()))
      onNotice?.(`${bytes} bytes after commit ${last.sequence} were set aside in ${file}.`);
  const appender = await Appender.open({
    directory,
    head: head.place,
    headSlot: head.slot,
    segment,
    offset: segment === last.segment ? last.offset : segmentHeaderBytes,
    segmentVersion: versionOf(directory, segment),
    segmentBytesMax: segmentBytesMaxOf(options),
    headVersion: readRedactions(directory).generation > 0 ? redactedHeadVersion : formatVersion,
    io: options.io ?? fileIo,
  });
  await mend(options, appender, head, history.scan);
  const journal = new Journal(options, appender, history);
  if (last.sequence > 0 && versionOf(directory, last.segment) < formatVersion)
    await upgradeOrClose(journal, options);
  return journal;
};

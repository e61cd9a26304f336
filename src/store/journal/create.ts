import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { encodeHeadFile, headFileName } from './head-file.ts';
import { syncDirectory, writeSynced } from './journal-io.ts';
import { journalStart, segmentFileName } from './place.ts';
import { encodeSegmentHeader } from './segment-format.ts';

/**
 * Makes an empty journal under another name and renames it, so that a crash leaves either no journal
 * or a whole one; a `journal` directory without its head is therefore always damage.
 */
export const createJournal = async (directory: string): Promise<void> => {
  const draft = `${directory}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeSynced(path.join(draft, segmentFileName(1)), encodeSegmentHeader(1));
  await writeSynced(path.join(draft, headFileName), encodeHeadFile(journalStart));
  await syncDirectory(draft);
  await rename(draft, directory);
  await syncDirectory(path.dirname(directory));
};

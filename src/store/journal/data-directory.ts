import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isThere } from '../is-there.ts';
import { IsnadError, isIsnadError } from '../../errors.ts';
import { syncDirectory } from './journal-io.ts';
import { lockDirectory, type DirectoryLock } from './lock.ts';

/** Makes a directory that outlives a loss of power, closed to everyone but its owner. */
const makeDirectory = async (directory: string): Promise<void> => {
  // Absolute, because the way up from a relative path never meets the directory it started below.
  const target = path.resolve(directory);
  const first = mkdirSync(target, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const top = path.dirname(path.resolve(first));
  for (let made = target; made !== top; made = path.dirname(made))
    await syncDirectory(path.dirname(made));
};

/** What there is only where a journal was. */
const besideJournal = ['checkpoints', 'images', 'indexes', 'deliveries', 'tokens'];

const holdsAnything = (directory: string): boolean =>
  isThere(directory) && readdirSync(directory).length > 0;

/**
 * Refuses a data directory that has lost its journal: an empty store in its place would pass for the one
 * that was there. The caller holds the directory's lock.
 *
 * @throws IsnadError `store-damaged`
 */
export const refuseWithoutJournal = (dataDir: string): void => {
  if (isThere(path.join(dataDir, 'journal'))) return;
  const left = besideJournal.filter((name) => holdsAnything(path.join(dataDir, name)));
  if (left.length === 0) return;
  throw new IsnadError(
    'store-damaged',
    `${dataDir} holds ${left.map((name) => `${name}/`).join(', ')} of a store, but no journal/. ` +
      'Put the journal back, or restore a backup into another directory ' +
      '(npm run isnad -- restore BACKUP --data-dir NEW-DIRECTORY); to begin anew, use an empty directory.',
  );
};

/**
 * Makes the data directory if there is none, and takes its lock.
 *
 * @throws IsnadError `store-locked`; `setting-invalid` when the directory cannot be made or written
 */
export const takeDirectory = async (dataDir: string): Promise<DirectoryLock> => {
  try {
    await makeDirectory(dataDir);
    return lockDirectory(dataDir);
  } catch (error) {
    if (isIsnadError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new IsnadError(
      'setting-invalid',
      `The data directory ${dataDir} (ISNAD_DATA_DIR) cannot be used: ${reason}.`,
      { cause: error },
    );
  }
};

import { existsSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import type { CareProgress, Rebuilt } from '../care.ts';
import { takeDirectory } from '../journal/data-directory.ts';
import { syncDirectory } from '../journal/journal-io.ts';
import { verifyDirectory } from '../verify/verify-directory.ts';

/** The directories of a data directory that are made from the journal. */
const projectionDirectories = ['images', 'indexes', 'checkpoints'];

const bytesBelow = (directory: string): number =>
  readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);

/** Removes every projection; the caller holds the directory's lock. */
const dropProjections = async (dataDir: string): Promise<Rebuilt> => {
  const removed = projectionDirectories.filter((name) => existsSync(path.join(dataDir, name)));
  let bytes = 0;
  for (const name of removed) {
    bytes += bytesBelow(path.join(dataDir, name));
    await rm(path.join(dataDir, name), { recursive: true, force: true });
  }
  await syncDirectory(dataDir);
  return { removed, bytes };
};

/** Removes what is derived from the journal, once the journal has verified (`Care.rebuild`). */
export const rebuildDirectory = async (
  dataDir: string,
  onProgress: CareProgress,
): Promise<Rebuilt> => {
  if (!existsSync(path.join(dataDir, 'journal')))
    throw new IsnadError('wrong-use', `${dataDir} holds no journal.`);
  const lock = await takeDirectory(dataDir);
  try {
    const { doubts } = await verifyDirectory(dataDir, onProgress);
    if (doubts.length > 0)
      throw new IsnadError(
        'store-damaged',
        `Nothing was removed, because the journal does not verify: ${doubts.join(' ')}`,
        { extra: { doubts } },
      );
    return await dropProjections(dataDir);
  } finally {
    lock.release();
  }
};

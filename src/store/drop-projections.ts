import { existsSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Rebuilt } from './care.ts';
import { syncDirectory } from './journal/journal-io.ts';

/** The directories of a data directory that are made from the journal. */
const projectionDirectories = ['images', 'indexes', 'checkpoints'];

const bytesBelow = (directory: string): number =>
  readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);

/**
 * Removes every projection, whichever there are. The caller holds the directory's lock, and nobody in its
 * process has a projection open.
 */
export const dropProjections = async (dataDir: string): Promise<Rebuilt> => {
  const removed = projectionDirectories.filter((name) => existsSync(path.join(dataDir, name)));
  let bytes = 0;
  for (const name of removed) {
    bytes += bytesBelow(path.join(dataDir, name));
    await rm(path.join(dataDir, name), { recursive: true, force: true });
  }
  await syncDirectory(dataDir);
  return { removed, bytes };
};

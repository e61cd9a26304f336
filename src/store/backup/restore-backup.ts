import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import type { Backup, CareProgress } from '../care.ts';
import { syncDirectory } from '../journal/journal-io.ts';
import { verifyDirectory } from '../verify/verify-directory.ts';
import { copyFile, makeDirectories } from './copy-file.ts';
import { backupDamaged, dataName, readManifest, summaryOf, type Manifest } from './manifest.ts';

const checkEmpty = (dataDir: string): void => {
  if (!existsSync(dataDir)) return;
  if (readdirSync(dataDir).length > 0)
    throw new IsnadError(
      'wrong-use',
      `${dataDir} is not empty. A backup is restored into a new directory only.`,
    );
};

/** Copies every file of the backup and compares it with the manifest. */
const copyChecked = async (
  backup: string,
  draft: string,
  { files }: Manifest,
  onProgress: CareProgress,
): Promise<void> => {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const file of files) {
    const from = path.join(backup, dataName, file.path);
    if (!existsSync(from)) throw backupDamaged(from, 'is missing');
    const to = path.join(draft, file.path);
    await makeDirectories(draft, path.dirname(to));
    const copied = await copyFile(from, to, Infinity, (bytes) =>
      onProgress('copy', (done += bytes), total),
    );
    if (copied.bytes !== file.bytes || copied.sha256 !== file.sha256)
      throw backupDamaged(from, 'is not the file that was backed up');
  }
};

/**
 * Makes a data directory from a backup (`Care.restore`). All of it is copied beside the place and
 * verified there, then renamed: a crash leaves no half-restored directory under the name.
 */
export const restoreBackup = async (
  backup: string,
  dataDir: string,
  onProgress: CareProgress,
): Promise<Backup> => {
  const manifest = await readManifest(backup);
  checkEmpty(dataDir);
  const target = path.resolve(dataDir);
  const draft = `${target}.restoring-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    await copyChecked(backup, draft, manifest, onProgress);
    const { doubts, head } = await verifyDirectory(draft, onProgress);
    if (doubts.length > 0 || head.hash !== manifest.place.hash)
      throw backupDamaged(backup, `does not verify: ${doubts.join(' ') || 'it ends elsewhere'}`);
    await syncDirectory(draft);
    // An empty directory of that name gives way; one that was filled meanwhile does not.
    await rename(draft, target);
    await syncDirectory(path.dirname(target));
    return summaryOf(manifest);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
};

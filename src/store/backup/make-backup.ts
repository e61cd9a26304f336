import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import type { Backup, CareProgress } from '../care.ts';
import { encodeHeadFile, headFileName, redactedHeadVersion } from '../journal/head-file.ts';
import { syncDirectory, writeSynced } from '../journal/journal-io.ts';
import type { Place } from '../journal/place.ts';
import { readHead } from '../journal/read-head.ts';
import { readRedactions } from '../journal/redactions.ts';
import { formatVersion } from '../journal/segment-format.ts';
import { isUnfinished } from '../redact/recover.ts';
import { verifyDirectory } from '../verify/verify-directory.ts';
import { chooseFiles, type ChosenFile } from './choose-files.ts';
import { copyFile, makeDirectories } from './copy-file.ts';
import { dataName, encodeManifest, manifestName, summaryOf, type Manifest } from './manifest.ts';

type ManifestFile = Manifest['files'][number];

/** Copies one file of the data directory into the backup. */
const copyChosen = async (
  dataDir: string,
  data: string,
  file: ChosenFile,
  onBytes: (bytes: number) => void,
): Promise<ManifestFile> => {
  const to = path.join(data, file.path);
  await makeDirectories(data, path.dirname(to));
  const copied = await copyFile(path.join(dataDir, file.path), to, file.bytes, onBytes);
  return { path: file.path, ...copied };
};

const copyAll = async (
  dataDir: string,
  draft: string,
  head: Place,
  onProgress: CareProgress,
): Promise<ManifestFile[]> => {
  const data = path.join(draft, dataName);
  await makeDirectories(draft, path.join(data, 'journal'));
  const chosen = chooseFiles(dataDir, head);
  const total = chosen.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const onBytes = (bytes: number): void => onProgress('copy', (done += bytes), total);
  const files: ManifestFile[] = [];
  for (const file of chosen) files.push(await copyChosen(dataDir, data, file, onBytes));
  const redacted = generationOf(path.join(dataDir, 'journal')) > 0;
  const headBytes = encodeHeadFile(head, redacted ? redactedHeadVersion : formatVersion);
  const headPath = path.join('journal', headFileName);
  await writeSynced(path.join(data, headPath), headBytes);
  const sha256 = createHash('sha256').update(headBytes).digest('hex');
  return [...files, { path: headPath, bytes: headBytes.length, sha256 }];
};

const generationOf = (journal: string): number => readRedactions(journal).generation;

/** A copy made while a redaction changes the files could hold parts of both. */
const redactedMeanwhile = (): IsnadError =>
  new IsnadError('store-busy', 'The journal is being redacted: back it up once that is done.');

const checkPlaces = (dataDir: string, target: string): void => {
  if (!existsSync(path.join(dataDir, 'journal')))
    throw new IsnadError('wrong-use', `${dataDir} holds no journal.`);
  if (existsSync(target)) throw new IsnadError('wrong-use', `${target} exists already.`);
  const inside = path.relative(path.resolve(dataDir), path.resolve(target));
  if (inside === '' || !(inside.startsWith('..') || path.isAbsolute(inside)))
    throw new IsnadError('wrong-use', 'A backup cannot lie in the directory it is made of.');
};

/**
 * Copies a data directory at its newest acknowledged commit (`Care.backup`).
 *
 * It reads the files without the directory's lock, whether or not a process serves them, and that is
 * enough: the head is read first; it names a commit only after every byte up to it has been synced, and
 * journals only ever grow, so those bytes can no longer change. The copy counts only once all of it has
 * verified. The one thing that changes bytes up to the head is a redaction; a copy beside which there was
 * one is thrown away. Nobody has to answer for it: a backup also works when the server is stuck.
 */
export const makeBackup = async (
  dataDir: string,
  target: string,
  onProgress: CareProgress,
): Promise<Backup> => {
  checkPlaces(dataDir, target);
  const journal = path.join(dataDir, 'journal');
  if (isUnfinished(journal)) throw redactedMeanwhile();
  const generation = generationOf(journal);
  const isRedacted = (): boolean => isUnfinished(journal) || generationOf(journal) !== generation;
  const { place } = readHead(journal);
  const draft = `${path.resolve(target)}.making-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const files = await copyAll(dataDir, draft, place, onProgress);
    if (isRedacted()) throw redactedMeanwhile();
    const { doubts } = await verifyDirectory(path.join(draft, dataName), onProgress);
    if (doubts.length > 0)
      throw new IsnadError('store-damaged', `The copy does not verify: ${doubts.join(' ')}`, {
        extra: { doubts },
      });
    await writeSynced(path.join(draft, manifestName), encodeManifest(place, files, new Date()));
    await syncDirectory(draft);
    await rename(draft, target);
    await syncDirectory(path.dirname(path.resolve(target)));
    return summaryOf({ place, files });
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw isRedacted() ? redactedMeanwhile() : error;
  }
};

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { IsnadError } from '../../errors.ts';
import type { Backup } from '../care.ts';
import type { Place } from '../journal/place.ts';

/** The list of what a backup holds; it is written last, so a backup without one is not a backup. */
export const manifestName = 'manifest.json';
/** The directory of the backup that holds the files, as they lie in a data directory. */
export const dataName = 'data';
const manifestVersion = 1;

const sha256Text = z.string().regex(/^[0-9a-f]{64}$/);
const manifestSchema = z.strictObject({
  version: z.literal(manifestVersion),
  madeAt: z.string(),
  place: z.strictObject({
    sequence: z.int().min(0),
    hash: sha256Text,
    segment: z.int().min(1),
    offset: z.int().min(0),
  }),
  files: z.array(
    z.strictObject({ path: z.string().min(1), bytes: z.int().min(0), sha256: sha256Text }),
  ),
});

export type Manifest = z.output<typeof manifestSchema>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The manifest as a file: its own SHA-256 stands in the first line. */
export const encodeManifest = (place: Place, files: Manifest['files'], madeAt: Date): Buffer => {
  const manifest = { version: manifestVersion, madeAt: madeAt.toISOString(), place, files };
  const text = JSON.stringify(manifest, undefined, 2);
  return Buffer.from(`{"sha256":"${sha256(text)}"}\n${text}\n`);
};

/** The error for a backup that is not as it was made. */
export const backupDamaged = (file: string, problem: string): IsnadError =>
  new IsnadError('backup-damaged', `${file} ${problem}.`, { position: { file }, extra: { file } });

/** A relative path that stays below the directory it is joined to. */
const isWithin = (file: string): boolean =>
  !path.isAbsolute(file) && path.normalize(file) === file && !file.startsWith('..');

/**
 * Reads the manifest of a backup.
 *
 * @throws IsnadError `wrong-use` where there is none, `backup-damaged`
 */
export const readManifest = async (backup: string): Promise<Manifest> => {
  const file = path.join(backup, manifestName);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new IsnadError('wrong-use', `${backup} is not a backup: it has no ${manifestName}.`, {
      cause,
    });
  }
  const text = bytes.toString();
  const lineEnd = text.indexOf('\n');
  const body = text.slice(lineEnd + 1, -1);
  if (!text.endsWith('\n') || text.slice(0, lineEnd) !== `{"sha256":"${sha256(body)}"}`)
    throw backupDamaged(file, 'is not as it was written');
  const read = manifestSchema.safeParse(JSON.parse(body));
  if (!read.success) throw backupDamaged(file, 'is of a form this version of Isnad does not read');
  const outside = read.data.files.find((each) => !isWithin(each.path));
  if (outside) throw backupDamaged(file, `names ${outside.path}, which lies outside the backup`);
  return read.data;
};

/** What a command tells of a backup. */
export const summaryOf = ({ place, files }: Pick<Manifest, 'place' | 'files'>): Backup => ({
  sequence: place.sequence,
  hash: place.hash,
  files: files.length,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
});

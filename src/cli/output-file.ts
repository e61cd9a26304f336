import { constants } from 'node:fs';
import { access, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { IsnadError } from '../errors.ts';

/**
 * Makes sure, before any work is done, that a file of this name can be written.
 *
 * @param option the option that named it, such as `--report`
 * @throws IsnadError `wrong-use` when its folder is not there or not writable, or it is a folder
 */
export const checkOutputFile = async (option: string, file: string): Promise<void> => {
  try {
    await access(path.dirname(path.resolve(file)), constants.W_OK);
  } catch (cause) {
    throw new IsnadError('wrong-use', `${option}: ${file} cannot be written.`, { cause });
  }
  const present = await stat(file).catch(() => undefined);
  if (present?.isDirectory() === true)
    throw new IsnadError('wrong-use', `${option}: ${file} is a folder.`);
};

/**
 * Writes a file that is either whole or as it was before: into a file beside it, which takes its name once
 * all is on the disk. What is no file, such as a pipe, is written to as it is.
 */
export const writeWhole = async (file: string, pieces: Readable): Promise<void> => {
  const present = await stat(file).catch(() => undefined);
  if (present && !present.isFile()) {
    await writeTo(file, pieces, present.mode);
    return;
  }
  // Through a link, or renaming would put the file in the link's place.
  const target = present ? await realpath(file) : path.resolve(file);
  const draft = `${target}.${process.pid}.part`;
  try {
    await writeTo(draft, pieces, present?.mode ?? 0o666);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

const writeTo = async (file: string, pieces: Readable, mode: number): Promise<void> => {
  const handle = await open(file, 'w', mode);
  await pipeline(pieces, handle.createWriteStream({ flush: (await handle.stat()).isFile() }));
};

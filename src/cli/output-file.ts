import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
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

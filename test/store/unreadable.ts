import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { temporaryDirectory } from './support.ts';

/**
 * Makes a file or directory one that the system does not let be opened, whoever asks: a link to itself, to
 * which it answers ELOOP. That says as little of what it holds as EIO or EMFILE do.
 *
 * @returns what puts it back
 */
export const makeUnreadable = (file: string): (() => void) => {
  const aside = path.join(temporaryDirectory(), path.basename(file));
  renameSync(file, aside);
  symlinkSync(path.basename(file), file);
  return () => {
    rmSync(file);
    renameSync(aside, file);
  };
};

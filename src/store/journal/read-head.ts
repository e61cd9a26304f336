import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isThere } from '../is-there.ts';
import { IsnadError } from '../../errors.ts';
import { decodeHeadFile, headFileName, type Head } from './head-file.ts';
import { repairAdvice } from './read-records.ts';

/**
 * The head of a journal, which a process may be writing at the same time: one of its two slots is
 * always whole, and every byte up to the place it names is on the disk.
 *
 * @throws IsnadError `store-damaged` when it is missing or neither slot can be read, `store-version`
 */
export const readHead = (directory: string): Head => {
  const file = path.join(directory, headFileName);
  const head = isThere(file) ? decodeHeadFile(readFileSync(file)) : undefined;
  if (head) return head;
  throw new IsnadError(
    'store-damaged',
    `The head of the journal, ${file}, is ${isThere(file) ? 'unreadable' : 'missing'}. ` +
      repairAdvice(directory),
    { position: { file }, extra: { file } },
  );
};

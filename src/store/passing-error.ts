import { IsnadError } from '../errors.ts';

/** What the system answers where a file is not there, or where something else stands in its place. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);
/** How the system names its errors; the names of Node.js's own begin with `ERR_`. */
const systemCode = /^E[A-Z0-9]+$/;
/** What V8 says when there is no memory for bytes. */
const noMemory = /allocation failed/;

/**
 * Whether a file could not be read for a reason that lies in the machine and may pass: no file descriptor or
 * memory left, a disk that does not answer, a right that is missing. Such an error says nothing of what the
 * file holds, so it is no reason to remove it.
 */
export const isPassing = (error: unknown): error is Error => {
  if (error instanceof RangeError) return noMemory.test(error.message);
  if (!(error instanceof Error) || !('code' in error)) return false;
  const { code } = error;
  return typeof code === 'string' && systemCode.test(code) && !absent.has(code);
};

/** Such an error as one of the catalogue. */
export const unreadable = (cause: Error): IsnadError =>
  new IsnadError(
    'store-unreadable',
    `The files of the store cannot be used now: ${cause.message}.`,
    {
      cause,
    },
  );

/** What went wrong with reading, where the machine was the reason as one of the catalogue. */
export const readingError = (error: unknown): unknown =>
  isPassing(error) ? unreadable(error) : error;

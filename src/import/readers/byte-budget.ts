import { IsnadError } from '../../errors.ts';
import type { ImportLimits } from '../import-request.ts';

/** Counts the unpacked bytes of a delivery, and ends the import when there are too many. */
export interface ByteBudget {
  /**
   * Checks a file's size before anything of it is read.
   *
   * @throws IsnadError `delivery-too-large`
   */
  readonly checkFile: (file: string, bytes: number) => void;
  /**
   * Counts bytes that were unpacked.
   *
   * @throws IsnadError `delivery-too-large`
   */
  readonly spend: (file: string, bytes: number) => void;
  /** Bytes unpacked so far. */
  readonly spent: () => number;
}

/** A budget with the limits of one import. */
export const createByteBudget = (limits: ImportLimits): ByteBudget => {
  let spent = 0;
  return {
    checkFile: (file, bytes) => {
      if (bytes > limits.importFileBytesMax)
        throw tooLarge(
          `${file} has ${bytes} bytes`,
          'importFileBytesMax',
          limits.importFileBytesMax,
        );
    },
    spend: (file, bytes) => {
      spent += bytes;
      if (spent > limits.importBytesMax)
        throw tooLarge(
          `The delivery unpacks to more than the import accepts (at ${file})`,
          'importBytesMax',
          limits.importBytesMax,
        );
    },
    spent: () => spent,
  };
};

const tooLarge = (what: string, limit: keyof ImportLimits, max: number): IsnadError =>
  new IsnadError('delivery-too-large', `${what}; ${limit} is ${max} bytes.`, {
    extra: { limit, max, unit: 'bytes' },
  });

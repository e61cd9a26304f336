import { isIsnadError, type ErrorCode } from '../errors.ts';

/** Exit codes of every command: 0 done, 1 findings or failure, 2 wrong use. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2 } as const;

const wrongUseCodes: ReadonlySet<ErrorCode> = new Set([
  'wrong-use',
  'setting-invalid',
  'invalid-parameter',
  'runtime-too-old',
]);

/** The exit code for a thrown value. */
export const exitCodeOf = (error: unknown): number =>
  isIsnadError(error) && wrongUseCodes.has(error.code) ? exitCodes.wrongUse : exitCodes.failed;

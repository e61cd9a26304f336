import { statSync } from 'node:fs';

/**
 * Whether a file or directory exists. Where the system does not say, this throws what it says instead;
 * `existsSync` would take that for absence.
 */
export const isThere = (file: string): boolean =>
  statSync(file, { throwIfNoEntry: false }) !== undefined;

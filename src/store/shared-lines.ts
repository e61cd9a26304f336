import type { Iris } from '../model/iris.ts';

/**
 * Whether a line of a commit's provenance is about more than that commit, such as who wrote, so that later
 * commits may state it again.
 */
export const isSharedLine = (line: string, sequence: number, iris: Iris): boolean =>
  !line.startsWith(`<${iris.commit(sequence)}`);

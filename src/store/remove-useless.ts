import { rmSync } from 'node:fs';

/**
 * Removes a file or directory that is of no more use. Whatever keeps it from being removed, it stays for
 * another time, and that is told: nobody depends on its being gone.
 */
export const removeUseless = (file: string, onNotice: (notice: string) => void): void => {
  try {
    rmSync(file, { recursive: true, force: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onNotice(`${file} is of no more use and could not be removed: ${reason}`);
  }
};

import { existsSync } from 'node:fs';
import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import type { CareProgress, Rebuilt } from '../care.ts';
import { dropProjections } from '../drop-projections.ts';
import { takeDirectory } from '../journal/data-directory.ts';
import { verifyDirectory } from '../verify/verify-directory.ts';

/** Removes what is derived from the journal, once the journal has verified (`Care.rebuild`). */
export const rebuildDirectory = async (
  dataDir: string,
  onProgress: CareProgress,
): Promise<Rebuilt> => {
  if (!existsSync(path.join(dataDir, 'journal')))
    throw new IsnadError('wrong-use', `${dataDir} holds no journal.`);
  const lock = await takeDirectory(dataDir);
  try {
    const { doubts } = await verifyDirectory(dataDir, onProgress);
    if (doubts.length > 0)
      throw new IsnadError(
        'store-damaged',
        `Nothing was removed, because the journal does not verify: ${doubts.join(' ')}`,
        { extra: { doubts } },
      );
    return await dropProjections(dataDir);
  } finally {
    lock.release();
  }
};

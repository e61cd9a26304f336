import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isThere } from '../is-there.ts';
import { syncDirectory, writeSynced } from '../journal/journal-io.ts';
import {
  encodeRedactionIndex,
  indexPath,
  leftPath,
  pendingPath,
  readRedactionIndex,
  redactionsDirectory,
  type RedactionIndex,
  type WithheldPiece,
} from '../journal/redactions.ts';
import { compressNow } from '../journal/zstd.ts';

/** Keeps what is left of a piece, and says under which name. */
export type KeepLeft = (text: Buffer) => Promise<WithheldPiece['left']>;

/** Makes the directory of redactions and clears away what an earlier attempt left in it. */
export const openStage = async (journal: string): Promise<void> => {
  const directory = redactionsDirectory(journal);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await syncDirectory(journal);
  await sweep(journal);
};

/** Removes everything in the directory of redactions that the index does not name. */
export const sweep = async (journal: string): Promise<void> => {
  const directory = redactionsDirectory(journal);
  if (!isThere(directory)) return;
  const index = readRedactionIndex(indexPath(journal));
  const named = new Set([indexPath(journal)]);
  for (const { left } of index?.pieces ?? []) if (left) named.add(leftPath(journal, left.sha256));
  for (const name of readdirSync(directory)) {
    const file = path.join(directory, name);
    if (!named.has(file)) await rm(file, { force: true });
  }
  await syncDirectory(directory);
};

/** Keeps what is left of pieces, each text once. */
export const leftKeeper =
  (journal: string): KeepLeft =>
  async (text) => {
    const sha256 = createHash('sha256').update(text).digest('hex');
    const file = leftPath(journal, sha256);
    // What is there was named by the index or written by this very redaction: it is whole.
    if (!isThere(file)) await writeSynced(file, compressNow(text));
    return { sha256, bytes: text.length };
  };

/** Writes the index that is to count once its commit is in the journal. */
export const stageIndex = async (journal: string, index: RedactionIndex): Promise<void> => {
  await writeSynced(pendingPath(journal), encodeRedactionIndex(index));
  await syncDirectory(redactionsDirectory(journal));
};

/** Lets the staged index count: from here on nobody who begins to read sees what is withheld. */
export const publishIndex = async (journal: string): Promise<void> => {
  await rename(pendingPath(journal), indexPath(journal));
  await syncDirectory(redactionsDirectory(journal));
};

/** Notes that everything has given way. */
export const completeIndex = async (journal: string, index: RedactionIndex): Promise<void> => {
  const draft = `${indexPath(journal)}.new`;
  await rm(draft, { force: true });
  await writeSynced(draft, encodeRedactionIndex({ ...index, complete: true }));
  await rename(draft, indexPath(journal));
  await syncDirectory(redactionsDirectory(journal));
};

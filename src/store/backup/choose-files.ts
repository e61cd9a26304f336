import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { segmentFileName, type Place } from '../journal/place.ts';
import { pendingName, redactionsName } from '../journal/redactions.ts';

/** A file to copy, by its path in the data directory. */
export interface ChosenFile {
  readonly path: string;
  /** Bytes to copy: of the newest segment those up to the head only. */
  readonly bytes: number;
}

/** Directories beside the journal that are no projections of it. */
const keptDirectories = ['deliveries', 'tokens'];

const filesBelow = (dataDir: string, directory: string): ChosenFile[] => {
  const root = path.join(dataDir, directory);
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => ({
      path: path.relative(dataDir, file),
      bytes: statSync(file).size,
    }));
};

/** The segments up to the head; all but the last are complete and never change. */
const segments = (dataDir: string, head: Place): ChosenFile[] =>
  Array.from({ length: head.segment }, (_, index) => {
    const file = path.join('journal', segmentFileName(index + 1));
    const last = index + 1 === head.segment;
    const bytes = last ? head.offset : statSync(path.join(dataDir, file)).size;
    return { path: file, bytes };
  });

/** What redactions left; one that is only staged is no part of the journal yet. */
const redactions = (dataDir: string): ChosenFile[] =>
  filesBelow(dataDir, path.join('journal', redactionsName)).filter(
    (file) => path.basename(file.path) !== pendingName,
  );

/** All that a backup at this head holds, besides the head itself: no images, no indexes. */
export const chooseFiles = (dataDir: string, head: Place): ChosenFile[] => [
  ...segments(dataDir, head),
  ...redactions(dataDir),
  ...keptDirectories.flatMap((directory) => filesBelow(dataDir, directory)),
];

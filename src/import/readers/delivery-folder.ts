import { createReadStream } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import type { ByteBudget } from './byte-budget.ts';

/** A file of a delivery as it lies on disk. */
export interface FolderFile {
  /** Path within the delivery, with forward slashes. */
  readonly name: string;
  /** Path on this machine. */
  readonly path: string;
  readonly bytes: number;
}

/** An entry that is not read, and why. */
export interface SkippedEntry {
  readonly name: string;
  readonly reason: string;
}

export interface FolderListing {
  readonly files: readonly FolderFile[];
  readonly skipped: readonly SkippedEntry[];
}

/** More files than any delivery has; a directory beyond it is a mistake. */
const filesMax = 200_000;

/**
 * Lists what a path holds: the file it names, or all files of a directory and those below it, in
 * the order of their names. Links are never followed.
 *
 * @throws IsnadError `not-found`, `delivery-unreadable` for what is neither file nor directory,
 *   `delivery-unsafe` for a link that leads out of the directory
 */
export const listDelivery = async (delivery: string): Promise<FolderListing> => {
  const root = await realpath(delivery).catch((error: unknown) => {
    throw new IsnadError('not-found', `There is nothing at ${delivery}.`, { cause: error });
  });
  const stats = await lstat(root);
  const name = path.basename(delivery);
  if (stats.isFile()) return { files: [{ name, path: root, bytes: stats.size }], skipped: [] };
  if (!stats.isDirectory())
    throw new IsnadError('delivery-unreadable', `${delivery} is neither a file nor a directory.`);
  const listing = { files: [] as FolderFile[], skipped: [] as SkippedEntry[] };
  await listFolder(root, '', listing);
  return listing;
};

const listFolder = async (
  root: string,
  below: string,
  listing: { readonly files: FolderFile[]; readonly skipped: SkippedEntry[] },
): Promise<void> => {
  const entries = await readdir(path.join(root, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.posix.join(below, entry.name);
    const full = path.join(root, name);
    if (entry.isSymbolicLink()) listing.skipped.push(await skipLink(root, name));
    else if (entry.name.startsWith('.')) listing.skipped.push({ name, reason: hiddenReason });
    else if (entry.isDirectory()) await listFolder(root, name, listing);
    else if (entry.isFile())
      listing.files.push({ name, path: full, bytes: (await lstat(full)).size });
    else listing.skipped.push({ name, reason: 'It is not an ordinary file.' });
    if (listing.files.length > filesMax)
      throw new IsnadError(
        'delivery-too-large',
        `The directory holds more than ${filesMax} files.`,
        {
          extra: { max: filesMax, unit: 'files' },
        },
      );
  }
};

/** Why names that start with a dot are passed over. */
export const hiddenReason =
  'Its name starts with a dot, which marks files of the operating system.';

const skipLink = async (root: string, name: string): Promise<SkippedEntry> => {
  const target = await realpath(path.join(root, name)).catch(() => undefined);
  if (target !== undefined && !target.startsWith(root + path.sep))
    throw new IsnadError('delivery-unsafe', `${name} is a link that leads out of the delivery.`, {
      position: { file: name },
    });
  return { name, reason: 'It is a link; the file it leads to is read where it lies.' };
};

/**
 * Reads a file whole, within the budget.
 *
 * @throws IsnadError `delivery-too-large`, `delivery-unreadable`
 */
export const readWhole = async (file: FolderFile, budget: ByteBudget): Promise<Uint8Array> => {
  budget.checkFile(file.name, file.bytes);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of readPieces(file)) {
    bytes += piece.length;
    budget.checkFile(file.name, bytes);
    budget.spend(file.name, piece.length);
    pieces.push(piece);
  }
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
};

/**
 * Reads a file piece by piece.
 *
 * @throws IsnadError `delivery-unreadable` when the disk or a permission is in the way
 */
export const readPieces = async function* readPieces(file: FolderFile): AsyncGenerator<Uint8Array> {
  try {
    const pieces: AsyncIterable<Uint8Array> = createReadStream(file.path);
    for await (const piece of pieces) yield piece;
  } catch (error) {
    if (error instanceof IsnadError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new IsnadError('delivery-unreadable', `${file.name} cannot be read: ${why}`, {
      position: { file: file.name },
      cause: error,
    });
  }
};

/** The first bytes of a file, fewer if it has fewer. */
export const readStart = async (file: FolderFile, length: number): Promise<Uint8Array> => {
  const handle = await open(file.path);
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

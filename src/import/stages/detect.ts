import { IsnadError } from '../../errors.ts';
import type { Compression } from '../readers/delivery-archive.ts';
import { readStart } from '../readers/delivery-folder.ts';
import type { FolderFile, FolderListing, SkippedEntry } from '../readers/delivery-folder.ts';

/** What a file of a delivery is, and so how it is read. */
export type FileKind =
  | { readonly kind: 'xml' }
  | { readonly kind: 'archive'; readonly compression: Compression };

export type DetectedFile = FolderFile & FileKind;

export interface Detected {
  readonly files: readonly DetectedFile[];
  readonly skipped: readonly SkippedEntry[];
}

const suffixes: readonly (readonly [suffix: string, kind: FileKind])[] = [
  ['.xml', { kind: 'xml' }],
  ['.tei', { kind: 'xml' }],
  ['.tar', { kind: 'archive', compression: 'none' }],
  ['.tar.gz', { kind: 'archive', compression: 'gzip' }],
  ['.tgz', { kind: 'archive', compression: 'gzip' }],
  ['.tar.xz', { kind: 'archive', compression: 'xz' }],
  ['.txz', { kind: 'archive', compression: 'xz' }],
];

/** What a file is by its name; nothing for names that no delivery of TEI is read from. */
export const kindByName = (name: string): FileKind | undefined =>
  suffixes.find(([suffix]) => name.toLowerCase().endsWith(suffix))?.[1];

/** Where a tar header says `ustar`. */
const tarMagicAt = 257;

/** What a file is by its first bytes. */
export const kindByContent = (start: Uint8Array): FileKind | undefined => {
  const text = Buffer.from(start).toString('latin1');
  if (text.startsWith('\xFD7zXZ\0')) return { kind: 'archive', compression: 'xz' };
  if (text.startsWith('\x1F\x8B')) return { kind: 'archive', compression: 'gzip' };
  if (text.slice(tarMagicAt).startsWith('ustar')) return { kind: 'archive', compression: 'none' };
  return /^(?:\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)?[\s\0]*</.test(text) ? { kind: 'xml' } : undefined;
};

/**
 * Tells how each file is read: in a directory by its name, a file that was named itself by its
 * content. Files of other kinds are passed over with a reason.
 *
 * @throws IsnadError `delivery-empty` when nothing is left, `delivery-unreadable` when the one file
 *   named is of no known kind
 */
export const detect = async (path: string, listing: FolderListing): Promise<Detected> => {
  const [only, ...more] = listing.files;
  const wasNamed = only !== undefined && more.length === 0 && path.endsWith(only.name);
  if (wasNamed && kindByName(only.name) === undefined) {
    const kind = kindByContent(await readStart(only, 512));
    if (kind) return { files: [{ ...only, ...kind }], skipped: listing.skipped };
    throw new IsnadError(
      'delivery-unreadable',
      `${only.name} is neither XML nor a tar archive (plain, gzip or xz).`,
      { position: { file: only.name } },
    );
  }
  const files: DetectedFile[] = [];
  const skipped = [...listing.skipped];
  for (const file of listing.files) {
    const kind = kindByName(file.name);
    if (kind) files.push({ ...file, ...kind });
    else skipped.push({ name: file.name, reason: unreadName });
  }
  if (files.length > 0) return { files, skipped };
  throw new IsnadError('delivery-empty', `${path} holds no XML file and no tar archive.`, {
    extra: { skipped: skipped.slice(0, 20) },
  });
};

/** Why a file's name makes it none of the import's business. */
export const unreadName = `Its name ends in none of ${suffixes.map(([suffix]) => suffix).join(', ')}.`;

import { createHash } from 'node:crypto';
import { IsnadError, isIsnadError } from '../../errors.ts';
import type { DeliveredFile } from '../../store/store.ts';
import type { ByteBudget } from '../readers/byte-budget.ts';
import { readArchive } from '../readers/delivery-archive.ts';
import { readPieces, readWhole } from '../readers/delivery-folder.ts';
import type { SkippedEntry } from '../readers/delivery-folder.ts';
import { readTei } from '../readers/tei-document.ts';
import type { TeiDocument } from '../readers/tei-document.ts';
import { kindByName, unreadName } from './detect.ts';
import type { Detected, DetectedFile } from './detect.ts';

/** What the read stage gives: documents, entries passed over, and the files that were used. */
export type ReadEvent =
  | { readonly event: 'document'; readonly document: TeiDocument }
  | { readonly event: 'skipped'; readonly entry: SkippedEntry }
  | { readonly event: 'delivered'; readonly file: DeliveredFile };

/** So many broken files are told at once; then the reading stops. */
const failuresMax = 20;

/**
 * Reads the files of a delivery one by one, archives entry by entry. Broken files are collected, so
 * that a cataloguer hears of them all at once; then the import fails and nothing is changed.
 *
 * @param onBytes called with the number of delivered bytes read so far
 * @throws IsnadError `delivery-unreadable`, `delivery-unsafe`, `delivery-too-large`
 */
export const read = async function* read(
  { files }: Detected,
  budget: ByteBudget,
  onBytes: (delivered: number) => void,
): AsyncGenerator<ReadEvent> {
  const failures: IsnadError[] = [];
  const seen = new Map<string, string>();
  let delivered = 0;
  const parse = (bytes: Uint8Array, name: string, sha256: string): ReadEvent | undefined => {
    const first = seen.get(sha256);
    if (first !== undefined)
      return { event: 'skipped', entry: { name, reason: `Its content is that of ${first}.` } };
    seen.set(sha256, name);
    try {
      return { event: 'document', document: readTei(bytes, name) };
    } catch (error) {
      if (!isIsnadError(error)) throw error;
      failures.push(error);
      if (failures.length >= failuresMax) throw together(failures);
      return undefined;
    }
  };
  for (const file of files) {
    for await (const event of readFile(file, budget, parse, (bytes) => onBytes(delivered + bytes)))
      yield event;
    delivered += file.bytes;
  }
  if (failures.length > 0) throw together(failures);
};

type Parse = (bytes: Uint8Array, name: string, sha256: string) => ReadEvent | undefined;

const readFile = async function* readFile(
  file: DetectedFile,
  budget: ByteBudget,
  parse: Parse,
  onBytes: (bytes: number) => void,
): AsyncGenerator<ReadEvent> {
  if (file.kind === 'archive') {
    yield* readPacked(file, file.compression, budget, parse, onBytes);
    return;
  }
  const bytes = await readWhole(file, budget);
  const sha256 = sha256Of(bytes);
  onBytes(bytes.length);
  const event = parse(bytes, file.name, sha256);
  if (!event) return;
  const isUsed = event.event === 'document' && event.document.kind !== 'other';
  if (isUsed) yield { event: 'delivered', file: { name: file.name, sha256, bytes: bytes.length } };
  yield event;
};

const readPacked = async function* readPacked(
  file: DetectedFile,
  compression: Parameters<typeof readArchive>[1]['compression'],
  budget: ByteBudget,
  parse: Parse,
  onBytes: (bytes: number) => void,
): AsyncGenerator<ReadEvent> {
  const hash = createHash('sha256');
  let bytes = 0;
  const pieces = readPieces(file);
  // Read without ending it, so that what an archive's reader leaves can be read on.
  const unended = { [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) };
  const hashed = async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const piece of unended) {
      hash.update(piece);
      bytes += piece.length;
      onBytes(bytes);
      yield piece;
    }
  };
  const options = { archive: file.name, compression, budget, unwanted };
  for await (const entry of readArchive(hashed(), options)) {
    const name = `${file.name}/${entry.name}`;
    if ('reason' in entry) yield { event: 'skipped', entry: { name, reason: entry.reason } };
    else {
      const event = parse(entry.bytes, name, sha256Of(entry.bytes));
      if (event) yield event;
    }
  }
  // A reader stops at the end of the archive; what the file holds beyond belongs to its hash.
  for await (const rest of hashed()) void rest;
  yield { event: 'delivered', file: { name: file.name, sha256: hash.digest('hex'), bytes } };
};

/** Of an archive only XML is read; archives within archives are not. */
const unwanted = (name: string): string | undefined =>
  kindByName(name)?.kind === 'xml' ? undefined : unreadName;

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** One error that tells of all broken files. */
const together = (failures: readonly IsnadError[]): IsnadError => {
  const [first, ...more] = failures;
  if (!first) return new IsnadError('delivery-unreadable', 'A file could not be read.');
  const others = more.map((error) => error.position?.file ?? error.message);
  const message =
    more.length === 0
      ? first.message
      : `${first.message} ${more.length} more cannot be read: ${others.join(', ')}.`;
  return new IsnadError(first.code, message, {
    ...(first.position === undefined ? {} : { position: first.position }),
    extra: {
      ...first.extra,
      files: failures.map(({ code, message: detail, position }) => ({ code, detail, ...position })),
    },
    cause: first,
  });
};

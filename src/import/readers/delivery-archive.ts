import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import xz from 'xz-decompress';
import { IsnadError } from '../../errors.ts';
import { whole } from '../../threads.ts';
import type { ByteBudget } from './byte-budget.ts';
import { hiddenReason } from './delivery-folder.ts';
import type { SkippedEntry } from './delivery-folder.ts';

export type Compression = 'none' | 'gzip' | 'xz';

/** A file of an archive, unpacked. */
export interface ArchiveFile {
  /** Path within the archive. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type ArchiveEntry = ArchiveFile | SkippedEntry;

/**
 * Unpacks a tar archive, entry by entry, without ever writing to disk. Entries of which `wanted`
 * says a reason are passed over with it.
 *
 * @param pieces the archive as it was delivered
 * @param archive its name, for messages
 * @throws IsnadError `delivery-unreadable` for a damaged or truncated archive, `delivery-unsafe` for
 *   a name or link that leads out of it, `delivery-too-large`
 */
export const readArchive = async function* readArchive(
  pieces: AsyncIterable<Uint8Array>,
  { archive, compression, budget, unwanted }: ArchiveOptions,
): AsyncGenerator<ArchiveEntry> {
  const end = createEndCheck();
  const extract = tar.extract();
  const source = Readable.from(end.watch(counted(unpack(pieces, compression), archive, budget)));
  const feeding = pipeline(source, extract).catch(() => {
    // The same error ends the loop below, where it is told.
  });
  try {
    for await (const entry of extract) {
      const { type, linkname, size } = entry.header;
      const name = safeName(archive, entry.header.name, linkname);
      const reason = reasonToSkip(name, type) ?? unwanted(name);
      if (type === 'directory') entry.resume();
      else if (reason === undefined) {
        budget.checkFile(`${archive}/${name}`, size);
        yield { name, bytes: await contentOf(entry) };
      } else {
        entry.resume();
        yield { name, reason };
      }
    }
  } catch (error) {
    throw error instanceof IsnadError ? error : damaged(archive, error);
  }
  await feeding;
  if (!end.isWhole()) throw damaged(archive, 'it ends without an end mark');
};

const contentOf = async (entry: AsyncIterable<unknown>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const part of entry) if (part instanceof Uint8Array) parts.push(part);
  return Buffer.concat(parts);
};

interface ArchiveOptions {
  readonly archive: string;
  readonly compression: Compression;
  readonly budget: ByteBudget;
  /** Why an entry is not wanted, or nothing if it is. */
  readonly unwanted: (name: string) => string | undefined;
}

const damaged = (archive: string, cause: unknown): IsnadError =>
  new IsnadError(
    'delivery-unreadable',
    `${archive} is damaged or was cut short: ${cause instanceof Error ? cause.message : String(cause)}.`,
    { position: { file: archive }, cause },
  );

const unpack = (
  pieces: AsyncIterable<Uint8Array>,
  compression: Compression,
): AsyncIterable<Uint8Array> => {
  if (compression === 'none') return pieces;
  if (compression === 'gzip') return gunzip(pieces);
  return new xz.XzReadableStream(webStreamOf(pieces));
};

const gunzip = async function* gunzip(
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const unpacked = whole(() => createGunzip());
  const feeding = pipeline(Readable.from(pieces), unpacked).catch(() => {
    // The same error ends the loop below, where it is told.
  });
  yield* unpacked;
  await feeding;
};

const webStreamOf = (pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> => {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
};

const counted = async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  archive: string,
  budget: ByteBudget,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    budget.spend(archive, piece.length);
    if (piece.length > 0) yield piece;
  }
};

/** A tar archive ends with two blocks of zeros; without them something is missing. */
const endMarkBytes = 1024;

const createEndCheck = () => {
  let tail: Uint8Array = new Uint8Array(0);
  return {
    watch: async function* watch(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces) {
        tail = Buffer.concat([tail.subarray(-endMarkBytes), piece.subarray(-endMarkBytes)]);
        yield piece;
      }
    },
    isWhole: (): boolean => {
      const end = tail.subarray(-endMarkBytes);
      return end.length === endMarkBytes && end.every((byte) => byte === 0);
    },
  };
};

const safeName = (archive: string, name: string, linkname: string | null | undefined): string => {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (leadsOut(name) || (linkname && leadsOut(linkname)))
    throw new IsnadError('delivery-unsafe', `${archive} holds "${name}", which leads out of it.`, {
      position: { file: archive },
    });
  return parts.join('/');
};

const leadsOut = (name: string): boolean =>
  name.startsWith('/') || /^[a-z]:/i.test(name) || name.split(/[/\\]/).includes('..');

const reasonToSkip = (name: string, type: string | null | undefined): string | undefined => {
  if (type === 'symlink' || type === 'link')
    return 'It is a link; the file it leads to is read where it lies.';
  if (type !== 'file' && type !== 'contiguous-file' && type !== 'directory')
    return 'It is not an ordinary file.';
  return name.split('/').some((part) => part.startsWith('.')) ? hiddenReason : undefined;
};

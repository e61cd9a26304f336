import { crc32 } from 'node:zlib';
import type { Place } from '../../journal/place.ts';
import type { SavedCopies } from '../union/copies.ts';
import type { References } from './references.ts';

/**
 * An image file: the memory of one idle engine, so that another can begin where it stood.
 *
 *     magic 8 ‖ header length u32 ‖ header crc32 u32 ‖ header (JSON) ‖ chunks of memory ‖ seen triples
 *
 * Pages of nothing but zeros are left out. An image is a cache and nothing else: it is not synced, it may
 * be deleted at any time, and one that does not fit or does not verify is passed over.
 */
export const imageMagic = Buffer.from('ISNADIM1', 'latin1');
export const prefixBytes = imageMagic.length + 8;
/** WebAssembly's page. */
export const pageBytes = 64 * 1024;

/** A run of pages, as it lies in the file after the header, one chunk behind the other. */
export interface ImageChunk {
  readonly page: number;
  readonly pages: number;
  readonly crc32: number;
}

/** What must agree for an image to be of use. */
export interface ImageKey {
  /** SHA-256 of the engine's program, before its memory was given a maximum. */
  readonly program: string;
  readonly baseIri: string;
}

export interface ImageHeader extends ImageKey {
  /** The commit the engine stood at. */
  readonly place: Place;
  /** The newest redaction of the journal that the engine read; absent for none. */
  readonly redactions?: number;
  /** Names of all graphs, which the engine's own list leaves out while they are empty. */
  readonly graphs: readonly string[];
  /** Triples in several graphs; left out where they are too many, and in images of older programs. */
  readonly copies?: SavedCopies;
  /** The table of triples seen, which follows the chunks; left out where it was not known. */
  readonly seen?: {
    readonly seed: number;
    readonly size: number;
    readonly bytes: number;
    readonly crc32: number;
  };
  /** Where in the memory the store is. */
  readonly storeAddress: number;
  readonly references: References;
  readonly pages: number;
  readonly chunks: readonly ImageChunk[];
}

/** The bytes before the chunks. */
export const encodeImageHeader = (header: ImageHeader): Buffer => {
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(prefixBytes);
  imageMagic.copy(prefix);
  prefix.writeUInt32LE(json.length, imageMagic.length);
  prefix.writeUInt32LE(crc32(json), imageMagic.length + 4);
  return Buffer.concat([prefix, json]);
};

/** How long the header is after this prefix, or nothing when this is no image. */
export const imageHeaderBytes = (prefix: Buffer): number | undefined =>
  prefix.length === prefixBytes && prefix.subarray(0, imageMagic.length).equals(imageMagic)
    ? prefix.readUInt32LE(imageMagic.length)
    : undefined;

/** Reads a header, or gives nothing when it is not whole. */
export const decodeImageHeader = (prefix: Buffer, json: Buffer): ImageHeader | undefined => {
  if (crc32(json) !== prefix.readUInt32LE(imageMagic.length + 4)) return undefined;
  const header: ImageHeader = JSON.parse(json.toString());
  return header;
};

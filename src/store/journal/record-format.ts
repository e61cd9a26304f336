import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Redactions } from './redactions.ts';
import type { CommitDescription, CommitRecord, CommitRef, GraphState } from '../store.ts';

/**
 * One commit in a segment file:
 *
 *     length u32 ‖ sequence u64 ‖ previous hash 32 ‖ header length u32 ‖ header ‖ payload ‖ crc32 u32
 *
 * `length` counts the bytes after itself. The commit's hash covers sequence, previous hash and
 * header. The payload enters it only by the SHA-256 in the header, so that a payload can be
 * redacted while the chain still verifies.
 */
const sequenceAt = 4;
const previousAt = 12;
const headerLengthAt = 44;
const headerAt = 48;
const checksumBytes = 4;

/** The bytes before the header, which say how long the record is. */
export const recordPrefixBytes = headerAt;

/** One compressed piece of a payload, in the order in which the pieces follow each other. */
export interface StoredPiece {
  /** SHA-256 (hexadecimal) of the N-Quads text, not of its compressed bytes. */
  readonly sha256: string;
  /** Bytes of the N-Quads text. */
  readonly bytes: number;
  /** Bytes in the journal (one zstd frame). */
  readonly storedBytes: number;
}

export interface GraphEntry {
  readonly graph: string;
  readonly addedQuads: number;
  readonly removedQuads: number;
  readonly created: boolean;
  readonly dropped: boolean;
  /** What the graph holds after the commit; absent in records of format 1. */
  readonly after?: GraphState;
  readonly removed: readonly StoredPiece[];
  readonly added: readonly StoredPiece[];
}

/** The JSON of a record. The payload holds, graph by graph, the removed and then the added pieces. */
export interface RecordHeader extends CommitDescription {
  /** ISO 8601 in UTC, to the millisecond. */
  readonly recordedAt: string;
  /** Only in the first commit: the base IRI of the installation. */
  readonly baseIri?: string;
  readonly graphs: readonly GraphEntry[];
}

export interface DecodedRecord extends CommitRef {
  readonly header: RecordHeader;
  readonly payload: Buffer;
  /** What is withheld of the journal, as the reading that found this record sees it. */
  readonly redactions?: Redactions;
  /** Bytes of the whole record. */
  readonly bytes: number;
}

export interface EncodedRecord {
  readonly hash: string;
  /** The record in parts, so that a large payload is not copied. */
  readonly parts: readonly Uint8Array[];
  readonly bytes: number;
}

const commitHash = (sequenceAndPrevious: Uint8Array, header: Uint8Array): string =>
  createHash('sha256').update(sequenceAndPrevious).update(header).digest('hex');

/** The record that follows `previous`. */
export const encodeRecord = (
  previous: CommitRef,
  header: RecordHeader,
  payload: readonly Uint8Array[],
): EncodedRecord => {
  const json = Buffer.from(JSON.stringify(header));
  const payloadBytes = payload.reduce((sum, piece) => sum + piece.length, 0);
  const bytes = headerAt + json.length + payloadBytes + checksumBytes;
  const prefix = Buffer.alloc(headerAt);
  prefix.writeUInt32LE(bytes - sequenceAt, 0);
  prefix.writeBigUInt64LE(BigInt(previous.sequence + 1), sequenceAt);
  prefix.write(previous.hash, previousAt, 'hex');
  prefix.writeUInt32LE(json.length, headerLengthAt);
  const covered = [prefix, json, ...payload];
  const checksum = Buffer.alloc(checksumBytes);
  checksum.writeUInt32LE(covered.reduce((sum, part) => crc32(part, sum), 0));
  const hash = commitHash(prefix.subarray(sequenceAt, headerLengthAt), json);
  return { hash, parts: [...covered, checksum], bytes };
};

/** How long the record is that begins with these bytes. */
export const recordBytes = (prefix: Buffer): number => prefix.readUInt32LE(0) + sequenceAt;

/** How long the header is of the record that begins with these bytes. */
export const headerBytes = (prefix: Buffer): number => prefix.readUInt32LE(headerLengthAt);

/** The commit that the record which begins with these bytes says it follows. */
export const previousOf = (prefix: Buffer): CommitRef => ({
  sequence: Number(prefix.readBigUInt64LE(sequenceAt)) - 1,
  hash: prefix.toString('hex', previousAt, headerLengthAt),
});

/** Metadata of the record that begins with these bytes, which may end after its header. */
export const decodeMetadata = (bytes: Buffer): CommitRef & { readonly header: RecordHeader } => {
  const json = bytes.subarray(headerAt, headerAt + headerBytes(bytes));
  const header: RecordHeader = JSON.parse(json.toString());
  return {
    sequence: Number(bytes.readBigUInt64LE(sequenceAt)),
    hash: commitHash(bytes.subarray(sequenceAt, headerLengthAt), json),
    header,
  };
};

/** Reads one whole record and checks that it follows `previous`; a text says what is wrong with it. */
export const decodeRecord = (bytes: Buffer, previous: CommitRef): DecodedRecord | string => {
  const end = bytes.length - checksumBytes;
  if (end < headerAt || headerAt + headerBytes(bytes) > end) return 'its length is impossible';
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) return 'its checksum is wrong';
  const sequence = bytes.readBigUInt64LE(sequenceAt);
  if (sequence !== BigInt(previous.sequence + 1))
    return `it is commit ${sequence} where commit ${previous.sequence + 1} belongs`;
  if (bytes.toString('hex', previousAt, headerLengthAt) !== previous.hash)
    return 'it does not follow the commit before it';
  const payload = bytes.subarray(headerAt + headerBytes(bytes), end);
  return { ...decodeMetadata(bytes), payload, bytes: bytes.length };
};

/** What the store shows of a record. */
export const toCommitRecord = (ref: CommitRef, header: RecordHeader): CommitRecord => ({
  sequence: ref.sequence,
  hash: ref.hash,
  recordedAt: header.recordedAt,
  description: {
    activity: header.activity,
    actor: header.actor,
    message: header.message,
    ...(header.details === undefined ? {} : { details: header.details }),
  },
  graphs: header.graphs.map(({ graph, addedQuads, removedQuads, created, dropped, after }) => ({
    graph,
    addedQuads,
    removedQuads,
    created,
    dropped,
    ...(after ? { after } : {}),
  })),
});

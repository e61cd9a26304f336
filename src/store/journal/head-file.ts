import { crc32 } from 'node:zlib';
import { IsnadError } from '../../errors.ts';
import { formatVersion } from './segment-format.ts';
import type { Place } from './place.ts';

/**
 * The head file says which commit is the newest acknowledged one. It has two slots, a page apart, that
 * are written in turn: a write cut short by a crash leaves the other slot, and with it the commit
 * before, which is then the newest acknowledged one.
 */
export const headFileName = 'head';
const slotBytes = 4096;
/**
 * Version of a head whose journal withholds lines. Programs that know nothing of redactions refuse it
 * before they look at anything else, where they would find the withheld pieces damaged; the segments
 * themselves stay in the format they were written in.
 */
export const redactedHeadVersion = 3;
export const headFileBytes = 2 * slotBytes;

const magic = Buffer.from('ISNADHED', 'latin1');
const versionAt = 8;
const sequenceAt = 12;
const hashAt = 20;
const segmentAt = 52;
const offsetAt = 56;
const checksumAt = 64;
const usedBytes = 68;

export interface Head {
  readonly place: Place;
  /** The slot that holds it; the next head goes into the other. */
  readonly slot: 0 | 1;
  /** Whether the other slot could be read too. */
  readonly whole: boolean;
}

/** The bytes of one slot. */
export const encodeSlot = (place: Place, version = formatVersion): Buffer => {
  const bytes = Buffer.alloc(usedBytes);
  magic.copy(bytes);
  bytes.writeUInt32LE(version, versionAt);
  bytes.writeBigUInt64LE(BigInt(place.sequence), sequenceAt);
  bytes.write(place.hash, hashAt, 'hex');
  bytes.writeUInt32LE(place.segment, segmentAt);
  bytes.writeBigUInt64LE(BigInt(place.offset), offsetAt);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, checksumAt)), checksumAt);
  return bytes;
};

/** Where in the file a slot begins. */
export const slotOffset = (slot: 0 | 1): number => slot * slotBytes;

const decodeSlot = (bytes: Buffer): Place | undefined => {
  if (bytes.length < usedBytes || !bytes.subarray(0, magic.length).equals(magic)) return undefined;
  if (crc32(bytes.subarray(0, checksumAt)) !== bytes.readUInt32LE(checksumAt)) return undefined;
  const version = bytes.readUInt32LE(versionAt);
  if (version > redactedHeadVersion)
    throw new IsnadError(
      'store-version',
      `The journal's head is in format ${version}; this version of Isnad reads formats up to ${redactedHeadVersion}.`,
    );
  return {
    sequence: Number(bytes.readBigUInt64LE(sequenceAt)),
    hash: bytes.toString('hex', hashAt, segmentAt),
    segment: bytes.readUInt32LE(segmentAt),
    offset: Number(bytes.readBigUInt64LE(offsetAt)),
  };
};

/** A whole head file with `place` in both slots. */
export const encodeHeadFile = (place: Place, version = formatVersion): Buffer => {
  const bytes = Buffer.alloc(headFileBytes);
  encodeSlot(place, version).copy(bytes, slotOffset(0));
  encodeSlot(place, version).copy(bytes, slotOffset(1));
  return bytes;
};

/**
 * The newer of the two slots, or nothing when neither can be read.
 *
 * @throws IsnadError `store-version` for a head of a later format
 */
export const decodeHeadFile = (bytes: Buffer): Head | undefined => {
  const first = decodeSlot(bytes.subarray(slotOffset(0), slotOffset(0) + usedBytes));
  const second = decodeSlot(bytes.subarray(slotOffset(1), slotOffset(1) + usedBytes));
  const whole = first !== undefined && second !== undefined;
  if (second && second.sequence > (first?.sequence ?? -1)) return { place: second, slot: 1, whole };
  return first ? { place: first, slot: 0, whole } : undefined;
};

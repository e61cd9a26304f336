import { crc32 } from 'node:zlib';
import { IsnadError } from '../../errors.ts';

/**
 * The first bytes of a segment file, which no later version may change: magic, format version,
 * number of the segment, checksum. All numbers in the journal are little-endian.
 *
 * Since version 2 a record states what each graph it touched holds afterwards: quads and hash. Older
 * segments stay as they are, because their records are what the chain hashes; a journal is upgraded by
 * a commit in a new segment that states the hashes of all graphs.
 */
export const formatVersion = 2;
export const segmentHeaderBytes = 20;

const magic = Buffer.from('ISNADJNL', 'latin1');
const versionAt = 8;
const segmentAt = 12;
const checksumAt = 16;

/** The header of segment number `segment`. */
export const encodeSegmentHeader = (segment: number, version = formatVersion): Buffer => {
  const bytes = Buffer.alloc(segmentHeaderBytes);
  magic.copy(bytes);
  bytes.writeUInt32LE(version, versionAt);
  bytes.writeUInt32LE(segment, segmentAt);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, checksumAt)), checksumAt);
  return bytes;
};

/**
 * Says what is wrong with a segment's header, or nothing when it is the header of segment `segment`.
 *
 * @throws IsnadError `store-version` for an intact header of a later format
 */
export const segmentHeaderProblem = (bytes: Buffer, segment: number): string | undefined => {
  if (bytes.length < segmentHeaderBytes) return 'its header is cut short';
  if (!bytes.subarray(0, magic.length).equals(magic)) return 'it does not begin as a segment does';
  if (crc32(bytes.subarray(0, checksumAt)) !== bytes.readUInt32LE(checksumAt))
    return 'the checksum of its header is wrong';
  const version = bytes.readUInt32LE(versionAt);
  if (version > formatVersion) throw newerVersion(version);
  return bytes.readUInt32LE(segmentAt) === segment ? undefined : 'it is another segment';
};

const newerVersion = (version: number): IsnadError =>
  new IsnadError(
    'store-version',
    `The journal is in format ${version}; this version of Isnad reads formats up to ${formatVersion}.`,
  );

/** The format version of a segment whose header has been found intact. */
export const segmentVersion = (header: Buffer): number => header.readUInt32LE(versionAt);

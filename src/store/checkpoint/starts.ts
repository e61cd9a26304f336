import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RecordStart } from '../journal/record-start.ts';
import { isPassing } from '../passing-error.ts';
import { type Manifest, startsName } from './manifest.ts';

const segmentBytes = 4;
const offsetBytes = 8;
const entryBytes = segmentBytes + offsetBytes;

/** Where each commit's record starts, the first commit first: segment u32 ‖ offset u64. */
export const encodeStarts = (starts: readonly RecordStart[]): Buffer => {
  const bytes = Buffer.alloc(starts.length * entryBytes);
  for (const [index, { segment, offset }] of starts.entries()) {
    bytes.writeUInt32LE(segment, index * entryBytes);
    bytes.writeBigUInt64LE(BigInt(offset), index * entryBytes + segmentBytes);
  }
  return bytes;
};

/**
 * Reads them back; nothing when the file is missing or not as it was written.
 *
 * @throws Error what kept the file from being read and may pass (`isPassing`)
 */
export const readStarts = (checkpoint: string, manifest: Manifest): RecordStart[] | undefined => {
  const { bytes: wanted, sha256 } = manifest.commits;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path.join(checkpoint, startsName));
  } catch (error) {
    if (isPassing(error)) throw error;
    // Without it the checkpoint is none.
    return undefined;
  }
  if (bytes.length !== wanted || hash('sha256', bytes) !== sha256) return undefined;
  if (bytes.length !== manifest.place.sequence * entryBytes) return undefined;
  return Array.from({ length: manifest.place.sequence }, (_, index) => ({
    segment: bytes.readUInt32LE(index * entryBytes),
    offset: Number(bytes.readBigUInt64LE(index * entryBytes + segmentBytes)),
  }));
};

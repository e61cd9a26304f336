import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { whole } from '../../threads.ts';

/** One zstd frame (RFC 8878) of these bytes. */
export const compressNow = (bytes: Uint8Array): Buffer => whole(() => zstdCompressSync(bytes));

/**
 * The bytes of a zstd frame.
 *
 * @param bytesMax what they must not exceed
 * @throws Error when it is no whole frame, or holds more
 */
export const decompress = (frame: Uint8Array, bytesMax?: number): Buffer =>
  whole(() =>
    zstdDecompressSync(frame, bytesMax === undefined ? {} : { maxOutputLength: bytesMax }),
  );

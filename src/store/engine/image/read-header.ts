import { closeSync, openSync, readSync } from 'node:fs';
import { decodeImageHeader, imageHeaderBytes, prefixBytes, type ImageHeader } from './format.ts';

/** Longest header that is believed: some thousands of graph names and chunks. */
const headerBytesMax = 64 * 1024 * 1024;

/** An open image, read up to where its chunks begin. */
export interface OpenImage {
  readonly header: ImageHeader;
  readonly chunksAt: number;
}

const readExactly = (file: number, at: number, length: number): Buffer | undefined => {
  const bytes = Buffer.alloc(length);
  return readSync(file, bytes, 0, length, at) === length ? bytes : undefined;
};

/** The header of an image open as descriptor `file`, or nothing when it is no whole header. */
export const readImageHeader = (file: number): OpenImage | undefined => {
  const prefix = readExactly(file, 0, prefixBytes);
  const length = prefix && imageHeaderBytes(prefix);
  if (!prefix || length === undefined || length > headerBytesMax) return undefined;
  const json = readExactly(file, prefixBytes, length);
  const header = json && decodeImageHeader(prefix, json);
  return header && { header, chunksAt: prefixBytes + length };
};

/** The header of an image file, or nothing when the file cannot be used. */
export const headerOfImage = (path: string): ImageHeader | undefined => {
  const file = openSync(path, 'r');
  try {
    return readImageHeader(file)?.header;
  } finally {
    closeSync(file);
  }
};

import type * as NodeFs from 'node:fs';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { journalStart } from '../../../../src/store/journal/place.ts';
import { pageBytes } from '../../../../src/store/engine/image/format.ts';
import { headerOfImage } from '../../../../src/store/engine/image/read-header.ts';
import { saveImage } from '../../../../src/store/engine/image/save.ts';
import { temporaryDirectory } from '../../support.ts';

/** Bytes that the disk still takes. */
const room = vi.hoisted(() => ({ bytes: Infinity }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof NodeFs>();
  const writeSync = (file: number, bytes: Buffer, from: number, length: number): number => {
    if (room.bytes === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const written = Math.min(length, room.bytes);
    room.bytes -= written;
    return fs.writeSync(file, bytes, from, written);
  };
  return { ...fs, writeSync };
});

beforeEach(() => {
  room.bytes = Infinity;
});

const memory = Buffer.alloc(8 * pageBytes, 'a memory');
const header = {
  program: 'p',
  baseIri: 'http://localhost:3030/',
  place: journalStart,
  graphs: [],
  storeAddress: 1,
  references: { length: 0, names: [] },
};

it('leaves nothing of an image for which the disk had no room, and the one before as it was', () => {
  const directory = temporaryDirectory();
  const file = path.join(directory, '000000000001.image');
  for (const bytes of [0, 10, 3 * pageBytes]) {
    room.bytes = bytes;
    expect(() => saveImage(file, memory, header)).toThrow('no space left');
    expect(readdirSync(directory)).toEqual([]);
  }
  room.bytes = Infinity;
  saveImage(file, memory, header);
  const place = { ...journalStart, sequence: 7 };
  room.bytes = pageBytes;
  expect(() => saveImage(file, memory, { ...header, place })).toThrow('no space left');
  expect(readdirSync(directory)).toEqual([path.basename(file)]);
  expect(headerOfImage(file)?.place).toEqual(journalStart);
});

it('takes the place of what another attempt left', () => {
  const directory = temporaryDirectory();
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, '000000000001.image');
  writeFileSync(`${file}.new`, 'half an image');
  saveImage(file, memory, header);
  expect(readdirSync(directory)).toEqual([path.basename(file)]);
});

import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { writeWhole } from '../../src/cli/output-file.ts';

const temporaryDirectory = (): string => {
  const directory = mkdtempSync(path.join(tmpdir(), 'isnad-output-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

async function* breaking(): AsyncGenerator<string> {
  yield 'half';
  await Promise.resolve();
  throw new Error('in the middle');
}

it('a file that is written is whole, or as it was before', async () => {
  const directory = temporaryDirectory();
  const file = path.join(directory, 'export.nq');
  writeFileSync(file, 'old');
  await expect(writeWhole(file, Readable.from(breaking()))).rejects.toThrow('in the middle');
  expect(readFileSync(file, 'utf8')).toBe('old');
  await writeWhole(file, Readable.from(['new', ' text']));
  expect(readFileSync(file, 'utf8')).toBe('new text');
  const link = path.join(directory, 'latest.nq');
  symlinkSync(file, link);
  await writeWhole(link, Readable.from(['by link']));
  expect(readFileSync(file, 'utf8')).toBe('by link');
  expect(readdirSync(directory).toSorted()).toEqual(['export.nq', 'latest.nq']);
});

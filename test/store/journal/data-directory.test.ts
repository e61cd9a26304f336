import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { takeDirectory } from '../../../src/store/journal/data-directory.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'isnad-directory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the data directory', () => {
  it.each([
    ['an absolute path', path.join(folder, 'one')],
    ['several folders deep', path.join(folder, 'two', 'three', 'four')],
    [
      'a relative path, as by default',
      path.relative(process.cwd(), path.join(folder, 'five', 'six')),
    ],
  ])('is made, closed to others, at %s', { timeout: 5000 }, async (_, dataDir) => {
    const lock = await takeDirectory(dataDir);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    lock.release();
  });
});

import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeBackup } from '../../src/store/backup/make-backup.ts';
import { rebuildDirectory } from '../../src/store/backup/rebuild.ts';
import { restoreBackup } from '../../src/store/backup/restore-backup.ts';
import { verifyDirectory } from '../../src/store/verify/verify-directory.ts';
import { content, openEmbedded, readLines, temporaryDirectory, write } from './support.ts';

const quiet = (): void => undefined;
const one = 'a:one';

/** A closed directory of three commits, with an image. */
const prepare = async (): Promise<string> => {
  const dataDir = temporaryDirectory();
  const store = await openEmbedded(dataDir);
  for (const n of [1, 2, 3]) await write(store, content(one, `<a:s> <a:p> "${n}"`));
  await store.makeImage();
  await store.close();
  return dataDir;
};
const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .toSorted();

describe('a backup', () => {
  it('made while others write is one commit, and a restored one says its hash and holds its quads', async () => {
    const dataDir = temporaryDirectory();
    const store = await openEmbedded(dataDir);
    const stop = new AbortController();
    const count = (async () => {
      let n = 0;
      for (; !stop.signal.aborted; n += 1) await write(store, content(one, `<a:s> <a:p> "${n}"`));
      return n;
    })();
    const backups = [];
    for (const n of [1, 2, 3, 4]) {
      const { sequence: before } = store.head();
      await vi.waitUntil(() => store.head().sequence > before + 1, { timeout: 20_000 });
      const target = path.join(temporaryDirectory(), `backup-${n}`);
      backups.push({ target, ...(await makeBackup(dataDir, target, quiet)) });
    }
    stop.abort();
    expect(await count).toBeGreaterThan(backups.length);
    const hashes = new Map<number, string>();
    for await (const { sequence, hash } of store.log()) hashes.set(sequence, hash);
    for (const { target, sequence, hash } of backups) {
      expect(hash).toBe(hashes.get(sequence));
      const restored = path.join(temporaryDirectory(), 'restored');
      expect(await restoreBackup(target, restored, quiet)).toMatchObject({ sequence, hash });
      const opened = await openEmbedded(restored);
      expect(opened.head()).toEqual({ sequence, hash });
      expect(await readLines(opened, one)).toEqual([`<a:s> <a:p> "${sequence - 1}" <${one}> .`]);
      await opened.close();
    }
  });

  it('holds the journal, and neither images nor indexes', async () => {
    const target = path.join(temporaryDirectory(), 'backup');
    await makeBackup(await prepare(), target, quiet);
    expect(filesBelow(target)).toEqual([
      'data/journal/00000001.isnad',
      'data/journal/head',
      'manifest.json',
    ]);
  });

  it('is refused whole when any byte of it has changed', async () => {
    const dataDir = await prepare();
    const target = path.join(temporaryDirectory(), 'backup');
    await makeBackup(dataDir, target, quiet);
    for (const name of filesBelow(target)) {
      const file = path.join(target, name);
      const sound = readFileSync(file);
      for (let at = 0; at < sound.length; at += 53) {
        const bytes = Buffer.from(sound);
        bytes[at] = (bytes[at] ?? 0) ^ 0x04;
        writeFileSync(file, bytes);
        const restored = path.join(temporaryDirectory(), 'restored');
        await expect(restoreBackup(target, restored, quiet)).rejects.toMatchObject({
          code: 'backup-damaged',
        });
        expect(existsSync(restored)).toBe(false);
      }
      writeFileSync(file, sound);
    }
  });

  it('is not made over anything, nor restored over anything', async () => {
    const dataDir = await prepare();
    const wrong = { code: 'wrong-use' };
    await expect(makeBackup(dataDir, dataDir, quiet)).rejects.toMatchObject(wrong);
    const inside = path.join(dataDir, 'journal', 'backup');
    await expect(makeBackup(dataDir, inside, quiet)).rejects.toMatchObject(wrong);
    const target = path.join(temporaryDirectory(), 'backup');
    await makeBackup(dataDir, target, quiet);
    const before = filesBelow(dataDir);
    await expect(restoreBackup(target, dataDir, quiet)).rejects.toMatchObject(wrong);
    expect(filesBelow(dataDir)).toEqual(before);
    await expect(restoreBackup(dataDir, target, quiet)).rejects.toMatchObject(wrong);
  });
});

describe('verifying and rebuilding', () => {
  it('finds all well, and a flipped bit anywhere in the journal', async () => {
    const dataDir = await prepare();
    expect(await verifyDirectory(dataDir, quiet)).toMatchObject({
      commits: 3,
      doubts: [],
      notes: [],
    });
    const file = path.join(dataDir, 'journal', '00000001.isnad');
    const sound = readFileSync(file);
    for (let at = 0; at < sound.length; at += 29) {
      const bytes = Buffer.from(sound);
      bytes[at] = (bytes[at] ?? 0) ^ 0x01;
      writeFileSync(file, bytes);
      const { doubts } = await verifyDirectory(dataDir, quiet);
      expect(doubts.length, `byte ${at}`).toBeGreaterThan(0);
    }
    truncateSync(file, 100);
    expect((await verifyDirectory(dataDir, quiet)).doubts.length).toBeGreaterThan(0);
  });

  it('removes what is derived, which the next start makes again', async () => {
    const dataDir = await prepare();
    expect(await rebuildDirectory(dataDir, quiet)).toMatchObject({ removed: ['images'] });
    expect(existsSync(path.join(dataDir, 'images'))).toBe(false);
    const store = await openEmbedded(dataDir);
    expect(await readLines(store, one)).toHaveLength(1);
    await expect(rebuildDirectory(dataDir, quiet)).rejects.toMatchObject({ code: 'store-locked' });
  });
});

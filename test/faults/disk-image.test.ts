import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildImage, pendingAt, type Tree } from './disk-image.ts';
import { recordFiles } from './record-files.ts';

const textOf = (tree: Tree, name: string): string | undefined => {
  const file = tree.get(name);
  return file === undefined || file instanceof Map ? undefined : file.bytes.toString();
};

describe('a recording of file operations', () => {
  it('yields every disk that a loss of power may leave, and no other', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'isnad-image-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    mkdirSync(path.join(directory, 'x'));
    const recording = recordFiles(directory);
    onTestFinished(recording.stop);
    const file = await open(path.join(directory, 'draft'), 'wx');
    await file.write(Buffer.from('one'), 0, 3, 0);
    await file.sync();
    await file.write(Buffer.from('two'), 0, 3, 3);
    await file.close();
    await rename(path.join(directory, 'draft'), path.join(directory, 'done'));
    const { events } = recording;
    expect(events.map(({ op }) => op)).toEqual(['create', 'write', 'sync', 'write', 'rename']);
    expect(pendingAt(events, 5).map(({ at }) => at)).toEqual([0, 3, 4]);

    const image = (dropped: readonly number[]): Tree =>
      buildImage(new Map(), events, 5, (at) => (dropped.includes(at) ? 'dropped' : 'kept'));
    expect(textOf(image([]), 'done')).toBe('onetwo');
    expect(textOf(image([3]), 'done')).toBe('one');
    expect(textOf(image([4]), 'draft')).toBe('onetwo');
    expect(image([0]).size).toBe(0);

    const whole = await open(directory, 'r');
    await whole.sync();
    await whole.close();
    expect(pendingAt(events, events.length).map(({ at }) => at)).toEqual([3]);
  });
});

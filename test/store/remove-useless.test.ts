import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { removeUseless } from '../../src/store/remove-useless.ts';
import { isThere } from '../../src/store/is-there.ts';
import { temporaryDirectory } from './support.ts';
import { makeUnreadable } from './unreadable.ts';

it('removes a directory with all in it, and minds nothing that is not there', () => {
  const directory = path.join(temporaryDirectory(), 'useless');
  mkdirSync(directory);
  writeFileSync(path.join(directory, 'file'), 'x');
  const notices: string[] = [];
  removeUseless(directory, (notice) => notices.push(notice));
  expect(isThere(directory)).toBe(false);
  removeUseless(directory, (notice) => notices.push(notice));
  expect(notices).toEqual([]);
});

it('tells of what the system does not let be removed, and goes on', () => {
  const directory = path.join(temporaryDirectory(), 'above');
  mkdirSync(path.join(directory, 'useless'), { recursive: true });
  const putBack = makeUnreadable(directory);
  const notices: string[] = [];
  removeUseless(path.join(directory, 'useless'), (notice) => notices.push(notice));
  expect(notices).toEqual([expect.stringMatching(/useless is of no more use.*symbolic links/)]);
  putBack();
  expect(isThere(path.join(directory, 'useless'))).toBe(true);
});

it('does not take what the system does not say for absence', () => {
  const directory = path.join(temporaryDirectory(), 'above');
  mkdirSync(directory);
  const file = path.join(directory, 'file');
  expect(isThere(file)).toBe(false);
  makeUnreadable(directory);
  expect(() => isThere(file)).toThrow('ELOOP');
});

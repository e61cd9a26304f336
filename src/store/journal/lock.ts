import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { IsnadError } from '../../errors.ts';

/**
 * One process per data directory. The lock is an exclusive SQLite transaction held open on an empty
 * file: the operating system gives it up when the process dies, however it dies. The owner's process
 * number stands beside it for people only; nothing is decided by it.
 */
const lockName = 'lock';
const ownerName = 'lock-owner.json';

export interface DirectoryLock {
  readonly release: () => void;
}

interface Owner {
  readonly pid?: number;
  readonly since?: string;
}

const ownerOf = (dataDir: string): Owner => {
  try {
    const owner: Owner = JSON.parse(readFileSync(path.join(dataDir, ownerName), 'utf8'));
    return owner;
  } catch {
    // The owner may be just starting, or the file may be from a process that died while writing it.
    return {};
  }
};

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === 5;

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOSPC';

const locked = (dataDir: string): IsnadError => {
  const { pid, since } = ownerOf(dataDir);
  const owner = pid === undefined ? 'another process' : `process ${pid}, since ${since}`;
  return new IsnadError('store-locked', `${dataDir} is in use by ${owner}.`, {
    extra: pid === undefined ? {} : { pid },
  });
};

/** For people; on a full disk there is no room for it, and the store is to start nevertheless. */
const noteOwner = (dataDir: string): void => {
  const owner = { pid: process.pid, since: new Date().toISOString() };
  try {
    writeFileSync(path.join(dataDir, ownerName), `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
};

/**
 * Takes the lock of an existing data directory, at once or not at all.
 *
 * @throws IsnadError `store-locked`, naming the owner; nothing is changed then
 */
export const lockDirectory = (dataDir: string): DirectoryLock => {
  const database = new DatabaseSync(path.join(dataDir, lockName), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw isBusy(error) ? locked(dataDir) : error;
  }
  try {
    noteOwner(dataDir);
  } catch (error) {
    database.close();
    throw error;
  }
  return { release: () => database.close() };
};

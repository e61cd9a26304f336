import { createHash } from 'node:crypto';
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { IndexDatabase } from './index-database.ts';

/**
 * SQLite believes whatever stands in its pages, so the index is sealed: its SHA-256 lies beside it and is
 * compared before it is opened. What is written goes to the WAL, whose frames have checksums of their own
 * (what follows a damaged one is as if it had never been, and is read from the journal again); the file
 * itself changes only here, and is sealed anew then. So an index that its process could not close is whole
 * too, and one that was damaged is made again.
 */
const sealOf = (file: string): string => `${file}.seal`;
const walOf = (file: string): string => `${file}-wal`;

/** The files of an index. */
export const filesOf = (file: string): string[] => [file, walOf(file), `${file}-shm`, sealOf(file)];

/** So much is in the WAL at least, and a quarter of what the index takes, before it is sealed anew. */
const walBytesMin = 32 * 1024 * 1024;
const walShare = 0.25;
const pieceBytes = 1024 * 1024;

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const hashOf = (file: string): string => {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(pieceBytes);
  const descriptor = openSync(file, 'r');
  try {
    for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece))
      hash.update(piece.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
};

/** Whether the index is as it was sealed. */
export const isSealed = (file: string): boolean => {
  const known = [file, sealOf(file)].every((each) => statSync(each, { throwIfNoEntry: false }));
  return known && readFileSync(sealOf(file), 'utf8') === hashOf(file);
};

/** Seals an index that was closed. One that others have open keeps its WAL, and the seal it has. */
export const sealClosed = (file: string): void => {
  if (sizeOf(walOf(file)) === 0) writeSeal(file);
};

const writeSeal = (file: string): void => {
  const draft = `${sealOf(file)}.new`;
  writeFileSync(draft, hashOf(file), { mode: 0o600 });
  renameSync(draft, sealOf(file));
};

/** Seals an index from time to time while it is written. */
export class IndexSeal {
  readonly #file: string;
  readonly #database: IndexDatabase;
  #triedAtBytes = 0;

  /** @param database the index, open for writing, which makes no checkpoints of its own from here on */
  constructor(file: string, database: IndexDatabase) {
    this.#file = file;
    this.#database = database;
    database.exec('PRAGMA wal_autocheckpoint = 0');
  }

  /** To be called after each transaction. */
  renewIfGrown(): void {
    const walBytes = sizeOf(walOf(this.#file));
    const grown = walBytes - this.#triedAtBytes;
    if (grown >= Math.max(walBytesMin, sizeOf(this.#file) * walShare)) this.renew();
  }

  /** Brings what is in the WAL into the index, and seals it, unless somebody is reading the WAL just now. */
  renew(): void {
    // Half of what is in the WAL may be in the index then, which the seal is not for.
    rmSync(sealOf(this.#file), { force: true });
    this.#database.exec('PRAGMA busy_timeout = 0');
    const row = this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
    this.#database.exec('PRAGMA busy_timeout = 5000');
    this.#triedAtBytes = sizeOf(walOf(this.#file));
    if (row?.['busy'] === 0) writeSeal(this.#file);
  }
}

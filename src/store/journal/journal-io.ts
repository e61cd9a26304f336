import { open, type FileHandle } from 'node:fs/promises';

/**
 * The two operations on which durability rests. Tests put faults in their place.
 */
export interface JournalIo {
  /** Writes all parts, one after the other, from `offset` on. */
  readonly write: (file: FileHandle, parts: readonly Uint8Array[], offset: number) => Promise<void>;
  /** Returns when the file's bytes and size are on the disk. */
  readonly sync: (file: FileHandle) => Promise<void>;
}

export const fileIo: JournalIo = {
  write: async (file, parts, offset) => {
    let at = offset;
    for (const part of parts) {
      let done = 0;
      while (done < part.length)
        done += (await file.write(part, done, part.length - done, at + done)).bytesWritten;
      at += part.length;
    }
  },
  sync: async (file) => file.datasync(),
};

/** Makes the names in a directory durable: files created, renamed or removed in it. */
export const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes a new file and syncs it. */
export const writeSynced = async (path: string, bytes: Uint8Array): Promise<void> => {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

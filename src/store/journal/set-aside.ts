import { open, rename, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { syncDirectory, writeSynced } from './journal-io.ts';
import { segmentFileName } from './place.ts';
import { listSegments, type TornTail } from './scan.ts';

/** Where bytes that are not part of the journal were put. */
export interface SetAside {
  readonly file: string;
  readonly bytes: number;
}

const stamp = (at: Date): string => at.toISOString().replaceAll(/[^0-9TZ]/g, '');

const sync = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const readFrom = async (file: string, offset: number): Promise<Buffer> => {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(size - offset);
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, done, bytes.length - done, offset + done);
      if (bytesRead === 0) return bytes.subarray(0, done);
      done += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
};

/** Keeps a copy of the tail, which is small, then cuts it off. */
const cutTail = async (directory: string, torn: TornTail, at: Date): Promise<SetAside> => {
  const segment = path.join(directory, segmentFileName(torn.segment));
  const name = `set-aside-${segmentFileName(torn.segment)}-${torn.offset}-${stamp(at)}`;
  const aside = path.join(directory, name);
  const { size } = await stat(segment);
  // One of the same moment was being written when a start was killed.
  await rm(aside, { force: true });
  await writeSynced(aside, await readFrom(segment, torn.offset));
  await syncDirectory(directory);
  await truncate(segment, torn.offset);
  await sync(segment);
  return { file: name, bytes: size - torn.offset };
};

const moveSegment = async (directory: string, segment: number, at: Date): Promise<SetAside> => {
  const name = segmentFileName(segment);
  const aside = `set-aside-${name}-0-${stamp(at)}`;
  const { size } = await stat(path.join(directory, name));
  await rename(path.join(directory, name), path.join(directory, aside));
  return { file: aside, bytes: size };
};

/** Takes a torn tail out of the journal, without deleting a byte of it. */
export const setAside = async (
  directory: string,
  torn: TornTail,
  at: Date,
): Promise<SetAside[]> => {
  const done: SetAside[] = [];
  for (const segment of listSegments(directory)) {
    if (segment > torn.segment || (segment === torn.segment && torn.offset === 0))
      done.push(await moveSegment(directory, segment, at));
    else if (segment === torn.segment) done.push(await cutTail(directory, torn, at));
  }
  await syncDirectory(directory);
  return done;
};

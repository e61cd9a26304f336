import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { isThere } from '../is-there.ts';
import type { JournalPoint } from '../journal/journal-point.ts';
import type { Place } from '../journal/place.ts';
import { isPassing } from '../passing-error.ts';
import { quadsName, readManifest, type Manifest } from './manifest.ts';
import { readStarts } from './starts.ts';

/** Name of the directory of a data directory that holds its checkpoints. */
export const checkpointsName = 'checkpoints';
const checkpointName = /^\d{12}$/;

/** A checkpoint whose manifest and list of commits are as they were written. */
export interface ShelvedCheckpoint {
  readonly directory: string;
  readonly manifest: Manifest;
}

/** What the system did not let be read this time; it is left as it is. */
export interface Unread {
  readonly directory: string;
  readonly reason: string;
}

export interface CheckpointList {
  readonly good: readonly ShelvedCheckpoint[];
  /** What is no whole checkpoint. */
  readonly bad: readonly string[];
  readonly unread: readonly Unread[];
  /**
   * The commits of all whose manifest is whole: also one whose other files are damaged is proof that its
   * commit was on the disk.
   */
  readonly witnessed: readonly Place[];
}

const hasQuads = (directory: string, { quads }: Manifest): boolean =>
  statSync(path.join(directory, quadsName), { throwIfNoEntry: false })?.size === quads.bytes;

/** What reading gives; where the system does not let it be read, that is noted. */
export const unlessUnread = <Result>(
  unread: Unread[],
  directory: string,
  read: () => Result,
): Result | undefined => {
  try {
    return read();
  } catch (error) {
    if (!isPassing(error)) throw error;
    unread.push({ directory, reason: error.message });
    return undefined;
  }
};

const namesIn = (checkpoints: string): readonly string[] =>
  isThere(checkpoints) ? readdirSync(checkpoints) : [];

/** The checkpoints of a data directory, the newest first; nothing is changed. */
export const listCheckpoints = (checkpoints: string): CheckpointList => {
  const good: ShelvedCheckpoint[] = [];
  const bad: string[] = [];
  const unread: Unread[] = [];
  const witnessed: Place[] = [];
  const look = (name: string): void => {
    const directory = path.join(checkpoints, name);
    const manifest = checkpointName.test(name) ? readManifest(directory) : undefined;
    const isNamed = manifest?.place.sequence === Number(name);
    if (isNamed) witnessed.push(manifest.place);
    if (isNamed && hasQuads(directory, manifest)) good.push({ directory, manifest });
    else bad.push(directory);
  };
  const names = unlessUnread(unread, checkpoints, () => namesIn(checkpoints)) ?? [];
  for (const name of names.toSorted().toReversed())
    unlessUnread(unread, path.join(checkpoints, name), () => look(name));
  return { good, bad, unread, witnessed };
};

/**
 * What opening a journal has to know of what lies before a checkpoint; nothing when that is damaged.
 *
 * @throws Error what kept it from being read and may pass (`isPassing`)
 */
export const pointOf = ({ directory, manifest }: ShelvedCheckpoint): JournalPoint | undefined => {
  const starts = readStarts(directory, manifest);
  const { place, recordedAt, graphs } = manifest;
  return starts && { place, recordedAt, graphs, starts };
};

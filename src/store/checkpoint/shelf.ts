import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { JournalPoint } from '../journal/journal-point.ts';
import type { Place } from '../journal/place.ts';
import { isDraft } from './make.ts';
import { quadsName, readManifest, type Manifest } from './manifest.ts';
import { readStarts } from './starts.ts';

/** Name of the directory of a data directory that holds its checkpoints. */
export const checkpointsName = 'checkpoints';
/** The one before the newest is kept: should the newest be damaged, the start need not begin at nothing. */
const kept = 2;
const checkpointName = /^\d{12}$/;

/** A checkpoint whose manifest and list of commits are as they were written. */
export interface ShelvedCheckpoint {
  readonly directory: string;
  readonly manifest: Manifest;
}

const hasQuads = (directory: string, { quads }: Manifest): boolean => {
  const file = path.join(directory, quadsName);
  return existsSync(file) && statSync(file).size === quads.bytes;
};

/**
 * The checkpoints of a data directory, the newest first. What is none is not in the list; nothing is
 * changed. `witnessed` are the commits of all whose manifest is whole: also one whose other files are
 * damaged is proof that its commit was on the disk.
 */
export const listCheckpoints = (
  checkpoints: string,
): {
  readonly good: readonly ShelvedCheckpoint[];
  readonly bad: readonly string[];
  readonly witnessed: readonly Place[];
} => {
  const good: ShelvedCheckpoint[] = [];
  const bad: string[] = [];
  const witnessed: Place[] = [];
  const names = existsSync(checkpoints) ? readdirSync(checkpoints) : [];
  for (const name of names.toSorted().toReversed()) {
    const directory = path.join(checkpoints, name);
    const manifest = checkpointName.test(name) ? readManifest(directory) : undefined;
    const isNamed = manifest?.place.sequence === Number(name);
    if (isNamed) witnessed.push(manifest.place);
    if (isNamed && hasQuads(directory, manifest)) good.push({ directory, manifest });
    else bad.push(directory);
  }
  return { good, bad, witnessed };
};

/** What opening a journal has to know of what lies before a checkpoint; nothing when it cannot be read. */
export const pointOf = ({ directory, manifest }: ShelvedCheckpoint): JournalPoint | undefined => {
  const starts = readStarts(directory, manifest);
  const { place, recordedAt, graphs } = manifest;
  return starts && { place, recordedAt, graphs, starts };
};

/** The checkpoints that a process uses and makes. */
export class CheckpointShelf {
  readonly #checkpoints: string;
  readonly #onNotice: (notice: string) => void;
  #all: readonly ShelvedCheckpoint[] = [];
  #bad: string[] = [];
  #witnessed: readonly Place[] = [];

  /** @param checkpoints their directory */
  constructor(checkpoints: string, onNotice: (notice: string) => void) {
    this.#checkpoints = checkpoints;
    this.#onNotice = onNotice;
  }

  /** The newest checkpoint. */
  get newest(): ShelvedCheckpoint | undefined {
    return this.#all[0];
  }

  /** The newest checkpoint that is not newer than a commit. */
  newestTo(sequence: number): ShelvedCheckpoint | undefined {
    return this.#all.find(({ manifest }) => manifest.place.sequence <= sequence);
  }

  /** The commits that `find` found checkpoints of which must be in the journal. */
  get witnessed(): readonly Place[] {
    return this.#witnessed;
  }

  /**
   * Finds the newest checkpoint that can be read, and changes nothing yet.
   *
   * @returns what it says of the journal up to its commit
   */
  find(): JournalPoint | undefined {
    const { good, bad, witnessed } = listCheckpoints(this.#checkpoints);
    this.#bad = [...bad];
    this.#witnessed = witnessed;
    for (const [index, checkpoint] of good.entries()) {
      const point = pointOf(checkpoint);
      this.#all = good.slice(index);
      if (point) return point;
      this.#bad.push(checkpoint.directory);
    }
    this.#all = [];
    return undefined;
  }

  /**
   * Clears away what `find` found to be none. A checkpoint is derived from the journal, so one that is
   * damaged costs no more than time.
   */
  clearAway(): void {
    for (const directory of this.#bad.splice(0)) {
      if (!isDraft(directory)) this.#onNotice(`${directory} is no whole checkpoint; removed.`);
      rmSync(directory, { recursive: true, force: true });
    }
  }

  /** The directory in which a checkpoint of this commit is to be made. */
  pathFor({ sequence }: Place): string {
    return path.join(this.#checkpoints, String(sequence).padStart(12, '0'));
  }

  /** Takes a new checkpoint, and lets the oldest go. */
  put(checkpoint: ShelvedCheckpoint): void {
    const all = [checkpoint, ...this.#all];
    this.#all = all.slice(0, kept);
    for (const { directory } of all.slice(kept))
      rmSync(directory, { recursive: true, force: true });
  }

  /** Throws all checkpoints away. */
  clear(): void {
    this.#all = [];
    rmSync(this.#checkpoints, { recursive: true, force: true });
  }

  /** Throws a checkpoint away that turned out to be damaged. */
  discard(directory: string): void {
    if (!this.#all.some((each) => each.directory === directory)) return;
    this.#onNotice(
      `The checkpoint ${directory} is damaged; it is removed, and another will be made.`,
    );
    this.#all = this.#all.filter((each) => each.directory !== directory);
    rmSync(directory, { recursive: true, force: true });
  }
}

import { rmSync } from 'node:fs';
import path from 'node:path';
import type { JournalPoint } from '../journal/journal-point.ts';
import type { Place } from '../journal/place.ts';
import { removeUseless } from '../remove-useless.ts';
import {
  listCheckpoints,
  pointOf,
  unlessUnread,
  type ShelvedCheckpoint,
  type Unread,
} from './list.ts';
import { isDraft } from './make.ts';

/** The one before the newest is kept: should the newest be damaged, the start need not begin at nothing. */
const kept = 2;

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
    const { good, bad, unread, witnessed } = listCheckpoints(this.#checkpoints);
    const passedOver = [...unread];
    this.#bad = [...bad];
    this.#witnessed = witnessed;
    const point = this.#findPoint(good, passedOver);
    for (const { directory, reason } of passedOver) this.passOver(directory, reason);
    return point;
  }

  #findPoint(good: readonly ShelvedCheckpoint[], unread: Unread[]): JournalPoint | undefined {
    for (const [index, checkpoint] of good.entries()) {
      const { directory } = checkpoint;
      const before = unread.length;
      const point = unlessUnread(unread, directory, () => pointOf(checkpoint));
      this.#all = good.slice(index);
      if (point) return point;
      if (unread.length === before) this.#bad.push(directory);
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
      removeUseless(directory, this.#onNotice);
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
    for (const { directory } of all.slice(kept)) removeUseless(directory, this.#onNotice);
  }

  /** Throws all checkpoints away. */
  clear(): void {
    this.#all = [];
    rmSync(this.#checkpoints, { recursive: true, force: true });
  }

  /** Tells that a checkpoint cannot be read for a reason that may pass; it is neither used nor removed. */
  passOver(directory: string, reason: string): void {
    this.#onNotice(`${directory} could not be read and is not used this time: ${reason}`);
  }

  /** Throws a checkpoint away that turned out to be damaged. */
  discard(directory: string): void {
    if (!this.#all.some((each) => each.directory === directory)) return;
    this.#onNotice(
      `The checkpoint ${directory} is damaged; it is removed, and another will be made.`,
    );
    this.#all = this.#all.filter((each) => each.directory !== directory);
    removeUseless(directory, this.#onNotice);
  }
}

import { IsnadError } from '../errors.ts';
import type { Iris } from '../model/iris.ts';
import type { CheckpointKeeper } from './checkpoint/keeper.ts';
import type { MadeCommit } from './committer.ts';
import type { ImageKeeper } from './engine/image/keeper.ts';
import type { ReaderPool } from './engine/pool/reader-pool.ts';
import { provenanceText, type RecentSteps, type Step } from './engine/steps.ts';
import type { Writer } from './engine/writer.ts';
import type { GraphTable } from './graph-table.ts';
import { isShownInTime } from './shown-in-time.ts';
import type { CommitRecord, CommitRef } from './store.ts';

/** What commits are shown to. */
export interface PublisherParts {
  readonly iris: Iris;
  readonly graphs: GraphTable;
  readonly readers: ReaderPool;
  readonly writer: Writer;
  readonly images: ImageKeeper;
  readonly checkpoints: CheckpointKeeper;
  /** The newest commits, for engines that are close behind. */
  readonly recent: RecentSteps;
  readonly onNotice: (notice: string) => void;
}

/** A delta of more bytes than this keeps a reader away for so long that queries would notice. */
const largeDeltaBytes = 2 * 1024 * 1024;

/**
 * Makes commits visible, in two steps: while they are on their way to the disk the engines read them, and
 * once they are there the first reader, the head, the tables and the listeners show them.
 */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #listeners = new Set<(record: CommitRecord) => void>();
  #head: CommitRef;
  /** What the commits do that are on their way to the disk. */
  #prepared: readonly Step[] = [];
  /** A commit that is on the disk and could not be shown in time. */
  #late: CommitRef | undefined;

  /** @param head the newest commit on the disk, which engines begin with */
  constructor(parts: PublisherParts, head: CommitRef) {
    this.#parts = parts;
    this.#head = toRef(head);
  }

  /** The newest commit that queries are answered at. */
  get head(): CommitRef {
    return this.#head;
  }

  /** Why nothing more is to be written: a commit waits to be shown, for which no engine has room. */
  get refusal(): IsnadError | undefined {
    if (!this.#late) return undefined;
    const detail = `Commit ${this.#late.sequence} is not shown yet; nothing is written before it is.`;
    return new IsnadError('store-busy', detail);
  }

  /** Lets the engines read commits that are on their way to the disk. */
  prepare(commits: readonly MadeCommit[]): void {
    const { readers, writer, recent, iris } = this.#parts;
    const newest = commits.at(-1);
    if (!newest) return;
    const steps = commits.map(({ record, deltas }) => ({
      sequence: record.sequence,
      changes: deltas,
      provenance: provenanceText(record, iris),
    }));
    for (const step of steps) recent.add(step);
    this.#prepared = steps;
    readers.prepare(newest.place, bytesOf(steps) > largeDeltaBytes);
    writer.follow(newest.place);
  }

  /**
   * Shows commits that are on the disk.
   *
   * @throws IsnadError `not-shown-yet` when no engine could show them for long; they are as soon as one can
   */
  async publish(commits: readonly MadeCommit[]): Promise<void> {
    const { readers } = this.#parts;
    const newest = commits.at(-1);
    if (!newest) return;
    const steps = this.#prepared;
    const shown = readers.publish().then(() => this.#show(commits, steps));
    if (await isShownInTime(shown, () => readers.isReading)) return;
    const { sequence } = newest.record;
    if (this.#head.sequence >= sequence) return;
    this.#late = toRef(newest.record);
    shown.catch((error: unknown) => this.#parts.onNotice(`Commit ${sequence}: ${String(error)}`));
    throw new IsnadError('not-shown-yet', `Commit ${sequence} is recorded and not shown yet.`);
  }

  /** The first reader has these commits: queries are answered at the newest of them. */
  #show(commits: readonly MadeCommit[], steps: readonly Step[]): void {
    const { graphs, images, checkpoints, onNotice } = this.#parts;
    const newest = commits.at(-1);
    if (newest) this.#head = toRef(newest.record);
    if (this.#late) onNotice(`Commit ${this.#late.sequence} is shown: writes go on.`);
    this.#late = undefined;
    for (const [index, { record }] of commits.entries()) {
      const step = steps[index];
      if (step) graphs.apply(record, step.provenance);
      this.#tell(record);
    }
    images.consider();
    checkpoints.consider();
  }

  /** Takes back what was prepared and has not come onto the disk. */
  withdraw(): void {
    this.#parts.readers.withdraw();
  }

  /** @returns takes the listener away again */
  onCommit(listener: (record: CommitRecord) => void): () => void {
    // A function of its own, so that the same listener given twice is called twice.
    const own = (record: CommitRecord): void => listener(record);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  #tell(record: CommitRecord): void {
    for (const listener of this.#listeners)
      try {
        listener(record);
      } catch (error) {
        this.#parts.onNotice(`A listener failed at commit ${record.sequence}: ${String(error)}`);
      }
  }
}

const bytesOf = (steps: readonly Step[]): number =>
  steps
    .flatMap(({ changes }) => changes)
    .flatMap(({ added, removed }) => [...added, ...removed])
    .reduce((sum, piece) => sum + piece.length, 0);

/** What names a commit, of a value that knows more. */
export const toRef = ({ sequence, hash }: CommitRef): CommitRef => ({ sequence, hash });

import type { Iris } from '../model/iris.ts';
import type { CheckpointKeeper } from './checkpoint/keeper.ts';
import type { MadeCommit } from './committer.ts';
import type { ImageKeeper } from './engine/image/keeper.ts';
import type { ReaderPool } from './engine/pool/reader-pool.ts';
import { provenanceText, type RecentSteps, type Step } from './engine/steps.ts';
import type { Writer } from './engine/writer.ts';
import type { GraphTable } from './graph-table.ts';
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

  /** @param head the newest commit on the disk, which engines begin with */
  constructor(parts: PublisherParts, head: CommitRef) {
    this.#parts = parts;
    this.#head = toRef(head);
  }

  /** The newest commit that queries are answered at. */
  get head(): CommitRef {
    return this.#head;
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

  /** Shows commits that are on the disk. */
  async publish(commits: readonly MadeCommit[]): Promise<void> {
    const { readers, graphs, images, checkpoints } = this.#parts;
    const newest = commits.at(-1);
    if (!newest) return;
    const steps = this.#prepared;
    await readers.publish();
    this.#head = toRef(newest.record);
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

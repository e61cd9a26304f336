import { fromWireError, IsnadError } from '../errors.ts';
import type { ChangeOutcome, DueChange } from './engine/calls.ts';
import type { Writer } from './engine/writer.ts';
import type { CommitDraft, Journal, JournaledCommit } from './journal/journal.ts';
import type { CommitDescription, CommitRecord, GraphDelta } from './store.ts';
import { type WaitingWrite, type Wanted, WriteLine } from './write-line.ts';

/** A commit on the disk, and what it does. */
export interface MadeCommit extends JournaledCommit {
  readonly deltas: readonly GraphDelta[];
}

export interface CommitterParts {
  readonly journal: Journal;
  readonly writer: Writer;
  /** Told of commits that are written and not yet synced, so that engines can read them meanwhile. */
  readonly prepare: (commits: readonly MadeCommit[]) => void;
  /** Makes the commits that were prepared visible to queries; called when they are on the disk. */
  readonly publish: (commits: readonly MadeCommit[]) => Promise<void>;
  /** The commits that were prepared could not be synced. */
  readonly withdraw: () => void;
  /** Why nothing may be written just now, although the journal could; nothing as a rule. */
  readonly refusal: () => IsnadError | undefined;
}

/** A write as the writer's engine worked it out. */
interface TriedWrite {
  readonly write: WaitingWrite;
  readonly outcome: ChangeOutcome;
}

/** Writes that may wait; more would wait for what stands still, and only fill the memory. */
const waitingMax = 1000;

/** What became of a batch on the writer's engine. */
type Tried = { readonly writes: readonly TriedWrite[] } | { readonly error: unknown };

/**
 * The one place where writes become commits, in their order and in two stages: writes that wait together
 * are tried on the writer's engine; then they are journaled with one sync and published, while the next
 * are tried already. Nobody is told of a commit, or that there was none to make, before all it rests on
 * is on the disk and visible.
 */
export class Committer {
  readonly #parts: CommitterParts;
  readonly #line = new WriteLine();
  #running: Promise<void> | undefined;
  /** The batch that is being journaled and published: whether it could be. */
  #journaling: Promise<boolean> = Promise.resolve(true);

  constructor(parts: CommitterParts) {
    this.#parts = parts;
  }

  /**
   * Writes one commit; gives nothing when the change changes nothing.
   *
   * @throws IsnadError `store-busy` when too many wait
   */
  async write(wanted: Wanted, description: CommitDescription): Promise<CommitRecord | undefined> {
    if (this.#line.length >= waitingMax)
      throw new IsnadError('store-busy', 'Too many writes are waiting.');
    const settled = Promise.withResolvers<CommitRecord | undefined>();
    this.#line.push({ wanted, description, settled });
    this.#running ??= this.#run();
    return settled.promise;
  }

  /** Runs `work` when no write is under way, and no write until it has ended. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const settled = Promise.withResolvers<Result>();
    this.#line.push({
      work: async () => {
        await work().then(settled.resolve, settled.reject);
      },
    });
    this.#running ??= this.#run();
    return settled.promise;
  }

  /**
   * Writes one commit of deltas that are known to be exact, from within `alone`.
   *
   * @throws IsnadError `write-failed`, `disk-full`, `store-full`; nothing is written then
   */
  async writeAlone(draft: CommitDraft): Promise<CommitRecord> {
    const { refusal } = this;
    if (refusal) throw refusal;
    await this.#parts.writer.attempt(draft.deltas);
    const commits = await this.#journal([draft]);
    await this.#parts.publish(commits);
    const [commit] = commits;
    if (commit) return commit.record;
    throw new IsnadError('internal', 'The journal lost count of a commit.');
  }

  /** Why a write would be refused now, whatever it is; nothing as a rule. */
  get refusal(): IsnadError | undefined {
    const { journal, refusal } = this.#parts;
    return journal.writable ? refusal() : notWritable();
  }

  /** Writes and other work under way or in the line. */
  get waiting(): number {
    return this.#line.length + (this.#running ? 1 : 0);
  }

  /** Resolves when nothing is waiting any more. */
  async idle(): Promise<void> {
    await this.#running;
    await this.#journaling;
  }

  async #run(): Promise<void> {
    // Those who write in the same turn of the event loop share a sync.
    await Promise.resolve();
    while (!this.#line.isEmpty) {
      if (this.#line.nextStandsFirst) await this.#isJournaled();
      const work = this.#line.takeWork();
      await (work ? work() : this.#writeBatch());
    }
    this.#running = undefined;
  }

  /** Waits for the batch that is being journaled, and says whether the next may follow it. */
  async #isJournaled(): Promise<boolean> {
    const journaled = await this.#journaling;
    this.#journaling = Promise.resolve(true);
    return journaled;
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#line.takeBatch(this.#parts.journal.head);
    if (batch.length === 0) return;
    const tried = await this.#tryAll(batch);
    if (!(await this.#isJournaled())) {
      // They were worked out on top of what is not in the journal, or may not be written before it is shown.
      await this.#parts.writer.discard();
      this.#line.putBack(batch);
    } else if ('writes' in tried) this.#journaling = this.#finish(tried.writes);
    else if (batch.length > 1) this.#line.putBackSingly(batch);
    else batch[0]?.settled.reject(tried.error);
  }

  /** Tries writes on the writer, which is then ahead of the journal. */
  async #tryAll(batch: readonly WaitingWrite[]): Promise<Tried> {
    try {
      const { refusal } = this;
      if (refusal) throw refusal;
      const outcomes = await this.#try(batch);
      return { writes: batch.map((write, index) => ({ write, outcome: at(outcomes, index) })) };
    } catch (error) {
      return { error };
    }
  }

  async #try(batch: readonly WaitingWrite[]): Promise<readonly ChangeOutcome[]> {
    const { writer } = this.#parts;
    const changes: DueChange[] = [];
    for (const { wanted } of batch) {
      if ('plan' in wanted) {
        // A plan stands alone in its batch.
        const { deltas } = wanted.plan;
        await writer.attempt(deltas);
        return [{ deltas }];
      }
      const { change, options } = wanted;
      changes.push({ change, deadlineAt: options.deadlineAt ?? Infinity });
    }
    return writer.changeAll(changes);
  }

  /** Journals and publishes what was tried, and tells each write of its end. Never throws. */
  async #finish(tried: readonly TriedWrite[]): Promise<boolean> {
    const drafts = tried.flatMap(draftOf);
    let commits: readonly MadeCommit[];
    try {
      commits = await this.#journal(drafts);
    } catch (error) {
      for (const { write } of tried) write.settled.reject(error);
      return false;
    }
    try {
      if (commits.length > 0) await this.#parts.publish(commits);
      tell(tried, commits);
      return true;
    } catch (error) {
      for (const { write, outcome } of tried)
        write.settled.reject('error' in outcome ? fromWireError(outcome.error) : error);
      return false;
    }
  }

  async #journal(drafts: readonly CommitDraft[]): Promise<MadeCommit[]> {
    if (drafts.length === 0) return [];
    const { journal, prepare, withdraw, writer } = this.#parts;
    const withDeltas = (commits: readonly JournaledCommit[]): MadeCommit[] =>
      commits.map((commit, index) => ({ ...commit, deltas: at(drafts, index).deltas }));
    try {
      return withDeltas(await journal.append(drafts, (commits) => prepare(withDeltas(commits))));
    } catch (error) {
      withdraw();
      await writer.discard();
      throw error;
    }
  }
}

/** What is to be journaled of a write, if there is anything. */
const draftOf = ({ write, outcome }: TriedWrite): CommitDraft[] =>
  'deltas' in outcome && outcome.deltas.length > 0
    ? [{ deltas: outcome.deltas, description: write.description }]
    : [];

const tell = (tried: readonly TriedWrite[], commits: readonly MadeCommit[]): void => {
  let next = 0;
  for (const each of tried) {
    const { write, outcome } = each;
    if ('error' in outcome) write.settled.reject(fromWireError(outcome.error));
    else if (draftOf(each).length === 0) write.settled.resolve(undefined);
    else {
      write.settled.resolve(at(commits, next).record);
      next += 1;
    }
  }
};

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new IsnadError('internal', 'The writer lost count of a change.');
  return item;
};

const notWritable = (): IsnadError =>
  new IsnadError('write-failed', 'The journal could not be synced; restart to write again.');

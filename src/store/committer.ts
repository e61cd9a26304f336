import { fromWireError, IsnadError } from '../errors.ts';
import type { ChangeOutcome } from './engine/calls.ts';
import type { Writer } from './engine/writer.ts';
import type { CommitDraft, Journal, JournaledCommit } from './journal/journal.ts';
import type {
  Change,
  CommitDescription,
  CommitRecord,
  CommitRef,
  GraphDelta,
  Plan,
  WriteOptions,
} from './store.ts';

/** What is to be written: a change to work out, or one that was planned before. */
export type Wanted =
  | { readonly change: Change; readonly options: WriteOptions }
  | { readonly plan: Plan };

interface WaitingWrite {
  readonly wanted: Wanted;
  readonly description: CommitDescription;
  readonly settled: PromiseWithResolvers<CommitRecord | undefined>;
}

/** Something that needs the writer for itself, as planning does: no commit comes between. */
interface WaitingWork {
  readonly work: () => Promise<void>;
}

/** A commit on the disk, and what it does. */
export interface MadeCommit extends JournaledCommit {
  readonly deltas: readonly GraphDelta[];
}

interface MadeWrite {
  readonly write: WaitingWrite;
  readonly draft: CommitDraft;
}

export interface CommitterParts {
  readonly journal: Journal;
  readonly writer: Writer;
  /** Makes commits visible to queries, in order; called when they are on the disk. */
  readonly publish: (commits: readonly MadeCommit[]) => Promise<void>;
}

/** Writes that are synced together at most: enough that a sync is cheap, few enough that none waits long. */
const batchMax = 128;

/**
 * The one place where writes become commits, one after the other: each is tried on the writer's engine,
 * those that wait together are journaled with one sync, then published. Nobody is told of a commit before
 * it is on the disk and visible.
 */
export class Committer {
  readonly #parts: CommitterParts;
  readonly #line: (WaitingWrite | WaitingWork)[] = [];
  #running: Promise<void> | undefined;
  /** How many writes at the front of the line are tried each by itself. */
  #oneByOne = 0;

  constructor(parts: CommitterParts) {
    this.#parts = parts;
  }

  /** Writes one commit; gives nothing when the change changes nothing. */
  async write(wanted: Wanted, description: CommitDescription): Promise<CommitRecord | undefined> {
    const settled = Promise.withResolvers<CommitRecord | undefined>();
    this.#enter({ wanted, description, settled });
    return settled.promise;
  }

  /** Runs `work` when no write is under way, and no write until it has ended. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const settled = Promise.withResolvers<Result>();
    this.#enter({
      work: async () => {
        await work().then(settled.resolve, settled.reject);
      },
    });
    return settled.promise;
  }

  /** Writes and other work under way or in the line. */
  get waiting(): number {
    return this.#line.length + (this.#running ? 1 : 0);
  }

  /** Resolves when nothing is waiting any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  #enter(each: WaitingWrite | WaitingWork): void {
    this.#line.push(each);
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // Those who write in the same turn of the event loop share a sync.
    await Promise.resolve();
    while (this.#line.length > 0) {
      const [next] = this.#line;
      if (next && 'work' in next) {
        this.#line.shift();
        await next.work();
      } else await this.#writeBatch();
    }
    this.#running = undefined;
  }

  async #writeBatch(): Promise<void> {
    const made = await this.#make();
    if (made.length === 0) return;
    try {
      const commits = await this.#journal(made.map(({ draft }) => draft));
      await this.#parts.publish(commits);
      for (const [index, { write }] of made.entries())
        write.settled.resolve(commits[index]?.record);
    } catch (error) {
      for (const { write } of made) write.settled.reject(error);
    }
  }

  /** Tries the writes at the front of the line on the writer, which is then ahead of the journal. */
  async #make(): Promise<MadeWrite[]> {
    const writes = this.#takeBatch();
    try {
      if (!this.#parts.journal.writable) throw notWritable();
      const outcomes = await this.#try(writes);
      return writes.flatMap((write, index) => settle(write, outcomes[index]));
    } catch (error) {
      const [culprit] = writes;
      if (writes.length === 1) culprit?.settled.reject(error);
      else {
        // One of them broke the engine; alone, each gets the answer that is its own.
        this.#line.unshift(...writes);
        this.#oneByOne = writes.length;
      }
      return [];
    }
  }

  /** The changes at the front of the line, or the plan that stands there. */
  #takeBatch(): WaitingWrite[] {
    const most = this.#oneByOne > 0 ? 1 : batchMax;
    if (this.#oneByOne > 0) this.#oneByOne -= 1;
    const batch: WaitingWrite[] = [];
    while (batch.length < most) {
      const [next] = this.#line;
      if (!next || 'work' in next || (standsFirst(next.wanted) && batch.length > 0)) break;
      this.#line.shift();
      const refusal = this.#refusalOf(next.wanted);
      if (refusal === undefined) batch.push(next);
      else next.settled.reject(refusal);
      if ('plan' in next.wanted) break;
    }
    return batch;
  }

  /** Why a write is not to be tried at all: its client is gone, or the store has moved on from its base. */
  #refusalOf(wanted: Wanted): unknown {
    if ('plan' in wanted) return undefined;
    const { signal, base } = wanted.options;
    if (signal?.aborted) return signal.reason;
    const { head } = this.#parts.journal;
    return base && base.hash !== head.hash ? movedOn(base, head) : undefined;
  }

  async #try(writes: readonly WaitingWrite[]): Promise<readonly ChangeOutcome[]> {
    const { writer } = this.#parts;
    const [first] = writes;
    if (first && 'plan' in first.wanted) return [await this.#tryPlan(first.wanted.plan)];
    const changes: Change[] = [];
    const deadlines: number[] = [];
    for (const { wanted } of writes)
      if ('change' in wanted) {
        changes.push(wanted.change);
        deadlines.push(wanted.options.deadlineAt ?? Infinity);
      }
    return changes.length === 0 ? [] : writer.changeAll(changes, Math.min(...deadlines));
  }

  async #tryPlan({ base, deltas }: Plan): Promise<ChangeOutcome> {
    const { journal, writer } = this.#parts;
    if (base.hash !== journal.head.hash) throw movedOn(base, journal.head);
    await writer.attempt(deltas);
    return { deltas };
  }

  async #journal(drafts: readonly CommitDraft[]): Promise<MadeCommit[]> {
    try {
      const commits = await this.#parts.journal.append(drafts);
      return commits.map((commit, index) => ({ ...commit, deltas: drafts[index]?.deltas ?? [] }));
    } catch (error) {
      await this.#parts.writer.discard();
      throw error;
    }
  }
}

/** Tells a write of its end, if it has come; otherwise gives what is to be journaled of it. */
const settle = (write: WaitingWrite, outcome: ChangeOutcome | undefined): MadeWrite[] => {
  if (!outcome) throw new IsnadError('internal', 'The writer lost count of a change.');
  if ('error' in outcome) write.settled.reject(fromWireError(outcome.error));
  else if (outcome.deltas.length === 0) write.settled.resolve(undefined);
  else return [{ write, draft: { deltas: outcome.deltas, description: write.description } }];
  return [];
};

/** Whether a write was worked out at a certain commit, so that none may be made ahead of it. */
const standsFirst = (wanted: Wanted): boolean =>
  'plan' in wanted || wanted.options.base !== undefined;

const movedOn = (base: CommitRef, head: CommitRef): IsnadError =>
  new IsnadError(
    'commit-conflict',
    `The plan was made at commit ${base.sequence}; the store is at commit ${head.sequence}.`,
  );

const notWritable = (): IsnadError =>
  new IsnadError('write-failed', 'The journal could not be synced; restart to write again.');

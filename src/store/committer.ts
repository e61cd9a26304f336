import { IsnadError } from '../errors.ts';
import type { Writer } from './engine/writer.ts';
import type { CommitDraft, Journal, JournaledCommit } from './journal/journal.ts';
import type {
  Change,
  CommitDescription,
  CommitRecord,
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

interface MadeWrite {
  readonly write: WaitingWrite;
  readonly draft: CommitDraft;
}

export interface CommitterParts {
  readonly journal: Journal;
  readonly writer: Writer;
  /** Makes commits visible to queries, in order; called when they are on the disk. */
  readonly publish: (commits: readonly JournaledCommit[], bytes: number) => Promise<void>;
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
      await this.#parts.publish(commits, bytesOf(made));
      for (const [index, { write }] of made.entries())
        write.settled.resolve(commits[index]?.record);
    } catch (error) {
      for (const { write } of made) write.settled.reject(error);
    }
  }

  /** Tries the writes at the front of the line on the writer, which is then ahead of the journal. */
  async #make(): Promise<MadeWrite[]> {
    const { writer } = this.#parts;
    const made: MadeWrite[] = [];
    let engine = writer.generation;
    while (made.length < batchMax) {
      const [write] = this.#line;
      if (!write || 'work' in write) break;
      this.#line.shift();
      try {
        const deltas = await this.#try(write.wanted, made.length > 0);
        if (made.length === 0) engine = writer.generation;
        if (writer.generation !== engine) {
          // The engine broke down in between: its successor has not seen what was made before this one.
          this.#line.unshift(write);
          await writer.discard();
          break;
        }
        if (deltas.length === 0) write.settled.resolve(undefined);
        else made.push({ write, draft: { deltas, description: write.description } });
      } catch (error) {
        write.settled.reject(error);
        // An engine that broke down took what was made ahead with it; that is proven, and can be journaled.
        if (writer.generation !== engine) break;
      }
    }
    return made;
  }

  async #try(wanted: Wanted, isAhead: boolean): Promise<readonly GraphDelta[]> {
    const { journal, writer } = this.#parts;
    if ('change' in wanted) wanted.options.signal?.throwIfAborted();
    if (!journal.writable)
      throw new IsnadError(
        'write-failed',
        'The journal could not be synced; restart to write again.',
      );
    if ('change' in wanted) return writer.change(wanted.change, wanted.options.deadlineAt);
    const { base, deltas } = wanted.plan;
    if (isAhead || base.hash !== journal.head.hash)
      throw new IsnadError(
        'commit-conflict',
        `The plan was made at commit ${base.sequence}; the store is past it.`,
      );
    await writer.attempt(deltas);
    return deltas;
  }

  async #journal(drafts: readonly CommitDraft[]): Promise<JournaledCommit[]> {
    try {
      return await this.#parts.journal.append(drafts);
    } catch (error) {
      await this.#parts.writer.discard();
      throw error;
    }
  }
}

const bytesOf = (made: readonly MadeWrite[]): number =>
  made
    .flatMap(({ draft }) => draft.deltas)
    .flatMap(({ added, removed }) => [...added, ...removed])
    .reduce((sum, piece) => sum + piece.length, 0);

import { IsnadError } from '../errors.ts';
import type {
  Change,
  CommitDescription,
  CommitRecord,
  CommitRef,
  Plan,
  WriteOptions,
} from './store.ts';

/** What is to be written: a change to work out, or one that was planned before. */
export type Wanted =
  | { readonly change: Change; readonly options: WriteOptions }
  | { readonly plan: Plan };

export interface WaitingWrite {
  readonly wanted: Wanted;
  readonly description: CommitDescription;
  readonly settled: PromiseWithResolvers<CommitRecord | undefined>;
}

/** Something that needs the writer for itself, as planning does: no commit comes between. */
interface WaitingWork {
  readonly work: () => Promise<void>;
}

/** Writes that are synced together at most: enough that a sync is cheap, few enough that none waits long. */
const batchMax = 128;

/** The writes that wait, in the order of their arrival, and what needs the writer for itself among them. */
export class WriteLine {
  readonly #line: (WaitingWrite | WaitingWork)[] = [];
  /** How many writes at the front of the line are tried each by itself. */
  #oneByOne = 0;

  get length(): number {
    return this.#line.length;
  }

  get isEmpty(): boolean {
    return this.#line.length === 0;
  }

  /** Whether the next in the line was worked out at a certain commit, or may not meet any write. */
  get nextStandsFirst(): boolean {
    const [next] = this.#line;
    return next !== undefined && ('work' in next || standsFirst(next.wanted));
  }

  push(each: WaitingWrite | WaitingWork): void {
    this.#line.push(each);
  }

  /** Puts writes back in front that have to be tried again. */
  putBack(writes: readonly WaitingWrite[]): void {
    this.#line.unshift(...writes);
  }

  /** As `putBack`, for writes of which one broke the engine: alone, each gets the answer that is its own. */
  putBackSingly(writes: readonly WaitingWrite[]): void {
    this.putBack(writes);
    this.#oneByOne = writes.length;
  }

  /** Takes what needs the writer for itself, if that is next. */
  takeWork(): (() => Promise<void>) | undefined {
    const [next] = this.#line;
    if (!next || !('work' in next)) return undefined;
    this.#line.shift();
    return next.work;
  }

  /** Takes the changes at the front of the line, or the plan that stands there. */
  takeBatch(head: CommitRef): WaitingWrite[] {
    const most = this.#oneByOne > 0 ? 1 : batchMax;
    if (this.#oneByOne > 0) this.#oneByOne -= 1;
    const batch: WaitingWrite[] = [];
    while (batch.length < most) {
      const [next] = this.#line;
      if (!next || 'work' in next || (standsFirst(next.wanted) && batch.length > 0)) break;
      this.#line.shift();
      const refusal = refusalOf(next.wanted, head);
      if (refusal === undefined) batch.push(next);
      else next.settled.reject(refusal);
      if (standsFirst(next.wanted)) break;
    }
    return batch;
  }
}

/** Whether a write was worked out at a certain commit, so that none may be made ahead of it. */
const standsFirst = (wanted: Wanted): boolean =>
  'plan' in wanted || wanted.options.base !== undefined;

/** Why a write is not to be tried at all: its client is gone, its time is over, or the store has moved on from its base. */
const refusalOf = (wanted: Wanted, head: CommitRef): unknown => {
  if ('change' in wanted) {
    const { signal, deadlineAt = Infinity } = wanted.options;
    if (signal?.aborted) return signal.reason;
    if (deadlineAt <= Date.now()) return timedOut();
  }
  const base = 'plan' in wanted ? wanted.plan.base : wanted.options.base;
  return base && base.hash !== head.hash ? movedOn(base, head) : undefined;
};

const timedOut = (): IsnadError =>
  new IsnadError('query-timeout', 'The update was not done by its time limit.');

const movedOn = (base: CommitRef, head: CommitRef): IsnadError =>
  new IsnadError(
    'commit-conflict',
    `The plan was made at commit ${base.sequence}; the store is at commit ${head.sequence}.`,
  );

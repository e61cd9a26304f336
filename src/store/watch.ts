import type { PoolStatus } from './engine/pool/status.ts';
import type { CommitRef } from './store.ts';

/** What those who watch over a store can see of it and ask it, beside what every user can. */
export interface WatchedStore {
  readonly status: () => StoreStatus;
  /**
   * Tries everything a store needs for its work, and leaves no trace: a file is synced, every idle
   * engine answers, the writer adds a quad and takes it back. No commit is made.
   *
   * @param deadlineAt when all of it must be done, in milliseconds of `Date.now()`
   * @throws IsnadError `store-busy` with what did not work; `write-failed` when no write is taken any more
   */
  readonly tryOut: (deadlineAt: number) => Promise<TryOut>;
  /**
   * Lets every engine prove that it holds what the journal states; writes wait meanwhile.
   *
   * @returns what is not as it should be, one sentence each
   * @throws IsnadError `store-busy` when the store is closing, and what an engine threw
   */
  readonly checkEngines: () => Promise<readonly string[]>;
}

/** How a store was found that works. */
export interface TryOut {
  /** Engines that answered; those at work on a query were not asked. */
  readonly answered: number;
  /** Engines at work, each under a deadline of its own. */
  readonly busy: number;
  /** `busy` while a write is under way, which has a deadline; `starting` while it reads the journal. */
  readonly writer: 'answered' | 'busy' | 'starting';
}

/** What an operator sees of a store. */
export interface StoreStatus {
  readonly head: CommitRef;
  /** False once the journal could not be synced: reads go on, writes are refused. */
  readonly writable: boolean;
  /** Whether the engine that works changes out is there; if not, the next write starts it. */
  readonly writerReady: boolean;
  readonly writerMemoryBytes: number;
  /** Writes and plans under way or waiting. */
  readonly writesWaiting: number;
  /** Bytes of the journal's records. */
  readonly journalBytes: number;
  readonly graphs: number;
  readonly quads: number;
  readonly readers: PoolStatus;
  readonly scrub: ScrubStatus;
}

/** What the check of the journal in the background has found since the start of the process. */
export interface ScrubStatus {
  readonly runs: number;
  /** Doubts of the last run that ended. */
  readonly doubts: number;
  /** Runs that could not be done. */
  readonly failures: number;
  /** When the last run ended, in milliseconds since 1970; 0 before the first. */
  readonly endedAt: number;
  readonly lastRunMs: number;
}

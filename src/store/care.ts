import type { CommitRef } from './store.ts';

/**
 * What an operator does to a data directory as a whole, beside the store that is open on it. Commands
 * know these verbs only; `main.ts` puts the adapters behind them.
 */
export interface Care {
  /**
   * Copies a data directory at one commit, also while a process writes to it.
   *
   * @param target directory to make; it must not exist
   * @throws IsnadError `wrong-use` for a target that exists or a directory without a journal,
   *   `store-damaged` when the copy does not verify; nothing is left at the target then
   */
  readonly backup: (dataDir: string, target: string, onProgress: CareProgress) => Promise<Backup>;
  /**
   * Makes a data directory from a backup, once all of it has verified.
   *
   * @param dataDir must be absent or empty
   * @throws IsnadError `wrong-use`, `backup-damaged`, `store-damaged`, `store-version`; the data
   *   directory is as it was then
   */
  readonly restore: (backup: string, dataDir: string, onProgress: CareProgress) => Promise<Backup>;
  /**
   * Checks everything a data directory says of itself; changes nothing, and can run while a process
   * writes to it.
   *
   * @throws IsnadError `wrong-use` where there is no journal, `store-version`
   */
  readonly verify: (dataDir: string, onProgress: CareProgress) => Promise<Verification>;
  /**
   * Removes everything that is derived from the journal and will be made again by the next start.
   *
   * @throws IsnadError `wrong-use`, `store-locked`, `store-damaged` (the journal must verify first,
   *   because what is derived may be all that is left of a damaged one)
   */
  readonly rebuild: (dataDir: string, onProgress: CareProgress) => Promise<Rebuilt>;
}

/** Told how many bytes are done, of how many. */
export type CareProgress = (stage: string, done: number, total: number) => void;

/** What a backup holds. */
export interface Backup extends CommitRef {
  readonly files: number;
  readonly bytes: number;
}

/** How a data directory was found. */
export interface Verification {
  readonly head: CommitRef;
  /** Commits whose payloads and graph hashes were recomputed. */
  readonly commits: number;
  readonly segments: number;
  /** What is wrong, one sentence each; empty when all is well. */
  readonly doubts: readonly string[];
  /** What is odd but harmless, as bytes of an unacknowledged write. */
  readonly notes: readonly string[];
}

/** What was removed. */
export interface Rebuilt {
  readonly removed: readonly string[];
  readonly bytes: number;
}

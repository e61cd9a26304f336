/** What is measured of the bare engine, and alike of the served store. */
export interface EngineFigures {
  readonly importPerSecond: number;
  readonly lookupsPerSecond: number;
  /** One lookup by one client. */
  readonly lookupMs: number;
  /** Median of each domain query. */
  readonly queryMs: Readonly<Record<string, number>>;
  readonly writesPerSecond: number;
  readonly bytesPerTriple: number;
}

/** What is measured of the store only. */
export interface StoreFigures extends EngineFigures {
  readonly startNewMs: number;
  readonly imageMs: number;
  readonly checkpointMs: number;
  /** From an image, with the small commits to read that came after it. */
  readonly restartWithTailMs: number;
  /** After a clean end, which may leave an image or a checkpoint to start from. */
  readonly restartMs: number;
  /** After kill -9. */
  readonly restartAfterKillMs: number;
  /** Without an image, from a checkpoint and the small commits that came after it. */
  readonly restartFromCheckpointMs: number;
  /** Without anything but the journal. */
  readonly restartFromJournalMs: number;
  readonly writesPerSecondBy8: number;
  /** Writing 1000 triples in one commit. */
  readonly mediumWriteMs: number;
  readonly lookupP99Ms: number;
  /** Requests that ask for no work, as a measure of what HTTP alone allows on the machine. */
  readonly liveRequestsPerSecond: number;
  /** Lookups whose answers are remembered. */
  readonly repeatedLookupsPerSecond: number;
  /** The first answers after a query's engine was killed: the slowest of them. */
  readonly afterKilledQueryMs: number;
  readonly journalBytesPerTriple: number;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(part * (values.length - 1))] ?? 0;

/** The mean of ratios: as much twice as slow as half as slow is even. */
export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

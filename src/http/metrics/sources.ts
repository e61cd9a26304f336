import type { ResultCacheStatus } from '../../sparql/result-cache.ts';
import type { StoreStatus } from '../../store/watch.ts';

/** How far a start has come, in commits. */
export interface OpeningProgress {
  readonly done: number;
  readonly total: number;
}

/** Everything the metrics are read from, at the moment they are asked for. */
export interface Readings {
  /** Nothing until the store is open. */
  readonly store?: StoreStatus;
  readonly opening: OpeningProgress;
  /** Commits since the start of the process, by activity. */
  readonly commits: ReadonlyMap<string, number>;
  /** Connections closed at once since the start of the process, because there were too many. */
  readonly connectionsDropped: number;
  readonly results?: ResultCacheStatus | undefined;
  readonly history?: OpeningProgress;
  readonly process: ProcessReadings;
}

/** What the operating system and Node.js say of this process. */
export interface ProcessReadings {
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
  readonly cpuSeconds: number;
  readonly openFiles: number;
  readonly uptimeSeconds: number;
  /** Delay of the event loop since the metrics were last read, in seconds. */
  readonly loopDelayMeanSeconds: number;
  readonly loopDelayP99Seconds: number;
  readonly loopDelayMaxSeconds: number;
}

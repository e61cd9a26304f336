import type { ResultCache } from '../../sparql/result-cache.ts';
import type { CommitRecord } from '../../store/store.ts';
import type { WatchedStore } from '../../store/watch.ts';
import { watchProcess } from './process-readings.ts';
import type { OpeningProgress, Readings } from './sources.ts';

/** What of an open service the metrics are read from. */
export interface ObservedServices {
  readonly watched?: Pick<WatchedStore, 'status'>;
  readonly results?: Pick<ResultCache, 'status'>;
  readonly store: {
    readonly time: { readonly progress: () => OpeningProgress };
    readonly onCommit: (listener: (record: CommitRecord) => void) => unknown;
  };
}

/** A service as it comes up, seen by those who watch. */
export interface Observation {
  readonly opening: () => OpeningProgress;
  readonly tellProgress: (done: number, total: number) => void;
  /** A connection was closed at once, because there were too many. */
  readonly countDropped: () => void;
  /** The store is open: from now on its commits are counted. */
  readonly open: (services: ObservedServices) => void;
  readonly read: () => Readings;
}

/** Begins to observe a service and its process. */
export const observeService = (): Observation => {
  const readProcess = watchProcess();
  const commits = new Map<string, number>();
  let connectionsDropped = 0;
  let opening: OpeningProgress = { done: 0, total: 0 };
  let services: ObservedServices | undefined;
  return {
    opening: () => opening,
    tellProgress: (done, total) => {
      opening = { done, total };
    },
    countDropped: () => {
      connectionsDropped += 1;
    },
    open: (opened) => {
      services = opened;
      opened.store.onCommit(({ description: { activity } }) =>
        commits.set(activity, (commits.get(activity) ?? 0) + 1),
      );
    },
    read: () => ({
      opening,
      commits,
      connectionsDropped,
      process: readProcess(),
      ...(services?.watched ? { store: services.watched.status() } : {}),
      ...(services ? { history: services.store.time.progress() } : {}),
      results: services?.results?.status(),
    }),
  };
};

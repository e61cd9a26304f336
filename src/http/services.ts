import type { ResultCache } from '../sparql/result-cache.ts';
import type { Iris } from '../model/iris.ts';
import type { Settings } from '../settings.ts';
import type { TimedStore } from '../store/time.ts';
import type { WitnessIndex } from '../search/witness-index.ts';

/** What the handlers work with; `main.ts` puts it together. */
export interface Services {
  readonly store: TimedStore;
  readonly settings: Settings;
  readonly iris: Iris;
  readonly witnesses: WitnessIndex;
  /** Answers of queries that are given again until the next commit. */
  readonly results?: ResultCache;
}

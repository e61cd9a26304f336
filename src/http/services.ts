import type { Tokens } from '../access/tokens.ts';
import type { ResultCache } from '../sparql/result-cache.ts';
import type { Iris } from '../model/iris.ts';
import type { Settings } from '../settings.ts';
import type { WatchedStore } from '../store/watch.ts';
import type { TimedStore } from '../store/time.ts';
import type { Identify } from './access/identify.ts';
import type { Metrics } from './metrics/registry.ts';
import type { Readiness } from './readiness.ts';
import type { WitnessIndex } from '../search/witness-index.ts';

/** What the handlers work with; `main.ts` puts it together. */
export interface Services {
  readonly store: TimedStore;
  readonly settings: Settings;
  readonly iris: Iris;
  readonly witnesses: WitnessIndex;
  /** Answers of queries that are given again until the next commit. */
  readonly results?: ResultCache;
  /** Whether the service can do its work; without it `/ready` asks a small query only. */
  readonly readiness?: Readiness;
  readonly metrics?: Metrics;
  /** Says on whose authority a request comes; without it nobody may do more than read. */
  readonly identify?: Identify;
  readonly tokens?: Tokens;
  /** What the operator may ask of the store beyond what all may. */
  readonly watched?: WatchedStore;
}

import type { Iris } from '../model/iris.ts';
import type { Store } from '../store/store.ts';
import type { ResultCache } from './result-cache.ts';

/** What asking a query needs: the store, the base of relative IRIs, and the limits. */
export interface QueryServices {
  readonly store: Store;
  readonly iris: Pick<Iris, 'base'>;
  /** Answers that are given again; without it every query is worked out. */
  readonly results?: ResultCache;
  readonly settings: {
    /** Longest time one query may take, counted from its arrival. */
    readonly queryTimeoutMs: number;
    readonly resultBytesMax: number;
    readonly defaultGraph: 'union' | 'standard';
  };
}

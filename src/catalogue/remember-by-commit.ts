import type { Store } from '../store/store.ts';

/**
 * Keeps the last answer of `read` for as long as the store makes no commit; those who ask while it is
 * being read share the reading. For what every page needs and only commits change.
 */
export const rememberByCommit = <Limits, Result>(
  read: (store: Store, limits: Limits) => Promise<Result>,
): ((store: Store, limits: Limits) => Promise<Result>) => {
  const remembered = new WeakMap<
    Store,
    { readonly commit: number; readonly result: Promise<Result> }
  >();
  return (store, limits) => {
    const commit = store.head().sequence;
    const last = remembered.get(store);
    if (last?.commit === commit) return last.result;
    const result = read(store, limits);
    remembered.set(store, { commit, result });
    // A failure is not kept: the next reader asks again.
    result.catch(() => remembered.delete(store));
    return result;
  };
};

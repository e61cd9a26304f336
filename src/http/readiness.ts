import { IsnadError } from '../errors.ts';
import type { QueryRequest, Store } from '../store/store.ts';
import type { TryOut, WatchedStore } from '../store/watch.ts';

/** How a service was found that can do its work. */
export interface Ready extends Partial<TryOut> {
  readonly status: 'ready';
  readonly commit: number;
}

/** Whether the service can do its work now; throws why not. */
export type Readiness = () => Promise<Ready>;

/** When a try must be done. */
const tryTimeoutMs = 2_000;
/** How long what was found is told again: a canary that could be asked at will would be a weapon. */
const keptMs = 1_000;

const smallQuery = (baseIri: string): QueryRequest => ({
  query: 'ASK {}',
  mediaType: 'application/sparql-results+json',
  defaultGraph: 'union',
  baseIri,
  deadlineAt: Date.now() + tryTimeoutMs,
  resultBytesMax: 1024,
});

/**
 * Tries the service out: all parts of the store (`WatchedStore.tryOut`), and one small query in the line
 * when no engine was free to be asked. Those who ask within a second of each other share one try.
 *
 * @param watched without it, only the query is asked
 */
export const createReadiness = (
  store: Pick<Store, 'query' | 'head'>,
  baseIri: string,
  watched?: Pick<WatchedStore, 'tryOut'>,
): Readiness => {
  let kept: { readonly found: Promise<Ready>; readonly until: number } | undefined;
  const tryAll = async (): Promise<Ready> => {
    const tried = await watched?.tryOut(Date.now() + tryTimeoutMs);
    if ((tried?.answered ?? 0) === 0)
      await store.query(smallQuery(baseIri)).catch((cause: unknown) => {
        throw new IsnadError('store-busy', 'A small query was not answered in time.', { cause });
      });
    return { status: 'ready', commit: store.head().sequence, ...tried };
  };
  return async () => {
    if (!kept || kept.until < Date.now()) {
      const found = tryAll();
      const own = { found, until: Infinity };
      kept = own;
      const note = (): void => {
        if (kept === own) kept = { found, until: Date.now() + keptMs };
      };
      found.then(note, note);
    }
    return kept.found;
  };
};

import type { Iris } from '../../model/iris.ts';
import type { CommitReceipt, Store } from '../../store/store.ts';
import { analyser } from '../answer.ts';
import type { Graphs } from './operations.ts';

/** What doing an update needs. */
export interface UpdateServices {
  readonly store: Store;
  readonly iris: Pick<Iris, 'base'>;
  readonly settings: {
    /** Longest time one update may take, counted from its arrival. */
    readonly queryTimeoutMs: number;
    readonly defaultGraph: 'union' | 'standard';
  };
}

export interface UpdateTask {
  /** SPARQL 1.1 Update text. */
  readonly text: string;
  /** Who wrote: a token's name, or `operator`. */
  readonly actor: string;
  /** What the commit says of itself. */
  readonly message?: string | undefined;
  /** Graphs of the protocol's using-graph-uri and using-named-graph-uri. */
  readonly using?: Graphs | undefined;
  /** When the update must be worked out, in milliseconds of `Date.now()`; by default `queryTimeoutMs` from now. */
  readonly deadlineAt?: number | undefined;
  /** Ends the work when its client is gone. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does an update: all of its operations in one commit, or none. An update that changes nothing makes no
 * commit.
 *
 * @throws IsnadError `query-syntax` with line and column, `query-unsupported` for LOAD, SERVICE and what
 *   passes the limits of queries, `query-failed`, `query-timeout`, `rdf-syntax`, `invalid-parameter`, and
 *   what `Store.write` throws; nothing is written then
 */
export const answerUpdate = async (
  { store, iris, settings }: UpdateServices,
  { text, actor, message = 'SPARQL update', using, signal, ...given }: UpdateTask,
): Promise<CommitReceipt> => {
  const deadlineAt = given.deadlineAt ?? Date.now() + settings.queryTimeoutMs;
  const operations = await analyser.planUpdate(text, iris.base, using);
  signal?.throwIfAborted();
  const { defaultGraph } = settings;
  return store.write(
    { kind: 'update', update: { operations, baseIri: iris.base, defaultGraph } },
    { activity: 'update', actor, message },
    { deadlineAt, ...(signal ? { signal } : {}) },
  );
};

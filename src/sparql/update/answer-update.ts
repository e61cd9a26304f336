import { createIris, type Iris } from '../../model/iris.ts';
import type { CommitDetails, CommitReceipt, Store } from '../../store/store.ts';
import { analyser } from '../answer.ts';
import type { Asker } from '../../turns.ts';
import { checkReach } from './authorise.ts';
import { confineToGraph } from './confine.ts';
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

export interface UpdateTask extends Asker {
  /** SPARQL 1.1 Update text. */
  readonly text: string;
  /** Who wrote: a token's name, or `operator`. */
  readonly actor: string;
  /** The graphs that may come out changed; without it, all that are not read-only. */
  readonly onlyGraphs?: readonly string[] | undefined;
  /** The graph of which it is a patch: it stands in the place of the default graph, and no other is written. */
  readonly patchOf?: string | undefined;
  /** What the commit says of itself. */
  readonly message?: string | undefined;
  readonly details?: CommitDetails | undefined;
  /** Graphs of the protocol's using-graph-uri and using-named-graph-uri. */
  readonly using?: Graphs | undefined;
  /** When the update must be worked out, in milliseconds of `Date.now()`; by default `queryTimeoutMs` from now. */
  readonly deadlineAt?: number | undefined;
  /** Told of each operation that is left out, as LOAD SILENT. */
  readonly onSkipped?: (operation: string) => void;
}

/**
 * Does an update: all of its operations in one commit, or none. An update that changes nothing makes no
 * commit.
 *
 * @throws IsnadError `query-syntax` with line and column, `query-unsupported` for LOAD without SILENT, SERVICE
 *   and what passes the limits of queries, `query-failed`, `query-timeout`, `rdf-syntax`, `invalid-parameter`,
 *   `forbidden` for one that goes beyond `onlyGraphs`, and what `Store.write` throws; nothing is written then
 */
export const answerUpdate = async (
  { store, iris, settings }: UpdateServices,
  task: UpdateTask,
): Promise<CommitReceipt> => {
  const { text, actor, message = 'SPARQL update', using, signal, client, patchOf } = task;
  const deadlineAt = task.deadlineAt ?? Date.now() + settings.queryTimeoutMs;
  const turn = { client, signal, deadlineAt };
  const plan = await analyser.planUpdate(text, iris.base, using, turn);
  signal?.throwIfAborted();
  for (const skipped of plan.skipped) task.onSkipped?.(skipped);
  const operations =
    patchOf === undefined ? plan.operations : confineToGraph(plan.operations, patchOf);
  const readOnly = createIris(iris.base).provenance;
  checkReach(operations, { onlyGraphs: task.onlyGraphs, readOnly });
  const onlyGraphs = patchOf === undefined ? task.onlyGraphs : [patchOf];
  const { defaultGraph } = settings;
  return store.write(
    {
      kind: 'update',
      update: { operations, baseIri: iris.base, defaultGraph },
      ...(onlyGraphs ? { onlyGraphs } : {}),
    },
    {
      activity: patchOf === undefined ? 'update' : 'graph-store',
      actor,
      message,
      ...(task.details ? { details: task.details } : {}),
    },
    { deadlineAt, ...(signal ? { signal } : {}) },
  );
};

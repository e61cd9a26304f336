import type { Change, CommitDetails, CommitReceipt, Store } from '../../store/store.ts';

/** What is done to a graph; the default graph's name is empty. */
export type GraphWrite =
  | { readonly kind: 'replace' | 'add'; readonly graph: string; readonly nquads: Uint8Array }
  | { readonly kind: 'remove'; readonly graph: string };

export interface GraphWriteTask {
  readonly write: GraphWrite;
  /** Who wrote: a token's name, or `operator`. */
  readonly actor: string;
  readonly details?: CommitDetails | undefined;
  /** When the change must be worked out, in milliseconds of `Date.now()`. */
  readonly deadlineAt: number;
  /** Ends the work when its client is gone. */
  readonly signal: AbortSignal;
}

const piecesOf = (nquads: Uint8Array): Uint8Array[] => (nquads.length === 0 ? [] : [nquads]);

const changeOf = (write: GraphWrite): Change => {
  const { graph } = write;
  if (write.kind === 'add')
    return {
      kind: 'delta',
      deltas: [{ graph, added: piecesOf(write.nquads), removed: [], created: graph !== '' }],
      onlyGraphs: [graph],
    };
  if (write.kind === 'replace')
    return {
      kind: 'graphs',
      graphs: [{ graph, nquads: piecesOf(write.nquads) }],
      onlyGraphs: [graph],
    };
  // The default graph always exists: it can only be emptied.
  const gone = graph === '' ? { graph, nquads: [] } : ({ graph, removed: true } as const);
  return { kind: 'graphs', graphs: [gone], onlyGraphs: [graph] };
};

const verbs = { replace: 'Replace', add: 'Add to', remove: 'Remove' } as const;

const messageOf = ({ kind, graph }: GraphWrite): string =>
  `${verbs[kind]} ${graph === '' ? 'the default graph' : graph}`;

/**
 * Writes one graph of the graph store: all of it in one commit, or nothing. What changes nothing makes no
 * commit.
 *
 * @throws IsnadError what `Store.write` throws
 */
export const writeGraph = (
  store: Store,
  { write, actor, details, deadlineAt, signal }: GraphWriteTask,
): Promise<CommitReceipt> =>
  store.write(
    changeOf(write),
    {
      activity: 'graph-store',
      actor,
      message: messageOf(write),
      ...(details ? { details } : {}),
    },
    { deadlineAt, signal },
  );

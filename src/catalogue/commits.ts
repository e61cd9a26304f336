import { IsnadError } from '../errors.ts';
import type { CommitDescription, CommitRecord } from '../store/store.ts';
import type { GraphChange, TimedStore, Touch, Touched } from '../store/time.ts';
import type { Asker, Turn } from '../turns.ts';
import { mayShow } from './may-show.ts';

/** What one commit did to one graph. */
export interface GraphCount {
  readonly graph: string;
  readonly addedQuads: number;
  readonly removedQuads: number;
  readonly created: boolean;
  readonly dropped: boolean;
}

/** A commit as its reader may see it. */
export interface CommitView extends CommitDescription {
  readonly sequence: number;
  readonly hash: string;
  readonly recordedAt: string;
  /** All quads in the graphs shown; of a history, only those of what is asked about. */
  readonly addedQuads: number;
  readonly removedQuads: number;
  /** How many quads of the commit, in all graphs, a redaction withholds; absent where none are. */
  readonly withheldQuads?: number;
  readonly graphs: readonly GraphCount[];
}

export interface CommitPage {
  /** Newest first. */
  readonly commits: readonly CommitView[];
  /** The commit before which the next part of the list goes on; nothing at its end. */
  readonly next: number | undefined;
  /** The newest commit when the list was read. */
  readonly commit: number;
}

export interface CommitsRequest extends Asker {
  /** Only commits that touched this. */
  readonly of?: Touched;
  readonly before?: number;
  readonly limit: number;
  readonly deadlineAt: number;
}

const totals = (
  graphs: readonly { readonly addedQuads: number; readonly removedQuads: number }[],
): { addedQuads: number; removedQuads: number } => ({
  addedQuads: graphs.reduce((sum, { addedQuads }) => sum + addedQuads, 0),
  removedQuads: graphs.reduce((sum, { removedQuads }) => sum + removedQuads, 0),
});

/** What of a commit may be shown. */
export const viewOf = (record: CommitRecord): CommitView => {
  const graphs = record.graphs
    .filter(({ graph }) => mayShow(graph))
    .map(({ graph, addedQuads, removedQuads, created, dropped }) => ({
      graph,
      addedQuads,
      removedQuads,
      created,
      dropped,
    }));
  const { sequence, hash, recordedAt, description, withheldQuads } = record;
  const withheld = withheldQuads === undefined ? {} : { withheldQuads };
  return { sequence, hash, recordedAt, ...description, ...totals(graphs), ...withheld, graphs };
};

/**
 * One commit.
 *
 * @throws IsnadError `not-found`
 */
export const findCommit = async (store: TimedStore, sequence: number): Promise<CommitView> => {
  const head = store.head().sequence;
  if (sequence >= 1 && sequence <= head)
    for await (const record of store.log(sequence)) return viewOf(record);
  throw new IsnadError('not-found', `There is no commit ${sequence}; the newest is ${head}.`, {
    extra: { near: ['/commits'] },
  });
};

/** A commit as lists show it: the payloads of a redaction, which may be many, stand on its own page. */
const listed = (view: CommitView): CommitView => {
  const { details, ...rest } = view;
  if (details?.redaction === undefined) return view;
  const { redaction: _, ...others } = details;
  return { ...rest, details: others };
};

/** Commits, newest first: all of them, or those that touched something. */
export const listCommits = (store: TimedStore, request: CommitsRequest): Promise<CommitPage> =>
  request.of === undefined
    ? listAll(store, request)
    : listTouching(store, { ...request, of: request.of });

const listAll = async (
  store: TimedStore,
  { before, limit }: CommitsRequest,
): Promise<CommitPage> => {
  const head = store.head().sequence;
  const last = Math.min(head, (before ?? head + 1) - 1);
  const first = Math.max(1, last - limit + 1);
  const commits: CommitView[] = [];
  if (last >= first)
    for await (const record of store.log(first)) {
      if (record.sequence > last) break;
      commits.push(listed(viewOf(record)));
    }
  return { commits: commits.toReversed(), next: first > 1 ? first : undefined, commit: head };
};

const listTouching = async (
  store: TimedStore,
  request: CommitsRequest & { readonly of: Touched },
): Promise<CommitPage> => {
  const { touches, more, commit } = await store.time.history(request);
  const shown = touches.filter(({ graph }) => mayShow(graph));
  const bySequence = Map.groupBy(shown, ({ sequence }) => sequence);
  const commits: CommitView[] = [];
  for (const [sequence, own] of bySequence)
    commits.push(listed(narrowed(await findCommit(store, sequence), own)));
  const last = touches.at(-1);
  return { commits, next: more ? last?.sequence : undefined, commit };
};

/** A commit with the counts of what was asked about only. */
const narrowed = (view: CommitView, touches: readonly Touch[]): CommitView => {
  const graphs = view.graphs.flatMap((graph) => {
    const own = touches.find((touch) => touch.graph === graph.graph);
    if (own === undefined) return [];
    return [{ ...graph, addedQuads: own.addedQuads, removedQuads: own.removedQuads }];
  });
  return { ...view, ...totals(graphs), graphs };
};

/** What changed between two commits, in the graphs that may be shown. */
export const diffCommits = async (
  store: TimedStore,
  request: Parameters<TimedStore['time']['diff']>[0],
): Promise<readonly GraphChange[]> => {
  const changes = await store.time.diff(request);
  return changes.filter(({ graph }) => mayShow(graph));
};

async function* piecesOf(changes: readonly GraphChange[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const { added } of changes) yield* added;
}

/**
 * The lines that a graph, or a node with what belongs to it, had at a commit. An IRI that ever named a
 * graph means the graph.
 *
 * @throws IsnadError `not-found` when there was nothing of it at that commit
 */
export const stateAtCommit = async (
  store: TimedStore,
  sequence: number,
  iri: string,
  turn: Turn & { readonly deadlineAt: number },
): Promise<AsyncIterable<Uint8Array>> => {
  const graph: Touched = { kind: 'graph', graph: iri };
  const { touches } = await store.time.history({ of: graph, limit: 1, ...turn });
  if (touches.length > 0 && mayShow(iri)) {
    const { deadlineAt, ...asker } = turn;
    const timeoutMs = Math.max(deadlineAt - Date.now(), 0);
    if ((await store.time.graphsAt(sequence)).includes(iri))
      return store.time.state({ at: sequence, graphs: [iri], timeoutMs, ...asker });
  } else {
    const of: Touched = { kind: 'subject', iri };
    const changes = await diffCommits(store, { from: 0, to: sequence, of, ...turn });
    if (changes.length > 0) return piecesOf(changes);
  }
  throw new IsnadError(
    'not-found',
    `At commit ${sequence} there was nothing of ${iri.slice(0, 400)}.`,
  );
};

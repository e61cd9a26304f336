import { IsnadError } from '../../errors.ts';
import { toCommitRecord } from '../journal/record-format.ts';
import { decodePayload, type PieceDelta } from '../journal/payload.ts';
import type { CommitRecord, LineDelta } from '../store.ts';
import { graphId } from './index-database.ts';
import { byteLines, fromByteString, toPieces } from './lines.ts';
import { readCommits, type PastSources } from './read-past.ts';

/** What taking a commit back comes to. */
export interface UndoPlan {
  readonly undone: CommitRecord;
  readonly deltas: readonly LineDelta[];
  /** Quads that a later commit touched, which are left as they are: the first of them, and how many. */
  readonly touchedLater: readonly string[];
  readonly touchedLaterQuads: number;
  /** Quads of the commit that a redaction withholds, which nothing brings back. */
  readonly withheldQuads: number;
}

/** How many of the quads touched later are listed. */
const listedMax = 100;

/** One graph of the commit to be undone, while the later commits are read. */
interface UndoneGraph {
  readonly created: boolean;
  readonly dropped: boolean;
  readonly added: Set<string>;
  readonly removed: Set<string>;
  /** Whether a later commit created or dropped the graph, so that its existence is no longer ours. */
  existenceTouched: boolean;
}

function* linesIn(pieces: Iterable<Buffer>): Generator<string> {
  for (const piece of pieces) yield* byteLines(piece);
}

const toUndone = ({ entry, added, removed }: PieceDelta): UndoneGraph => ({
  created: entry.created,
  dropped: entry.dropped,
  added: new Set(linesIn(added)),
  removed: new Set(linesIn(removed)),
  existenceTouched: false,
});

/**
 * Works out how to take a commit back at a later one: what it added and nothing touched since goes, what
 * it removed and nothing touched since comes back. A graph that it created and that is empty then goes
 * too; one that it dropped comes back.
 *
 * @param head the newest commit
 * @throws IsnadError `not-found`, `store-damaged`
 */
export const planUndo = (sources: PastSources, sequence: number, head: number): UndoPlan => {
  const [record] = readCommits(sources, [sequence]);
  if (!record) throw new IsnadError('not-found', `There is no commit ${sequence}.`);
  const graphs = new Map(
    decodePayload(record).map((delta) => [delta.entry.graph, toUndone(delta)] as const),
  );
  const touchedLater: string[] = [];
  let touchedLaterQuads = 0;
  const touch = (graph: UndoneGraph, line: string): void => {
    if (!graph.added.delete(line) && !graph.removed.delete(line)) return;
    touchedLaterQuads += 1;
    if (touchedLater.length < listedMax) touchedLater.push(fromByteString(line).trimEnd());
  };
  for (const later of readCommits(
    sources,
    laterCommits(sources, [...graphs.keys()], sequence, head),
  ))
    for (const { entry, added, removed } of decodePayload(later)) {
      const graph = graphs.get(entry.graph);
      if (!graph) continue;
      if (entry.created || entry.dropped) graph.existenceTouched = true;
      for (const line of linesIn(removed)) touch(graph, line);
      for (const line of linesIn(added)) touch(graph, line);
    }
  return {
    undone: toCommitRecord(record, record.header),
    deltas: [...graphs].map(([graph, undone]) =>
      toDelta(graph, undone, quadsAt(sources, graph, head)),
    ),
    touchedLater,
    touchedLaterQuads,
    withheldQuads: record.redactions?.linesOf(sequence) ?? 0,
  };
};

/** @param quads how many the graph holds now */
const toDelta = (graph: string, undone: UndoneGraph, quads: number): LineDelta => {
  const { added, removed, created, dropped, existenceTouched } = undone;
  const staysEmpty = quads === added.size && removed.size === 0;
  return {
    graph,
    added: toPieces([...removed]),
    removed: toPieces([...added]),
    ...(dropped && !existenceTouched ? { created: true } : {}),
    ...(created && !existenceTouched && staysEmpty ? { dropped: true } : {}),
  };
};

/**
 * The commits after one that wrote into any of these graphs, oldest first. A commit and its undo are left
 * out together: between them nothing touched their quads, and after them it is as if neither had been.
 */
const laterCommits = (
  { database }: PastSources,
  graphs: readonly string[],
  after: number,
  to: number,
): number[] => {
  const found = database
    .prepare(
      `SELECT DISTINCT sequence, undoes FROM graph_touches JOIN commits USING (sequence)
       WHERE graph IN (SELECT value FROM json_each(?)) AND sequence > ? AND sequence <= ?
       ORDER BY sequence DESC`,
    )
    .all(JSON.stringify(graphs.map((graph) => graphId(database, graph))), after, to);
  const cancelled = new Set<number>();
  const remaining = found.flatMap((row) => {
    const sequence = Number(row['sequence']);
    const undoes = Number(row['undoes'] ?? 0);
    if (cancelled.has(sequence)) return [];
    if (undoes <= after) return [sequence];
    cancelled.add(undoes);
    return [];
  });
  return remaining.toReversed();
};

const quadsAt = ({ database }: PastSources, graph: string, at: number): number => {
  const row = database
    .prepare(
      'SELECT TOTAL(added) - TOTAL(removed) AS quads FROM graph_touches WHERE graph = ? AND sequence <= ?',
    )
    .get(graphId(database, graph), at);
  return Number(row?.['quads'] ?? 0);
};

import type { History, HistoryRequest, Touch, Touched } from '../time.ts';
import type { IndexDatabase } from './index-database.ts';

/**
 * The nodes whose history is part of a node's own: itself, the nodes at its address with a fragment, and
 * the statements that are about any of these, with their own nodes.
 */
const nodesOf = `
  WITH parts (iri) AS (
    SELECT iri FROM subjects WHERE iri = :iri
    UNION SELECT iri FROM subjects WHERE iri >= :iri || '#' AND iri < :iri || '$'
  ), claiming (iri) AS (
    SELECT subject FROM claims WHERE target = :iri
    UNION SELECT subject FROM claims WHERE target >= :iri || '#' AND target < :iri || '$'
  )
  SELECT iri FROM parts
  UNION SELECT iri FROM claiming
  UNION SELECT subjects.iri FROM claiming JOIN subjects
    ON subjects.iri >= claiming.iri || '#' AND subjects.iri < claiming.iri || '$'
`;

/** The names of the nodes that belong to a node, itself included, as far as any commit touched them. */
export const belongingTo = (database: IndexDatabase, iri: string): string[] =>
  database
    .prepare(nodesOf)
    .all({ iri })
    .map((row) => String(row['iri']));

const touchesOfSubject = `
  SELECT touches.sequence, graphs.name AS graph,
    SUM(touches.added) AS added, SUM(touches.removed) AS removed
  FROM touches JOIN graphs ON graphs.id = touches.graph
  WHERE touches.subject IN (SELECT id FROM subjects WHERE iri IN (${nodesOf}))
    AND touches.sequence < :before
  GROUP BY touches.sequence, touches.graph
  ORDER BY touches.sequence DESC, graphs.name
`;

const touchesOfGraph = `
  SELECT sequence, name AS graph, added, removed
  FROM graph_touches JOIN graphs ON graphs.id = graph_touches.graph
  WHERE name = :graph AND sequence < :before ORDER BY sequence DESC
`;

const touchesOf = function* touchesOf(
  database: IndexDatabase,
  of: Touched,
  before: number,
): Generator<Touch> {
  const rows =
    of.kind === 'subject'
      ? database.prepare(touchesOfSubject).iterate({ iri: of.iri, before })
      : database.prepare(touchesOfGraph).iterate({ graph: of.graph, before });
  for (const row of rows)
    yield {
      sequence: Number(row['sequence']),
      graph: String(row['graph']),
      addedQuads: Number(row['added']),
      removedQuads: Number(row['removed']),
    };
};

/** The commits that touched something, newest first, up to the limit. */
export const findTouches = (
  database: IndexDatabase,
  { of, before = Number.MAX_SAFE_INTEGER, limit }: Pick<HistoryRequest, 'of' | 'before' | 'limit'>,
): Omit<History, 'commit'> => {
  const touches: Touch[] = [];
  const commits = new Set<number>();
  for (const touch of touchesOf(database, of, before)) {
    if (!commits.has(touch.sequence) && commits.size >= limit) return { touches, more: true };
    commits.add(touch.sequence);
    touches.push(touch);
  }
  return { touches, more: false };
};

/**
 * The commits among which everything that happened to something is found, oldest first: all of them, or
 * those that touched it.
 */
export const commitsToRead = (
  database: IndexDatabase,
  from: number,
  to: number,
  of: Touched | undefined,
): number[] => {
  const within = (sequence: number): boolean => sequence > from && sequence <= to;
  if (!of)
    return database
      .prepare('SELECT sequence FROM commits WHERE sequence > ? AND sequence <= ? ORDER BY 1')
      .all(from, to)
      .map((row) => Number(row['sequence']));
  const touched = [...touchesOf(database, of, to + 1)].map(({ sequence }) => sequence);
  return [...new Set(touched)].filter(within).toReversed();
};

import { IsnadError } from '../../errors.ts';
import { linesOf, toByteString, toPieces } from './lines.ts';

/** What has to change in one graph. */
export interface GraphDifference {
  readonly added: Uint8Array<ArrayBuffer>[];
  readonly removed: Uint8Array<ArrayBuffer>[];
  readonly addedQuads: number;
  readonly removedQuads: number;
}

/** How a line of this graph ends: the engine's dump of a graph leaves the graph out. */
export const lineEnding = (graph: string): string =>
  graph === '' ? ' .\n' : ` ${toByteString(`<${graph}>`)} .\n`;

const tripleEnding = ' .\n';

const tripleOf = (line: string, ending: string, graph: string): string => {
  if (line.endsWith(ending)) return line.slice(0, -ending.length);
  throw new IsnadError(
    'rdf-syntax',
    `A line does not end as canonical N-Quads of <${graph}> do: ${Buffer.from(line, 'latin1').toString()}`,
  );
};

function* withEnding(triples: Iterable<string>, ending: string): Generator<string> {
  for (const triple of triples) yield triple + ending;
}

/**
 * Compares sets of lines.
 *
 * @param stored the engine's dump of the graph: triples, without the graph's name
 * @param desired the content the graph is to have, in canonical N-Quads; repeats count once
 * @throws IsnadError `rdf-syntax` for a line that is not of this graph
 */
export const diffGraph = (
  graph: string,
  stored: string,
  desired: readonly Uint8Array[],
): GraphDifference => {
  const ending = lineEnding(graph);
  /** Stored triples, and whether they are desired too. */
  const known = new Map<string, boolean>();
  for (const line of linesOf(Buffer.from(stored)))
    known.set(line.slice(0, -tripleEnding.length), false);
  const added = new Set<string>();
  for (const piece of desired)
    for (const line of linesOf(piece)) {
      const triple = tripleOf(line, ending, graph);
      if (known.has(triple)) known.set(triple, true);
      else added.add(triple);
    }
  const removed: string[] = [];
  for (const [triple, wanted] of known) if (!wanted) removed.push(triple);
  return {
    added: toPieces(withEnding(added, ending)),
    removed: toPieces(withEnding(removed, ending)),
    addedQuads: added.size,
    removedQuads: removed.length,
  };
};

/** The engine's dump of a graph as sorted N-Quads. */
export const sortedGraph = (graph: string, stored: string): Uint8Array<ArrayBuffer>[] => {
  const triples: string[] = [];
  for (const line of linesOf(Buffer.from(stored)))
    triples.push(line.slice(0, -tripleEnding.length));
  return toPieces(withEnding(triples.toSorted(), lineEnding(graph)));
};

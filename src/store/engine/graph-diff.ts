import { IsnadError } from '../../errors.ts';
import { LineSet } from './line-set.ts';
import { asBuffer, eachLine, pieceLines } from './lines.ts';

/** What has to change in one graph. */
export interface GraphDifference {
  readonly added: Uint8Array<ArrayBuffer>[];
  readonly removed: Uint8Array<ArrayBuffer>[];
  readonly addedQuads: number;
  readonly removedQuads: number;
}

/** How a triple ends in the engine's dump of one graph, which leaves the graph out. */
export const tripleEnding = Buffer.from(' .\n');

/** How a line of this graph ends in N-Quads. */
export const lineEnding = (graph: string): Buffer =>
  graph === '' ? tripleEnding : Buffer.from(` <${graph}> .\n`);

const notOfGraph = (graph: string, line: Buffer): IsnadError =>
  new IsnadError(
    'rdf-syntax',
    `A line does not end as canonical N-Quads of ${graph === '' ? 'the default graph' : `<${graph}>`} do: ${line.toString()}`,
  );

/** Writes triples as lines of a graph, in pieces of their own buffers. */
const toPieces = (
  triples: LineSet,
  chosen: readonly number[] | Uint32Array,
  ending: Buffer,
): Uint8Array<ArrayBuffer>[] => {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < chosen.length; from += pieceLines) {
    const places = Array.from(chosen.slice(from, from + pieceLines), (entry) => triples.at(entry));
    const size = places.reduce((sum, { start, end }) => sum + end - start + ending.length, 0);
    const piece = new Uint8Array(size);
    let at = 0;
    for (const { buffer, start, end } of places) {
      at += buffer.copy(piece, at, start, end);
      at += ending.copy(piece, at);
    }
    pieces.push(piece);
  }
  return pieces;
};

/**
 * Compares sets of lines.
 *
 * @param stored the engine's dump of the graph: triples, without the graph's name
 * @param desired the content the graph is to have, in canonical N-Quads; repeats count once
 * @throws IsnadError `rdf-syntax` for a line that is not of this graph
 */
export const diffGraph = (
  graph: string,
  stored: Uint8Array,
  desired: readonly Uint8Array[],
): GraphDifference => {
  const ending = lineEnding(graph);
  const known = new LineSet();
  const storedText = asBuffer(stored);
  eachLine(storedText, (start, end) => known.add(storedText, start, end - tripleEnding.length));
  const wanted = new Uint8Array(known.size);
  const added = new LineSet();
  for (const piece of desired) {
    const text = asBuffer(piece);
    eachLine(text, (start, end) => {
      const tripleEnd = end - ending.length;
      if (tripleEnd < start || ending.compare(text, tripleEnd, end) !== 0)
        throw notOfGraph(graph, text.subarray(start, end));
      const entry = known.find(text, start, tripleEnd);
      if (entry < 0) added.add(text, start, tripleEnd);
      else wanted[entry] = 1;
    });
  }
  const unwanted: number[] = [];
  wanted.forEach((isWanted, entry) => isWanted === 0 && unwanted.push(entry));
  return {
    added: toPieces(
      added,
      Uint32Array.from({ length: added.size }, (_, entry) => entry),
      ending,
    ),
    removed: toPieces(known, unwanted, ending),
    addedQuads: added.size,
    removedQuads: unwanted.length,
  };
};

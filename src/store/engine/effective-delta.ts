import { IsnadError } from '../../errors.ts';
import { hashOfLines, subtractHashes } from '../../rdf/graph-hash.ts';
import type { GraphDelta, LineDelta } from '../store.ts';
import type { Engine, EngineStore } from './delta.ts';
import { byteLines, pieceLines, toBytes } from './lines.ts';

/** The delta with what it does to its graph's hash. */
export const withHash = (delta: Omit<GraphDelta, 'hashChange'>): GraphDelta => ({
  ...delta,
  hashChange: subtractHashes(hashOfLines(delta.added), hashOfLines(delta.removed)),
});

const nquads = { format: 'application/n-quads' };

/** Whether the store holds the quad of a line, given in bytes. */
const holds = (engine: Engine, store: EngineStore, line: string): boolean => {
  const [quad] = engine.parse(Buffer.from(line, 'latin1').toString(), nquads);
  if (!quad) return false;
  try {
    return store.has(quad);
  } finally {
    // @ts-expect-error -- the engine's types leave out the method that gives its memory back
    quad.free();
  }
};

/** How many quads a graph holds. Its name was checked, so it can be set into SPARQL. */
const quadsIn = (store: EngineStore, graph: string): number => {
  const all = graph === '' ? '?s ?p ?o' : `GRAPH <${graph}> { ?s ?p ?o }`;
  const table = store.query(`SELECT (COUNT(*) AS ?n) { ${all} }`, { results_format: 'text/csv' });
  if (typeof table !== 'string') throw new IsnadError('internal', 'The engine gave no text.');
  return Number(table.split('\r\n')[1]);
};

const piecesOf = (lines: readonly string[]): Uint8Array<ArrayBuffer>[] => {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < lines.length; from += pieceLines)
    pieces.push(toBytes(lines.slice(from, from + pieceLines)));
  return pieces;
};

const linesOf = (pieces: readonly Uint8Array[]): string[] => [
  ...new Set(pieces.flatMap((piece) => byteLines(piece))),
];

/**
 * What of a delta has an effect on what the store holds: lines to add that are not there, lines to
 * remove that are. A line both removed and added stays, and so does a graph that is to go while it holds
 * other quads than those that go: a commit must name all that it takes away.
 *
 * @param exists whether the graph exists
 */
export const effectiveDelta = (
  engine: Engine,
  store: EngineStore,
  { graph, created: wanted = false, dropped: unwanted = false, ...delta }: LineDelta,
  exists: boolean,
): GraphDelta[] => {
  const given = linesOf(delta.added);
  const staying = new Set(given);
  const added = given.filter((line) => !holds(engine, store, line));
  const removed = linesOf(delta.removed).filter(
    (line) => !staying.has(line) && holds(engine, store, line),
  );
  const mayGo = unwanted && exists && given.length === 0;
  const dropped = mayGo && quadsIn(store, graph) === removed.length;
  const created = !exists && (wanted || added.length > 0);
  if (added.length + removed.length === 0 && !created && !dropped) return [];
  return [
    withHash({
      graph,
      added: piecesOf(added),
      removed: piecesOf(removed),
      addedQuads: added.length,
      removedQuads: removed.length,
      created,
      dropped,
    }),
  ];
};

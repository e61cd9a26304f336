import type * as Oxigraph from 'oxigraph/web.js';
import { dumpBytes, type EngineExports } from './dump.ts';
import { lineEnding } from './graph-diff.ts';
import { asBuffer, byteLines } from './lines.ts';

/** The parts of the engine's module that changes are made with. */
export interface Engine extends Pick<
  typeof Oxigraph,
  'Store' | 'parse' | 'namedNode' | 'defaultGraph'
> {
  readonly exports: EngineExports;
}
export type EngineStore = Oxigraph.Store;

/** What to do to one graph, with the quads in pieces that are taken one at a time. */
export interface PieceChange {
  readonly graph: string;
  readonly created: boolean;
  readonly dropped: boolean;
  readonly removed: Iterable<Uint8Array>;
  readonly added: Iterable<Uint8Array>;
}

const nquads = { format: 'application/n-quads' };

/** A blank node stands where a term begins; a literal that looks so only costs a little time. */
const blankNode = /^_:| _:/;

/** The lines that bulk calls take, and those with blank nodes, whose labels bulk calls would change. */
const sortOut = (piece: Uint8Array): { readonly bulk: Uint8Array; readonly labelled: string[] } => {
  if (!asBuffer(piece).includes('_:')) return { bulk: piece, labelled: [] };
  const lines = byteLines(piece);
  const bulk = lines.filter((line) => !blankNode.test(line));
  const labelled = lines.filter((line) => blankNode.test(line));
  return {
    bulk: Buffer.from(bulk.join(''), 'latin1'),
    labelled: labelled.map((line) => Buffer.from(line, 'latin1').toString()),
  };
};

/**
 * Adds the quads of one piece. (Loading without a transaction would be no faster, and takes 160 MB of
 * buffers for the first quad.)
 *
 * @param lenient leaves IRIs and language tags unchecked, which takes a third less time: for lines that
 *   were checked before they entered the journal
 */
export const addPiece = (
  engine: Engine,
  store: EngineStore,
  piece: Uint8Array,
  lenient: boolean,
): void => {
  const { bulk, labelled } = sortOut(piece);
  if (bulk.length > 0) store.load(bulk, { ...nquads, lenient });
  for (const line of labelled)
    for (const quad of engine.parse(line, nquads)) {
      store.add(quad);
      // @ts-expect-error -- the engine's types leave out the method that gives its memory back
      quad.free();
    }
};

const removePiece = (
  engine: Engine,
  store: EngineStore,
  graph: string,
  piece: Uint8Array,
): void => {
  const { bulk, labelled } = sortOut(piece);
  if (bulk.length > 0) {
    const ending = lineEnding(graph).length;
    const triples = byteLines(bulk)
      .map((line) => `${line.slice(0, -ending)} .\n`)
      .join('');
    const text = Buffer.from(triples, 'latin1').toString();
    store.update(
      graph === '' ? `DELETE DATA { ${text} }` : `DELETE DATA { GRAPH <${graph}> { ${text} } }`,
    );
  }
  for (const line of labelled)
    for (const quad of engine.parse(line, nquads)) {
      store.delete(quad);
      // @ts-expect-error -- as above
      quad.free();
    }
};

/**
 * Makes one change. The text is of the store's own making (what is removed was read from an engine, names
 * of graphs are checked when a change is planned), so it can be set into SPARQL.
 */
export const applyChange = (
  engine: Engine,
  store: EngineStore,
  change: PieceChange,
  lenient: boolean,
): void => {
  const { graph } = change;
  if (change.dropped) {
    store.update(graph === '' ? 'CLEAR DEFAULT' : `DROP SILENT GRAPH <${graph}>`);
    return;
  }
  for (const piece of change.removed) removePiece(engine, store, graph, piece);
  if (change.created) store.update(`CREATE SILENT GRAPH <${graph}>`);
  for (const piece of change.added) addPiece(engine, store, piece, lenient);
};

/** The engine's dump of one graph: triples, one a line, without the graph. */
export const dumpGraph = (engine: Engine, store: EngineStore, graph: string): Buffer =>
  dumpBytes(engine.exports, store, graph === '' ? engine.defaultGraph() : engine.namedNode(graph));

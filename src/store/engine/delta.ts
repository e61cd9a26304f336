import type * as Oxigraph from 'oxigraph/web.js';
import { IsnadError } from '../../errors.ts';
import type { GraphDelta } from '../store.ts';
import { lineEnding } from './graph-diff.ts';
import { linesOf } from './lines.ts';

/** The part of the engine's module that changes are made with. */
export type Engine = Pick<typeof Oxigraph, 'Store' | 'parse' | 'namedNode' | 'defaultGraph'>;
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
  if (!Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).includes('_:'))
    return { bulk: piece, labelled: [] };
  const lines = [...linesOf(piece)];
  const bulk = lines.filter((line) => !blankNode.test(line));
  const labelled = lines.filter((line) => blankNode.test(line));
  return {
    bulk: Buffer.from(bulk.join(''), 'latin1'),
    labelled: labelled.map((line) => Buffer.from(line, 'latin1').toString()),
  };
};

/** Adds the quads of one piece. */
export const addPiece = (engine: Engine, store: EngineStore, piece: Uint8Array): void => {
  const { bulk, labelled } = sortOut(piece);
  if (bulk.length > 0) store.load(bulk, { ...nquads, no_transaction: true });
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
    const triples = [...linesOf(bulk)].map((line) => `${line.slice(0, -ending)} .\n`).join('');
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
 * Makes one change. The text comes from the journal, where only checked lines stand; graph names are
 * checked when a change is planned.
 */
export const applyChange = (engine: Engine, store: EngineStore, change: PieceChange): void => {
  const { graph } = change;
  if (change.dropped) {
    store.update(graph === '' ? 'CLEAR DEFAULT' : `DROP SILENT GRAPH <${graph}>`);
    return;
  }
  for (const piece of change.removed) removePiece(engine, store, graph, piece);
  if (change.created) store.update(`CREATE SILENT GRAPH <${graph}>`);
  for (const piece of change.added) addPiece(engine, store, piece);
};

/**
 * Checks that the engine would keep the added lines exactly as they are spelt: loads each piece into
 * an empty store and reads it back.
 *
 * @throws IsnadError `rdf-syntax` naming the first line that is not in the engine's spelling
 */
export const checkSpelling = (engine: Engine, delta: GraphDelta): void => {
  for (const piece of delta.added) {
    const stored = storedSpelling(engine, piece);
    for (const line of linesOf(piece)) if (!stored.delete(line)) throw notCanonical(line);
  }
};

const storedSpelling = (engine: Engine, piece: Uint8Array): Set<string> => {
  const store = new engine.Store();
  try {
    addPiece(engine, store, piece);
    return new Set(linesOf(Buffer.from(store.dump(nquads))));
  } finally {
    // @ts-expect-error -- as above
    store.free();
  }
};

const notCanonical = (line: string): IsnadError =>
  new IsnadError(
    'rdf-syntax',
    `This line is not canonical N-Quads: ${Buffer.from(line, 'latin1').toString().trimEnd()}`,
  );

/** The engine's dump of one graph: triples, one a line. */
export const dumpGraph = (engine: Engine, store: EngineStore, graph: string): string =>
  store.dump({
    ...nquads,
    from_graph_name: graph === '' ? engine.defaultGraph() : engine.namedNode(graph),
  });

import { readManifest, type Manifest } from '../checkpoint/manifest.ts';
import { readPieces, type QuadPiece } from '../checkpoint/read-quads.ts';
import type { Place } from '../journal/place.ts';
import type { PieceChange } from './delta.ts';

/** A checkpoint that cannot be read to its end, whatever the reason; the journal is the truth. */
export class CheckpointDamage extends Error {}

export interface LoadedCheckpoint {
  readonly place: Place;
  readonly graphs: readonly string[];
}

/** As `readPieces`; that a file is gone or cannot be read is damage too. */
function* piecesOf(directory: string): Generator<QuadPiece> {
  const pieces = readPieces(directory);
  try {
    for (;;) {
      const next = readNext(pieces);
      if (next === undefined) return;
      yield next;
    }
  } finally {
    pieces.return(undefined);
  }
}

const readNext = (pieces: Generator<QuadPiece>): QuadPiece | undefined => {
  try {
    const { done, value } = pieces.next();
    return done === true ? undefined : value;
  } catch (cause) {
    throw new CheckpointDamage('its quads cannot be read', { cause });
  }
};

const changeOf = (graph: string, added: readonly Uint8Array[]): PieceChange => ({
  graph,
  created: false,
  dropped: false,
  removed: [],
  added,
});

const loadPieces = (
  apply: (change: PieceChange) => void,
  directory: string,
  { place, graphs, provenance }: Manifest,
  onProgress: (sequence: number) => void,
): void => {
  const total = graphs.reduce((sum, { quads }) => sum + quads, provenance.quads);
  let lines = 0;
  for (const piece of piecesOf(directory)) {
    apply(changeOf(piece.graph, [piece.text]));
    lines += piece.lines;
    onProgress(Math.floor((place.sequence * lines) / total));
  }
  if (lines !== total) throw new CheckpointDamage(`it holds ${lines} quads instead of ${total}`);
};

/**
 * Puts the state of a checkpoint into an empty store.
 *
 * @param apply makes a change to the store
 * @param to the commit that is wanted
 * @param onProgress told of the commit that corresponds to how much has been read; what it throws ends it
 * @returns nothing, with the store as it was, when the checkpoint is of a later commit
 * @throws CheckpointDamage after which the store must be given up
 */
export const loadCheckpoint = (
  apply: (change: PieceChange) => void,
  directory: string,
  to: Place,
  onProgress: (sequence: number) => void,
): LoadedCheckpoint | undefined => {
  const manifest = readManifest(directory);
  if (!manifest) throw new CheckpointDamage('its manifest cannot be read');
  if (manifest.place.sequence > to.sequence) return undefined;
  const graphs = manifest.graphs.map(({ graph }) => graph).filter((graph) => graph !== '');
  for (const graph of graphs) apply({ ...changeOf(graph, []), created: true });
  loadPieces(apply, directory, manifest, onProgress);
  return { place: manifest.place, graphs: [...graphs, manifest.provenance.graph] };
};

import { readManifest, type Manifest } from '../checkpoint/manifest.ts';
import { readPieces, type QuadPiece } from '../checkpoint/read-quads.ts';
import type { Place } from '../journal/place.ts';
import { isPassing } from '../passing-error.ts';
import type { PieceChange } from './delta.ts';

/** A checkpoint that is not as it was written; the journal is the truth. */
export class CheckpointDamage extends Error {}

/** A checkpoint that could not be read this time; what it holds is not known. */
export class CheckpointUnread extends Error {}

const failureOf = (cause: unknown): Error =>
  isPassing(cause)
    ? new CheckpointUnread(cause.message, { cause })
    : new CheckpointDamage('its quads cannot be read', { cause });

export interface LoadedCheckpoint {
  readonly place: Place;
  readonly graphs: readonly string[];
}

/** As `readPieces`; that the file is gone is damage too. */
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
    throw failureOf(cause);
  }
};

const manifestOf = (directory: string): Manifest => {
  let manifest: Manifest | undefined;
  try {
    manifest = readManifest(directory);
  } catch (cause) {
    throw failureOf(cause);
  }
  if (!manifest) throw new CheckpointDamage('its manifest cannot be read');
  return manifest;
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
 * @throws CheckpointDamage, CheckpointUnread: the store must be given up then
 */
export const loadCheckpoint = (
  apply: (change: PieceChange) => void,
  directory: string,
  to: Place,
  onProgress: (sequence: number) => void,
): LoadedCheckpoint | undefined => {
  const manifest = manifestOf(directory);
  if (manifest.place.sequence > to.sequence) return undefined;
  const graphs = manifest.graphs.map(({ graph }) => graph).filter((graph) => graph !== '');
  for (const graph of graphs) apply({ ...changeOf(graph, []), created: true });
  loadPieces(apply, directory, manifest, onProgress);
  return { place: manifest.place, graphs: [...graphs, manifest.provenance.graph] };
};

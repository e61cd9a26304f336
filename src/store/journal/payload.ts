import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { IsnadError } from '../../errors.ts';
import { addHashes, emptyGraphHash } from '../../rdf/graph-hash.ts';
import type { GraphDelta, GraphState } from '../store.ts';
import { isMarker } from './redactions.ts';
import type { DecodedRecord, GraphEntry, StoredPiece } from './record-format.ts';
import { compressNow, decompress } from './zstd.ts';

/** Pieces below this size are compressed at once: handing them to a thread takes longer. */
const smallPieceBytes = 8192;

const compressInThread = promisify(zstdCompress);
const compress = async (text: Uint8Array): Promise<Uint8Array> =>
  text.length <= smallPieceBytes ? compressNow(text) : compressInThread(text);

const sha256 = (text: Uint8Array): string => hash('sha256', text);

const storePiece = async (text: Uint8Array, payload: Uint8Array[]): Promise<StoredPiece> => {
  const stored = await compress(text);
  payload.push(stored);
  return { sha256: sha256(text), bytes: text.length, storedBytes: stored.length };
};

const storePieces = async (
  texts: readonly Uint8Array[],
  payload: Uint8Array[],
): Promise<StoredPiece[]> => {
  const pieces: StoredPiece[] = [];
  for (const text of texts) pieces.push(await storePiece(text, payload));
  return pieces;
};

/** What a commit does to one graph, and what that graph holds afterwards. */
export interface StatedDelta {
  readonly delta: GraphDelta;
  readonly after: GraphState;
}

/** Compresses what a commit does into the payload of its record, and lists it for the header. */
export const encodePayload = async (
  deltas: readonly StatedDelta[],
): Promise<{ readonly graphs: GraphEntry[]; readonly payload: Uint8Array[] }> => {
  const payload: Uint8Array[] = [];
  const graphs: GraphEntry[] = [];
  for (const { delta, after } of deltas) {
    const removed = await storePieces(delta.removed, payload);
    const added = await storePieces(delta.added, payload);
    const { graph, addedQuads, removedQuads, created, dropped } = delta;
    graphs.push({ graph, addedQuads, removedQuads, created, dropped, after, removed, added });
  }
  return { graphs, payload };
};

const loadPiece = (stored: Buffer, piece: StoredPiece, record: DecodedRecord): Buffer => {
  const { sequence, redactions } = record;
  const withheld = redactions?.pieceOf(sequence, piece.sha256);
  if (redactions && withheld) return redactions.load(withheld);
  if (redactions && isMarker(stored)) throw redactions.unknown(sequence);
  const text = decompress(stored, Math.max(piece.bytes, 1));
  if (sha256(text) === piece.sha256) return text;
  throw new IsnadError(
    'store-damaged',
    `The payload of commit ${sequence} is not the one its header names (SHA-256 ${piece.sha256}).`,
  );
};

/** How many lines are withheld, and the sum of their hashes (`rdf/graph-hash.ts`). */
export interface WithheldLines {
  readonly lines: number;
  readonly hash: string;
}

/**
 * What one commit did to one graph; the pieces are decompressed one at a time as they are taken. Lines
 * that a redaction withholds are left out of them, though the entry counts them.
 */
export interface PieceDelta {
  readonly entry: GraphEntry;
  readonly removed: Iterable<Buffer>;
  readonly added: Iterable<Buffer>;
  readonly withheld: { readonly removed: WithheldLines; readonly added: WithheldLines };
}

const withheldOf = (record: DecodedRecord, pieces: readonly StoredPiece[]): WithheldLines => {
  let lines = 0;
  let sum = emptyGraphHash;
  for (const { sha256: name } of pieces) {
    const withheld = record.redactions?.pieceOf(record.sequence, name);
    if (!withheld) continue;
    lines += withheld.lines;
    sum = addHashes(sum, withheld.hash);
  }
  return { lines, hash: sum };
};

function* loadPieces(record: DecodedRecord, pieces: readonly StoredPiece[], start: number) {
  let offset = start;
  for (const piece of pieces) {
    yield loadPiece(record.payload.subarray(offset, offset + piece.storedBytes), piece, record);
    offset += piece.storedBytes;
  }
}

const storedBytes = (pieces: readonly StoredPiece[]): number =>
  pieces.reduce((sum, piece) => sum + piece.storedBytes, 0);

/**
 * The deltas of a record, graph by graph.
 *
 * @throws IsnadError `store-damaged`, when taken, for a piece whose SHA-256 is not the header's
 */
export const decodePayload = (record: DecodedRecord): PieceDelta[] => {
  let offset = 0;
  return record.header.graphs.map((entry) => {
    const removedAt = offset;
    const addedAt = removedAt + storedBytes(entry.removed);
    offset = addedAt + storedBytes(entry.added);
    return {
      entry,
      removed: loadPieces(record, entry.removed, removedAt),
      added: loadPieces(record, entry.added, addedAt),
      withheld: {
        removed: withheldOf(record, entry.removed),
        added: withheldOf(record, entry.added),
      },
    };
  });
};

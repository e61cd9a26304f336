import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import type { RedactedPayload } from '../store.ts';
import { isPassing } from '../passing-error.ts';
import type { Place } from './place.ts';
import { decompress } from './zstd.ts';

/**
 * What is withheld of a journal. A redaction takes lines out of pieces of payloads; what is left of such a
 * piece lies in `journal/redactions/`, under its SHA-256, and the index says which piece gives way to it.
 * The index is put in place by one rename, so a reader sees every piece of a redaction withheld or none;
 * whether the bytes in the segments have given way already makes no difference to it.
 */
export const redactionsName = 'redactions';
export const indexName = 'index';
/** An index that counts once its commit is in the journal. */
export const pendingName = 'pending';

/** A piece of a commit's payload that is not shown as it was written. */
export interface WithheldPiece extends RedactedPayload {
  /** The segment that holds it. */
  readonly segment: number;
  /** What is left of its lines, unless nothing is. */
  readonly left?: { readonly sha256: string; readonly bytes: number };
}

export interface RedactionIndex {
  /** Sequence of the newest redaction. */
  readonly generation: number;
  /** The commit before it. */
  readonly base: Place;
  /** Whether everything has given way: bytes in segments, copies set aside, projections. */
  readonly complete: boolean;
  /** Segments in which pieces give way by the newest redaction. */
  readonly segments: readonly number[];
  /** What is withheld by all redactions together. */
  readonly pieces: readonly WithheldPiece[];
}

/** The directory of what is left of withheld pieces, in that of the journal. */
export const redactionsDirectory = (journal: string): string => path.join(journal, redactionsName);
export const indexPath = (journal: string): string => path.join(journal, redactionsName, indexName);
export const pendingPath = (journal: string): string =>
  path.join(journal, redactionsName, pendingName);
export const leftPath = (journal: string, sha256: string): string =>
  path.join(journal, redactionsName, `${sha256}.zst`);

const sha256Of = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** The index as a file: its SHA-256 stands in the first line. */
export const encodeRedactionIndex = (index: RedactionIndex): Buffer => {
  const text = JSON.stringify(index);
  return Buffer.from(`${sha256Of(text)}\n${text}\n`);
};

/**
 * Reads an index, or gives nothing where there is none.
 *
 * @throws IsnadError `store-damaged` for one that is not as it was written
 */
export const readRedactionIndex = (file: string): RedactionIndex | undefined => {
  if (!statSync(file, { throwIfNoEntry: false })) return undefined;
  const text = readFileSync(file, 'utf8');
  const lineEnd = text.indexOf('\n');
  const body = text.slice(lineEnd + 1, -1);
  if (lineEnd < 0 || !text.endsWith('\n') || text.slice(0, lineEnd) !== sha256Of(body))
    throw new IsnadError('store-damaged', `${file}, the list of what is withheld, is unreadable.`, {
      position: { file },
      extra: { file },
    });
  const index: RedactionIndex = JSON.parse(body);
  return index;
};

/**
 * A zstd frame that decoders skip, of a length of its own choosing: it stands where a withheld piece was,
 * so that no other byte of the segment moves.
 */
const markerMagic = 0x184d2a5d;
const markerHeadBytes = 8;
const markerText = Buffer.from('withheld ');

/** @param bytes of the piece that gives way; a zstd frame with content is never shorter than a marker */
export const markerOf = (bytes: number): Buffer => {
  const marker = Buffer.alloc(bytes, markerText);
  marker.writeUInt32LE(markerMagic, 0);
  marker.writeUInt32LE(bytes - markerHeadBytes, 4);
  return marker;
};

/** Whether these bytes are what a redaction leaves of a piece. */
export const isMarker = (stored: Buffer): boolean =>
  stored.length >= markerHeadBytes && stored.readUInt32LE(0) === markerMagic;

/** The redactions of a journal as one reading of it sees them. */
export class Redactions {
  readonly directory: string;
  readonly index: RedactionIndex | undefined;
  readonly #byCommit: Map<number, Map<string, WithheldPiece>>;

  constructor(directory: string, index: RedactionIndex | undefined) {
    this.directory = directory;
    this.index = index;
    this.#byCommit = new Map();
    for (const piece of index?.pieces ?? []) {
      const pieces = this.#byCommit.get(piece.commit) ?? new Map<string, WithheldPiece>();
      this.#byCommit.set(piece.commit, pieces.set(piece.sha256, piece));
    }
  }

  /** Sequence of the newest redaction; 0 without any. What was read under another one does not go on. */
  get generation(): number {
    return this.index?.generation ?? 0;
  }

  /** What stands for a piece of a commit that is withheld, wholly or in part. */
  pieceOf(commit: number, sha256: string): WithheldPiece | undefined {
    return this.#byCommit.get(commit)?.get(sha256);
  }

  /** How many lines of a commit are withheld. */
  linesOf(commit: number): number {
    let lines = 0;
    for (const piece of this.#byCommit.get(commit)?.values() ?? []) lines += piece.lines;
    return lines;
  }

  /**
   * The lines that are left of a piece.
   *
   * @throws IsnadError `store-damaged`, `store-busy` when the journal was redacted meanwhile
   */
  load({ commit, left }: WithheldPiece): Buffer {
    if (!left) return Buffer.alloc(0);
    try {
      const stored = readFileSync(leftPath(this.directory, left.sha256));
      const text = decompress(stored, left.bytes);
      if (sha256Of(text) === left.sha256) return text;
    } catch (error) {
      if (isPassing(error)) throw error;
      // Missing or damaged: below it is told which of the two reasons there are.
    }
    throw this.unknown(commit);
  }

  /** The error for a piece that is withheld and that these redactions know nothing of. */
  unknown(commit: number): IsnadError {
    if (readRedactions(this.directory).generation !== this.generation)
      return new IsnadError('store-busy', 'The journal was redacted while it was being read.');
    return new IsnadError(
      'store-damaged',
      `What a redaction left of the payload of commit ${commit} is missing or not as it was written.`,
      { extra: { commit } },
    );
  }
}

interface Kept {
  readonly stamp: string;
  readonly redactions: Redactions;
}

/** The last index read, because an engine looks at it with every reading of the journal. */
const kept = new Map<string, Kept>();

/**
 * What is withheld of a journal at this moment.
 *
 * @throws IsnadError `store-damaged`
 */
export const readRedactions = (journal: string): Redactions => {
  const file = indexPath(journal);
  const stats = statSync(file, { throwIfNoEntry: false });
  const stamp = stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : '';
  const known = kept.get(journal);
  if (known?.stamp === stamp) return known.redactions;
  const redactions = new Redactions(journal, readRedactionIndex(file));
  kept.clear();
  kept.set(journal, { stamp, redactions });
  return redactions;
};

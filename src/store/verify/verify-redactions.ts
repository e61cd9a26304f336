import type { DecodedRecord } from '../journal/record-format.ts';
import { isMarker, type Redactions, type WithheldPiece } from '../journal/redactions.ts';
import type { RedactedPayload } from '../store.ts';

const keyOf = ({ commit, sha256 }: RedactedPayload): string => `${commit} ${sha256}`;

/**
 * Compares what is withheld with what the commits of redactions say, which the chain covers: nothing may
 * be withheld that no commit names, with other counts or another hash than it states, nor may anything be
 * there that one of them withholds.
 */
export class RedactionCheck {
  readonly #redactions: Redactions;
  /** What the newest redaction of each piece states. */
  readonly #stated = new Map<string, RedactedPayload>();

  constructor(redactions: Redactions) {
    this.#redactions = redactions;
  }

  /** Takes the next record, and gives what is wrong with it. */
  add(record: DecodedRecord): string[] {
    const { activity, details } = record.header;
    if (activity === 'redaction')
      for (const payload of details?.redaction?.payloads ?? [])
        this.#stated.set(keyOf(payload), payload);
    // Until a redaction is complete its bytes may be there, and nobody is shown them.
    if (this.#redactions.index?.complete !== true) return [];
    return storedPieces(record)
      .filter(({ sha256, stored }) => this.#isThere(record.sequence, sha256, stored))
      .map(({ sha256 }) => `the bytes of a withheld payload (SHA-256 ${sha256}) are still there`);
  }

  /** What is wrong with the list as a whole, once all records are read. */
  end(): { readonly sequence: number; readonly problem: string }[] {
    const pieces = new Map(
      (this.#redactions.index?.pieces ?? []).map((piece) => [keyOf(piece), piece] as const),
    );
    const unknown = [...pieces.values()].filter((piece) => !this.#isStated(piece));
    const shown = [...this.#stated.values()].filter((stated) => !pieces.has(keyOf(stated)));
    return [
      ...unknown.map(({ commit }) => ({
        sequence: commit,
        problem: 'what is withheld of it is not what the commit of a redaction states',
      })),
      ...shown.map(({ commit }) => ({
        sequence: commit,
        problem: 'nothing is withheld of it, though the commit of a redaction says so',
      })),
    ];
  }

  #isThere(commit: number, sha256: string, stored: Buffer): boolean {
    return this.#redactions.pieceOf(commit, sha256) !== undefined && !isMarker(stored);
  }

  #isStated(piece: WithheldPiece): boolean {
    const stated = this.#stated.get(keyOf(piece));
    return stated?.lines === piece.lines && stated.hash === piece.hash;
  }
}

const storedPieces = ({ header, payload }: DecodedRecord): { sha256: string; stored: Buffer }[] => {
  let at = 0;
  return header.graphs
    .flatMap(({ removed, added }) => [...removed, ...added])
    .map(({ sha256, storedBytes }) => {
      at += storedBytes;
      return { sha256, stored: payload.subarray(at - storedBytes, at) };
    });
};

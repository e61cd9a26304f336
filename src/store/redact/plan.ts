import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { addHashes, emptyGraphHash, LineHashSum } from '../../rdf/graph-hash.ts';
import { byteLines, fromByteString, toPieces } from '../history/lines.ts';
import { decodePayload, type PieceDelta } from '../journal/payload.ts';
import { journalStart, type Place } from '../journal/place.ts';
import { readRecords } from '../journal/read-records.ts';
import { readRedactions, type Redactions, type WithheldPiece } from '../journal/redactions.ts';
import type { StoredPiece } from '../journal/record-format.ts';
import type { RedactedCommit, RedactionOf } from '../time.ts';
import { selectLines, type Wanted } from './selection.ts';
import { leftKeeper, type KeepLeft } from './stage.ts';

export interface PlanRequest {
  /** The journal's directory. */
  readonly journal: string;
  readonly head: Place;
  readonly of: RedactionOf;
  /** Whether what is left of pieces is kept in the stage; a dry run keeps nothing. */
  readonly keep: boolean;
}

export type PlanProgress = (done: number, total: number) => void;

/** Lines that a graph holds now, as the redaction's own commit removes them. */
export interface PresentLines {
  readonly graph: string;
  readonly quads: number;
  readonly hash: string;
  readonly pieces: readonly PresentPiece[];
}

export interface PresentPiece {
  readonly text: Uint8Array;
  readonly sha256: string;
  readonly lines: number;
  readonly hash: string;
}

export interface RedactionPlan {
  /** The pieces that lose lines, oldest first. */
  readonly pieces: readonly WithheldPiece[];
  readonly commits: readonly RedactedCommit[];
  readonly present: readonly PresentLines[];
  /** How many different lines are withheld, and the first of them. */
  readonly lines: number;
  readonly listed: readonly string[];
}

/** How many lines are listed. */
const listedMax = 1000;

/** Collects what is withheld while the journal is read. */
class Collector {
  readonly pieces: WithheldPiece[] = [];
  readonly commits: RedactedCommit[] = [];
  readonly present = new Map<string, Set<string>>();
  readonly distinct = new Set<string>();
  readonly #wanted: Wanted;
  readonly #redactions: Redactions;
  readonly #keepLeft: KeepLeft;

  constructor(wanted: Wanted, redactions: Redactions, keepLeft: KeepLeft) {
    this.#wanted = wanted;
    this.#redactions = redactions;
    this.#keepLeft = keepLeft;
  }

  async addDelta(delta: PieceDelta, commit: number, segment: number): Promise<void> {
    const { entry, removed, added } = delta;
    const present = this.present.get(entry.graph) ?? new Set<string>();
    this.present.set(entry.graph, present);
    const where = { commit, segment };
    const gone = await this.#addPieces(removed, entry.removed, where, (line) =>
      present.delete(line),
    );
    const come = await this.#addPieces(added, entry.added, where, (line) => present.add(line));
    if (gone + come > 0)
      this.commits.push({ sequence: commit, graph: entry.graph, lines: gone + come });
  }

  async #addPieces(
    texts: Iterable<Buffer>,
    pieces: readonly StoredPiece[],
    where: Pick<WithheldPiece, 'commit' | 'segment'>,
    onLine: (line: string) => unknown,
  ): Promise<number> {
    let index = 0;
    let withheld = 0;
    for (const text of texts) {
      const sha256 = pieces[index]?.sha256 ?? '';
      index += 1;
      withheld += await this.#addPiece(text, { ...where, sha256 }, onLine);
      await breathe();
    }
    return withheld;
  }

  async #addPiece(
    text: Buffer,
    piece: Pick<WithheldPiece, 'commit' | 'segment' | 'sha256'>,
    onLine: (line: string) => unknown,
  ): Promise<number> {
    const left: string[] = [];
    const sum = new LineHashSum();
    for (const line of byteLines(text))
      if (this.#wanted(line)) {
        sum.addText(Buffer.from(line, 'latin1'));
        this.distinct.add(line);
        onLine(line);
      } else left.push(line);
    if (sum.lines === 0) return 0;
    const before = this.#redactions.pieceOf(piece.commit, piece.sha256);
    const kept = left.length === 0 ? undefined : await this.#keepLeft(toBuffer(left));
    this.pieces.push({
      ...piece,
      lines: (before?.lines ?? 0) + sum.lines,
      hash: addHashes(before?.hash ?? emptyGraphHash, sum.hex()),
      ...(kept ? { left: kept } : {}),
    });
    return sum.lines;
  }
}

const keepNothing: KeepLeft = () => Promise.resolve(undefined);

const presentIn = (graph: string, lines: ReadonlySet<string>): PresentLines[] => {
  if (lines.size === 0) return [];
  const pieces = toPieces([...lines]).map((text): PresentPiece => {
    const sum = new LineHashSum();
    sum.addText(text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { text, sha256, lines: sum.lines, hash: sum.hex() };
  });
  const hash = pieces.reduce((sum, piece) => addHashes(sum, piece.hash), emptyGraphHash);
  return [{ graph, quads: lines.size, hash, pieces }];
};

const toBuffer = (lines: readonly string[]): Buffer => Buffer.from(lines.join(''), 'latin1');

/**
 * Finds the lines wherever they occur in the journal. No line of which anything is withheld stays in any
 * commit, so what is left of the deltas is exact: every state is the state before less those lines.
 *
 * @throws IsnadError `not-found` for a commit there is not, `store-damaged`
 */
export const planRedaction = async (
  { journal, head, of, keep }: PlanRequest,
  onProgress: PlanProgress,
): Promise<RedactionPlan> => {
  const redactions = readRedactions(journal);
  const wanted = await selectLines(journal, head, of);
  const found = new Collector(wanted, redactions, keep ? leftKeeper(journal) : keepNothing);
  for (const { record, end } of readRecords(journal, journalStart, head, redactions)) {
    for (const delta of decodePayload(record))
      await found.addDelta(delta, record.sequence, end.segment);
    onProgress(record.sequence, head.sequence);
  }
  return {
    pieces: found.pieces,
    commits: found.commits,
    present: [...found.present].flatMap(([graph, lines]) => presentIn(graph, lines)),
    lines: found.distinct.size,
    listed: [...found.distinct]
      .slice(0, listedMax)
      .map((line) => fromByteString(line).trimEnd())
      .toSorted(),
  };
};

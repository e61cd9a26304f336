import path from 'node:path';
import { IsnadError, isIsnadError } from '../../errors.ts';
import { emptyGraphHash, subtractHashes } from '../../rdf/graph-hash.ts';
import type { CommitDraft, Journal } from '../journal/journal.ts';
import { readRedactions, type RedactionIndex, type WithheldPiece } from '../journal/redactions.ts';
import { notWritten } from '../journal/append.ts';
import { unchanged } from '../journal/upgrade.ts';
import type { CommitRecord, GraphDelta, RedactedPayload } from '../store.ts';
import type { Redaction, RedactionRequest } from '../time.ts';
import { completeRedaction, setAsideFiles } from './complete.ts';
import type { PlanProgress, PlanRequest, PresentLines, RedactionPlan } from './plan.ts';
import { isUnfinished, settlePending } from './recover.ts';
import { openStage, publishIndex, stageIndex, sweep } from './stage.ts';

/** What a redaction works with. Nothing is written to the store meanwhile, but by it. */
export interface RedactionParts {
  readonly dataDir: string;
  readonly journal: Journal;
  /** Names of the graphs there are. */
  readonly graphs: () => readonly string[];
  /** Finds the lines: `planRedaction`, on whichever thread. */
  readonly plan: (request: PlanRequest, onProgress: PlanProgress) => Promise<RedactionPlan>;
  /** Makes a commit and lets queries see it. */
  readonly commit: (draft: CommitDraft) => Promise<CommitRecord>;
  /** Removes every projection on the disk, and lets engines be made anew from the journal. */
  readonly renew: () => Promise<void>;
}

const directoryOf = ({ dataDir }: RedactionParts): string => path.join(dataDir, 'journal');

const planFor = async (
  parts: RedactionParts,
  { of, onProgress = () => undefined }: RedactionRequest,
  keep: boolean,
): Promise<RedactionPlan> => {
  const { head } = parts.journal;
  const plan = await parts.plan({ journal: directoryOf(parts), head, of, keep }, (done, total) =>
    onProgress('search', done, total),
  );
  if (plan.pieces.length > 0) return plan;
  throw new IsnadError('not-found', 'No commit holds any of these lines, so none is withheld.');
};

const describePlan = (parts: RedactionParts, plan: RedactionPlan): Omit<Redaction, 'commit'> => ({
  commits: plan.commits,
  lines: plan.lines,
  listed: plan.listed,
  payloads: plan.pieces.length,
  presentQuads: plan.present.reduce((sum, { quads }) => sum + quads, 0),
  setAside: setAsideFiles(directoryOf(parts)),
});

/** What would be withheld; changes nothing. */
export const previewRedaction = async (
  parts: RedactionParts,
  request: RedactionRequest,
): Promise<Redaction> => describePlan(parts, await planFor(parts, request, false));

const removalOf = (graph: string, present: PresentLines | undefined): GraphDelta => {
  if (!present) return unchanged(graph);
  const { quads, hash, pieces } = present;
  return {
    ...unchanged(graph),
    removed: pieces.map(({ text }) => text),
    removedQuads: quads,
    hashChange: subtractHashes(emptyGraphHash, hash),
  };
};

/** What the redaction's own commit does: it takes out what is there now, in every graph concerned. */
const deltasOf = (
  { graphs }: RedactionParts,
  { commits, present }: RedactionPlan,
): GraphDelta[] => {
  const concerned = new Set(commits.map(({ graph }) => graph));
  return graphs()
    .filter((graph) => concerned.has(graph))
    .toSorted()
    .map((graph) =>
      removalOf(
        graph,
        present.find((each) => each.graph === graph),
      ),
    );
};

/** The redaction's own payload holds what it removes, and so is withheld itself. */
const ownPieces = ({ present }: RedactionPlan, commit: number, segment: number): WithheldPiece[] =>
  present
    .flatMap(({ pieces }) => pieces)
    .map(({ sha256, lines, hash }) => ({ commit, segment, sha256, lines, hash }));

/** The error for a redaction that could not be written, or whose bytes could not all be removed. */
const notDone = (error: unknown, commit: CommitRecord | undefined): IsnadError => {
  if (!commit) return notWritten(error);
  return new IsnadError(
    'write-failed',
    `Commit ${commit.sequence} withholds the lines, but their bytes are not all gone: ` +
      `${error instanceof Error ? error.message : String(error)}. ` +
      'The next start goes on with it, and so does the next redaction.',
    { cause: error },
  );
};

const toPayload = ({ commit, sha256, lines, hash }: WithheldPiece): RedactedPayload => ({
  commit,
  sha256,
  lines,
  hash,
});

const pieceKey = ({ commit, sha256 }: RedactedPayload): string => `${commit} ${sha256}`;

/** The index once the pieces of a redaction are withheld too. */
const indexWith = (
  { journal }: RedactionParts,
  before: RedactionIndex | undefined,
  pieces: readonly WithheldPiece[],
): RedactionIndex => {
  const base = journal.head;
  const all = new Map((before?.pieces ?? []).map((piece) => [pieceKey(piece), piece]));
  for (const piece of pieces) all.set(pieceKey(piece), piece);
  // The commit of the redaction comes behind its base, or first in the next segment.
  const segments = [...pieces.map(({ segment }) => segment), base.segment, base.segment + 1];
  return {
    generation: base.sequence + 1,
    base,
    complete: false,
    segments: [...new Set(segments)].toSorted((left, right) => left - right),
    pieces: [...all.values()],
  };
};

const draftOf = (
  { actor, reason }: RedactionRequest,
  deltas: readonly GraphDelta[],
  pieces: readonly WithheldPiece[],
): CommitDraft => ({
  deltas,
  description: {
    activity: 'redaction',
    actor,
    message: reason,
    details: { redaction: { payloads: pieces.map(toPayload) } },
  },
});

/** Stages everything and makes the commit; what was staged is cleared away when there is no commit. */
const stageAndCommit = async (
  parts: RedactionParts,
  request: RedactionRequest,
  plan: RedactionPlan,
): Promise<CommitRecord> => {
  const directory = directoryOf(parts);
  const { head } = parts.journal;
  const deltas = deltasOf(parts, plan);
  const pieces = [...plan.pieces, ...ownPieces(plan, head.sequence + 1, head.segment)];
  const index = indexWith(parts, readRedactions(directory).index, pieces);
  await stageIndex(directory, index);
  await parts.journal.markRedacted();
  return parts.commit(draftOf(request, deltas, pieces));
};

/** Lets everything withheld give way; the journal goes on in the segments that are there then. */
const complete = async (
  parts: RedactionParts,
  onProgress: NonNullable<RedactionRequest['onProgress']>,
): Promise<void> => {
  if (readRedactions(directoryOf(parts)).index?.complete !== false) return;
  await parts.journal.reopenAfter(async () =>
    completeRedaction(directoryOf(parts), parts.renew, (done, total) =>
      onProgress('withhold', done, total),
    ),
  );
};

/**
 * Withholds lines wherever they occur in the journal (`TimedStore.redact`). The order makes a crash at any
 * point end in the state before or after it: what is left of the pieces and the new index are staged; the
 * commit is what decides; then the index counts, which one rename does; then the bytes give way, which can
 * be done again. A start does the rest when the commit is there, else clears the stage.
 */
export const redact = async (
  parts: RedactionParts,
  request: RedactionRequest,
): Promise<Redaction> => {
  const { onProgress = () => undefined } = request;
  const directory = directoryOf(parts);
  const head = parts.journal.head.sequence;
  let commit: CommitRecord | undefined;
  try {
    // One that met an error after its commit is completed first.
    await settlePending(directory);
    await complete(parts, onProgress);
    await openStage(directory);
    const plan = await planFor(parts, request, true);
    const described = describePlan(parts, plan);
    commit = await stageAndCommit(parts, request, plan);
    await publishIndex(directory);
    await complete(parts, onProgress);
    return { ...described, commit };
  } catch (error) {
    // When a sync failed, nobody knows whether the commit is on the disk: the next start looks.
    const { journal } = parts;
    const isOver = journal.head.sequence === head && journal.writable && !isUnfinished(directory);
    if (isOver) await sweep(directory);
    throw isIsnadError(error) && !commit ? error : notDone(error, commit);
  }
};

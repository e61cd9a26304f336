import { IsnadError } from '../../errors.ts';
import { addHashes, emptyGraphHash, LineHashSum, subtractHashes } from '../../rdf/graph-hash.ts';
import { decodePayload, type PieceDelta, type WithheldLines } from '../journal/payload.ts';
import { journalStart, type Place } from '../journal/place.ts';
import { readRecords, type PlacedRecord } from '../journal/read-records.ts';
import { readRedactions } from '../journal/redactions.ts';
import type { GraphState } from '../store.ts';
import { RedactionCheck } from './verify-redactions.ts';

/** What a check says as it goes: a commit looked at, or something that is not as it was written. */
export type Verification =
  | { readonly kind: 'progress'; readonly sequence: number }
  | { readonly kind: 'finding'; readonly sequence: number; readonly problem: string };

/** What pieces held when they were written: the lines that are left, and those that are withheld. */
const sumOf = (pieces: Iterable<Uint8Array>, withheld: WithheldLines): WithheldLines => {
  const sum = new LineHashSum();
  for (const piece of pieces) sum.addText(piece);
  return { lines: sum.lines + withheld.lines, hash: addHashes(sum.hex(), withheld.hash) };
};

const countProblem = (what: string, found: number, stated: number): string[] =>
  found === stated ? [] : [`${what} ${found} quads where its header says ${stated}`];

interface Recomputed {
  readonly state: GraphState;
  readonly problems: readonly string[];
}

const recompute = (before: GraphState, delta: PieceDelta): Recomputed => {
  const { entry, removed, added, withheld } = delta;
  const gone = sumOf(removed, withheld.removed);
  const come = sumOf(added, withheld.added);
  const quads = before.quads - gone.lines + come.lines;
  const hash = addHashes(subtractHashes(before.hash, gone.hash), come.hash);
  const { after } = entry;
  const problems = [
    ...countProblem('it removes', gone.lines, entry.removedQuads),
    ...countProblem('it adds', come.lines, entry.addedQuads),
    ...(after ? countProblem('it leaves', quads, after.quads) : []),
    ...(after && after.hash !== hash ? [`the hash is ${hash}, its header says ${after.hash}`] : []),
  ];
  return { state: after ?? { ...before, quads, hash }, problems };
};

/** The message of damage; any other error is no finding and goes on. */
const damageIn = (error: unknown): string => {
  if (error instanceof IsnadError && error.code === 'store-damaged') return error.message;
  throw error;
};

function* verifyRecord(
  { record }: PlacedRecord,
  states: Map<string, GraphState>,
): Generator<Verification> {
  const { sequence } = record;
  for (const delta of decodePayload(record)) {
    const { graph, after } = delta.entry;
    const before = states.get(graph) ?? { quads: 0, hash: emptyGraphHash };
    try {
      const { state, problems } = recompute(before, delta);
      states.set(graph, state);
      for (const problem of problems)
        yield { kind: 'finding', sequence, problem: `graph <${graph}>: ${problem}` };
    } catch (error) {
      if (after) states.set(graph, after);
      yield { kind: 'finding', sequence, problem: damageIn(error) };
    }
  }
  yield { kind: 'progress', sequence };
}

/**
 * Checks a journal from its first commit to `head`: checksums and chain, the SHA-256 of every piece
 * of payload, and what each commit says its graphs hold, recomputed from the deltas and from what
 * redactions withhold of them. A broken chain ends the check. Changes nothing; reads synchronously, so meant for a worker or a command.
 */
export function* verifyJournal(directory: string, head: Place): Generator<Verification> {
  const states = new Map<string, GraphState>();
  let sequence = 0;
  try {
    const redactions = readRedactions(directory);
    const check = new RedactionCheck(redactions);
    for (const placed of readRecords(directory, journalStart, head, redactions)) {
      sequence = placed.record.sequence;
      for (const problem of check.add(placed.record)) yield { kind: 'finding', sequence, problem };
      yield* verifyRecord(placed, states);
    }
    for (const found of check.end()) yield { kind: 'finding', ...found };
  } catch (error) {
    yield { kind: 'finding', sequence: sequence + 1, problem: damageIn(error) };
  }
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  addHashes,
  emptyGraphHash,
  hashOfLines,
  subtractHashes,
} from '../../../src/rdf/graph-hash.ts';
import { dropProjections } from '../../../src/store/drop-projections.ts';
import { byteLines, fromByteString } from '../../../src/store/history/lines.ts';
import type { CommitDraft, Journal } from '../../../src/store/journal/journal.ts';
import { openJournal } from '../../../src/store/journal/open-journal.ts';
import { decodePayload } from '../../../src/store/journal/payload.ts';
import { journalStart } from '../../../src/store/journal/place.ts';
import { readHead } from '../../../src/store/journal/read-head.ts';
import { readRecords } from '../../../src/store/journal/read-records.ts';
import { planRedaction } from '../../../src/store/redact/plan.ts';
import { redact, type RedactionParts } from '../../../src/store/redact/redact.ts';
import { recoverRedaction } from '../../../src/store/redact/recover.ts';
import type { GraphDelta } from '../../../src/store/store.ts';
import type { Redaction, RedactionOf } from '../../../src/store/time.ts';
import { verifyJournal } from '../../../src/store/verify/verify-journal.ts';

/** Graphs and their lines, each with its line break. */
export type Model = ReadonlyMap<string, ReadonlySet<string>>;

/** What a commit wants; lines already there, or not there, are left out of what it does. */
export interface Wish {
  readonly graph: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const baseIri = 'http://localhost:3030/';
const smallSegmentBytes = 1500;

export const journalIn = (dataDir: string): string => path.join(dataDir, 'journal');

/** Opens the journal of a data directory in small segments, as a start does. */
export const openSmall = async (dataDir: string): Promise<Journal> => {
  await recoverRedaction(dataDir, () => undefined);
  const directory = journalIn(dataDir);
  return openJournal({ directory, baseIri, segmentBytesMax: smallSegmentBytes });
};

const text = (lines: ReadonlySet<string>): Uint8Array[] =>
  lines.size === 0 ? [] : [Buffer.from([...lines].toSorted().join(''))];

/** The exact delta of a wish, and the state after it; nothing when it changes nothing. */
const deltaOf = (state: Model, { graph, added, removed }: Wish): GraphDelta | undefined => {
  const before = state.get(graph) ?? new Set<string>();
  const gone = new Set(removed.filter((line) => before.has(line)));
  const come = new Set(added.filter((line) => !before.has(line)));
  if (gone.size + come.size === 0) return undefined;
  const pieces = { added: text(come), removed: text(gone) };
  return {
    graph,
    ...pieces,
    addedQuads: come.size,
    removedQuads: gone.size,
    hashChange: subtractHashes(
      addHashes(emptyGraphHash, hashOfLines(pieces.added)),
      hashOfLines(pieces.removed),
    ),
    created: !state.has(graph) && graph !== '',
    dropped: false,
  };
};

const after = (state: Model, delta: GraphDelta): Model => {
  const lines = new Set(state.get(delta.graph));
  for (const piece of delta.removed)
    for (const line of byteLines(Buffer.from(piece))) lines.delete(fromByteString(line));
  for (const piece of delta.added)
    for (const line of byteLines(Buffer.from(piece))) lines.add(fromByteString(line));
  return new Map([...state, [delta.graph, lines]]);
};

/** Appends what the wishes change, each as a commit; gives the state after the last. */
export const appendWishes = async (
  journal: Journal,
  start: Model,
  wishes: readonly Wish[],
): Promise<Model> => {
  let state = start;
  for (const wish of wishes) {
    const delta = deltaOf(state, wish);
    if (!delta) continue;
    await journal.append([{ deltas: [delta], description: describe('update') }]);
    state = after(state, delta);
  }
  return state;
};

const describe = (activity: 'update'): CommitDraft['description'] => ({
  activity,
  actor: 'test',
  message: 'A change',
});

/** Withholds something of a journal alone, as the store does. */
export const redactIn = async (
  dataDir: string,
  journal: Journal,
  of: RedactionOf,
): Promise<Redaction> => {
  const parts: RedactionParts = {
    dataDir,
    journal,
    graphs: () => ['', ...(statesIn(dataDir).at(-1)?.keys() ?? [])],
    plan: planRedaction,
    commit: async (draft) => {
      const [made] = await journal.append([draft]);
      if (!made) throw new Error('no commit was made');
      return made.record;
    },
    renew: async () => {
      await dropProjections(dataDir);
    },
  };
  return redact(parts, { of, actor: 'test', reason: 'By order' });
};

/** Withholds lines, each given with its line break. */
export const redactLines = async (
  dataDir: string,
  journal: Journal,
  lines: readonly string[],
): Promise<Redaction> =>
  redactIn(dataDir, journal, { kind: 'lines', lines: lines.map((line) => line.trimEnd()) });

/** The state after each commit, from what the journal shows of it. */
export const statesIn = (dataDir: string): Model[] => {
  const directory = journalIn(dataDir);
  const states: Model[] = [];
  let state: Model = new Map();
  for (const { record } of readRecords(directory, journalStart, readHead(directory).place)) {
    for (const { entry, removed, added } of decodePayload(record))
      state = after(state, { ...entry, hashChange: '', removed: [...removed], added: [...added] });
    states.push(state);
  }
  return states;
};

/** What a check of the journal finds wrong. */
export const doubtsIn = (dataDir: string): string[] => {
  const directory = journalIn(dataDir);
  return [...verifyJournal(directory, readHead(directory).place)].flatMap((each) =>
    each.kind === 'finding' ? [`commit ${each.sequence}: ${each.problem}`] : [],
  );
};

/** A state without some lines; graphs without lines are left out. */
export const without = (state: Model, lines: ReadonlySet<string>): Model =>
  new Map(
    [...state]
      .map(([graph, all]) => [graph, all.difference(lines)] as const)
      .filter(([, all]) => all.size > 0),
  );

/** The version of the head, by its first slot. */
export const headVersion = (dataDir: string): number =>
  readFileSync(path.join(journalIn(dataDir), 'head')).readUInt32LE(8);

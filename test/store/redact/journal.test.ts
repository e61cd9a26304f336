import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeRedactionIndex,
  indexPath,
  readRedactionIndex,
} from '../../../src/store/journal/redactions.ts';
import type { Redaction, RedactionOf } from '../../../src/store/time.ts';
import { temporaryDirectory } from '../support.ts';
import { filesHolding } from './scan-bytes.ts';
import {
  appendWishes,
  doubtsIn,
  headVersion,
  journalIn,
  openSmall,
  redactIn,
  redactLines,
  statesIn,
  without,
  type Model,
  type Wish,
} from './small-journal.ts';

const graphs = ['', 'a:g', 'a:h'];
const secret = (n: number): string => `s3cret-${n}-`.repeat(8);
const lineOf = (graph: string, n: number): string =>
  graph === ''
    ? `<a:s${n}> <a:p> "${secret(n)}" .\n`
    : `<a:s${n}> <a:p> "${secret(n)}" <${graph}> .\n`;

const someLines = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 8 });
const wishes = fc.array(
  fc
    .record({ graph: fc.constantFrom(...graphs), added: someLines, removed: someLines })
    .map(({ graph, added, removed }) => ({
      graph,
      added: added.map((n) => lineOf(graph, n)),
      removed: removed.map((n) => lineOf(graph, n)),
    })),
  { minLength: 2, maxLength: 10 },
);
const rounds = fc.array(
  fc.record({ wishes, chosen: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }) }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

const linesOf = (states: readonly Model[]): string[] => [
  ...new Set(states.flatMap((state) => [...state.values()].flatMap((lines) => [...lines]))),
];

/** Literals of these lines that no state holds in another line. */
const textsOnlyIn = (lines: readonly string[], states: readonly Model[]): string[] => {
  const elsewhere = new Set(linesOf(states).map((line) => line.split('"')[1]));
  return lines.map((line) => line.split('"')[1] ?? '').filter((text) => !elsewhere.has(text));
};

describe('redactions, one after the other, with commits between', () => {
  it('leave every state less what was withheld by then, and the journal verifies', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const dataDir = temporaryDirectory();
        let journal = await openSmall(dataDir);
        let wanted: Model[] = [];
        for (const { wishes: asked, chosen } of all) {
          await appendWishes(journal, wanted.at(-1) ?? new Map(), asked);
          const known = statesIn(dataDir);
          expect(known.slice(0, wanted.length).map((each) => without(each, new Set()))).toEqual(
            wanted,
          );
          const lines = linesOf(known);
          if (lines.length === 0) continue;
          const withheld = new Set(chosen.map((n) => lines[n % lines.length] ?? ''));
          const { commit } = await redactLines(dataDir, journal, [...withheld]);
          wanted = [...known, known.at(-1) ?? new Map()].map((each) => without(each, withheld));
          expect(statesIn(dataDir).map((each) => without(each, new Set()))).toEqual(wanted);
          expect(doubtsIn(dataDir)).toEqual([]);
          expect(commit?.sequence).toBe(wanted.length);
          expect(
            textsOnlyIn([...withheld], wanted).flatMap((text) => filesHolding(dataDir, text)),
          ).toEqual([]);
          await journal.close();
          journal = await openSmall(dataDir);
        }
        await journal.close();
        rmSync(dataDir, { recursive: true });
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

const lineAbout = (subject: string, rest: string, graph = 'a:g'): string =>
  `<${subject}> ${rest} <${graph}> .\n`;

/** What is left in a journal of these commits after a redaction. */
const leftAfter = async (
  commits: readonly Wish[],
  of: RedactionOf,
): Promise<{ redaction: Redaction; left: string[] }> => {
  const dataDir = temporaryDirectory();
  const journal = await openSmall(dataDir);
  try {
    await appendWishes(journal, new Map(), commits);
    const redaction = await redactIn(dataDir, journal, of);
    return { redaction, left: linesOf(statesIn(dataDir).slice(-1)) };
  } finally {
    await journal.close();
  }
};

describe('what a redaction takes', () => {
  const added = [lineAbout('a:s', '<a:p> "1"'), lineAbout('a:t', '<a:p> "2"')];
  const commits: Wish[] = [
    { graph: 'a:g', added, removed: [] },
    { graph: 'a:h', added: [lineAbout('a:s', '<a:p> "1"', 'a:h')], removed: [] },
    { graph: 'a:g', added: [lineAbout('a:u', '<a:p> "3"')], removed: [] },
  ];

  it('is what a commit added, or only what it added in one graph', async () => {
    const { left } = await leftAfter(commits, { kind: 'commit', sequence: 1 });
    expect(new Set(left)).toEqual(new Set(commits.slice(1).flatMap((each) => each.added)));
    const elsewhere = { kind: 'commit', sequence: 1, graph: 'a:h' } as const;
    await expect(leftAfter(commits, elsewhere)).rejects.toMatchObject({ code: 'not-found' });
    const none = { kind: 'commit', sequence: 99 } as const;
    await expect(leftAfter(commits, none)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is a record with its parts and the statements about it, and no other', async () => {
    const about = '<https://w3id.org/isnad/ontology#about>';
    const belonging = [
      lineAbout('a:r', '<a:p> "1"'),
      lineAbout('a:r#part', '<a:p> "2"'),
      lineAbout('a:claim', `${about} <a:r#part>`),
      lineAbout('a:claim#detail', '<a:p> "3"'),
    ];
    const others = [lineAbout('a:rest', '<a:p> <a:r>'), lineAbout('a:other', `${about} <a:rest>`)];
    const all = [{ graph: 'a:g', added: [...belonging, ...others], removed: [] }];
    const { redaction, left } = await leftAfter(all, { kind: 'record', iri: 'a:r' });
    expect(redaction.listed).toEqual(belonging.map((line) => line.trimEnd()).toSorted());
    expect(left.toSorted()).toEqual(others.toSorted());
  });

  it('is nothing of a commit that states the line anew, until it is redacted again', async () => {
    const dataDir = temporaryDirectory();
    const journal = await openSmall(dataDir);
    const wish = { graph: 'a:g', added: [lineOf('a:g', 1)], removed: [] };
    const state = await appendWishes(journal, new Map(), [wish]);
    await redactLines(dataDir, journal, wish.added);
    await appendWishes(journal, without(state, new Set(wish.added)), [wish]);
    expect(linesOf(statesIn(dataDir).slice(-1))).toEqual(wish.added);
    expect(filesHolding(dataDir, secret(1))).not.toEqual([]);
    await redactLines(dataDir, journal, wish.added);
    await journal.close();
    expect(linesOf(statesIn(dataDir))).toEqual([]);
    expect(filesHolding(dataDir, secret(1))).toEqual([]);
    expect(doubtsIn(dataDir)).toEqual([]);
  });
});

/** A journal of a withheld line and one beside it, closed. */
const redacted = async (): Promise<string> => {
  const dataDir = temporaryDirectory();
  const journal = await openSmall(dataDir);
  const added = [1, 2].map((n) => lineOf('a:g', n));
  await appendWishes(journal, new Map(), [{ graph: 'a:g', added, removed: [] }]);
  await redactLines(dataDir, journal, [lineOf('a:g', 1)]);
  await journal.close();
  return dataDir;
};

describe('a redacted journal', () => {
  it('is refused by programs that know nothing of redactions, from the head on', async () => {
    const dataDir = await redacted();
    expect(headVersion(dataDir)).toBe(3);
    const journal = await openSmall(dataDir);
    await appendWishes(journal, statesIn(dataDir).at(-1) ?? new Map(), [
      { graph: 'a:g', added: [lineOf('a:g', 3)], removed: [] },
    ]);
    await journal.close();
    expect(headVersion(dataDir)).toBe(3);
  });

  it('is found damaged when what is left of a payload, or the list of it, is lost or changed', async () => {
    const dataDir = await redacted();
    const file = indexPath(journalIn(dataDir));
    const list = readFileSync(file);
    rmSync(file);
    expect(doubtsIn(dataDir).length).toBeGreaterThan(0);
    writeFileSync(file, list.subarray(1));
    expect(doubtsIn(dataDir).join()).toContain('unreadable');
    writeFileSync(file, list);
    const folder = path.dirname(file);
    const left = readdirSync(folder).find((name) => name.endsWith('.zst')) ?? '';
    rmSync(path.join(folder, left));
    expect(doubtsIn(dataDir).join()).toContain('missing or not as it was written');
  });

  it('shows no other state when any bit of the list, or of what is left, is flipped', async () => {
    const dataDir = await redacted();
    const folder = path.dirname(indexPath(journalIn(dataDir)));
    const states = statesIn(dataDir);
    const harmless: string[] = [];
    for (const name of readdirSync(folder)) {
      const file = path.join(folder, name);
      const bytes = readFileSync(file);
      for (let at = 0; at < bytes.length; at += 1) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
        writeFileSync(file, flipped);
        if (doubtsIn(dataDir).length > 0) continue;
        // Flags of a frame that decompresses to the same text nevertheless.
        harmless.push(name);
        expect(statesIn(dataDir)).toEqual(states);
      }
      writeFileSync(file, bytes);
    }
    expect(harmless.filter((name) => name === 'index')).toEqual([]);
    expect(doubtsIn(dataDir)).toEqual([]);
  });

  it('is found damaged when more is withheld than the commits of redactions say', async () => {
    const dataDir = await redacted();
    const file = indexPath(journalIn(dataDir));
    const index = readRedactionIndex(file)!;
    const pieces = index.pieces.map((piece) => ({ ...piece, lines: piece.lines + 1 }));
    rmSync(file);
    writeFileSync(file, encodeRedactionIndex({ ...index, pieces }));
    expect(doubtsIn(dataDir).join()).toContain('not what the commit of a redaction states');
  });

  it('is found wanting when the withheld bytes are back', async () => {
    const dataDir = temporaryDirectory();
    const journal = await openSmall(dataDir);
    const added = [lineOf('a:g', 1)];
    await appendWishes(journal, new Map(), [{ graph: 'a:g', added, removed: [] }]);
    const segment = path.join(journalIn(dataDir), '00000001.isnad');
    const before = readFileSync(segment);
    await redactLines(dataDir, journal, added);
    await journal.close();
    expect(doubtsIn(dataDir)).toEqual([]);
    const after = readFileSync(segment);
    writeFileSync(segment, Buffer.concat([before, after.subarray(before.length)]));
    expect(doubtsIn(dataDir)).toEqual([
      expect.stringMatching(/^commit 1: the bytes of a withheld payload .* are still there$/),
    ]);
    expect(statesIn(dataDir).map((state) => without(state, new Set()))).toEqual([
      new Map(),
      new Map(),
    ]);
  });
});

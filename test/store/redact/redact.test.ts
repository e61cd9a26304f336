import * as fc from 'fast-check';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBackup } from '../../../src/store/backup/make-backup.ts';
import { restoreBackup } from '../../../src/store/backup/restore-backup.ts';
import type { EmbeddedStore } from '../../../src/store/embedded-store.ts';
import type { Redaction, RedactionOf } from '../../../src/store/time.ts';
import { verifyDirectory } from '../../../src/store/verify/verify-directory.ts';
import {
  collect,
  description,
  nquad,
  openEmbedded,
  readLines,
  rows,
  temporaryDirectory,
  utf8,
} from '../support.ts';
import { filesHolding } from './scan-bytes.ts';

type Model = ReadonlyMap<string, ReadonlySet<string>>;

const nobodyListens = (): void => undefined;
const soon = (): number => Date.now() + 20_000;

const linesOf = (pieces: readonly Uint8Array[]): string[] =>
  Buffer.concat(pieces).toString().split('\n').slice(0, -1);

const stateAt = async (store: EmbeddedStore, sequence: number): Promise<Model> => {
  const changes = await store.time.diff({ from: 0, to: sequence, deadlineAt: soon() });
  return new Map(changes.map(({ graph, added }) => [graph, new Set(linesOf(added))]));
};

const statesOf = async (store: EmbeddedStore, upTo: number): Promise<Model[]> => {
  const states: Model[] = [];
  for (let sequence = 1; sequence <= upTo; sequence += 1)
    states.push(await stateAt(store, sequence));
  return states;
};

const without = (state: Model, lines: ReadonlySet<string>): Model =>
  new Map([...state].map(([graph, all]) => [graph, all.difference(lines)]));

/** A graph that is there without lines, and the default graph, show in a difference only by lines. */
const withoutEmpty = (state: Model): Model => new Map([...state].filter(([, all]) => all.size > 0));

const change = async (
  store: EmbeddedStore,
  graph: string,
  added: readonly string[],
  removed: readonly string[] = [],
): Promise<number> => {
  const text = (triples: readonly string[]): Uint8Array[] => [
    utf8(triples.map((triple) => nquad(graph, triple)).join('')),
  ];
  const deltas = [{ graph, added: text(added), removed: text(removed) }];
  const { commit } = await store.write({ kind: 'delta', deltas }, description);
  return commit?.sequence ?? 0;
};

const redact = (store: EmbeddedStore, of: RedactionOf, dryRun = false): Promise<Redaction> =>
  store.redact({ of, actor: 'operator', reason: 'By order', dryRun });

const doubtsIn = async (dataDir: string): Promise<readonly string[]> =>
  (await verifyDirectory(dataDir, nobodyListens)).doubts;

const secret = (n: number): string => `s3cret-${n}-`.repeat(3);
const triple = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
  .map(([s, o]) => `<a:s${s}> <a:p> "${secret(s * 4 + o)}"`);
const someTriples = fc.array(triple, { maxLength: 5 });
const someCommits = fc.array(
  fc.record({
    graph: fc.constantFrom('', 'a:g', 'a:h'),
    added: someTriples,
    removed: someTriples,
    drop: fc.boolean(),
  }),
  { minLength: 3, maxLength: 7 },
);

const commitAll = async (
  store: EmbeddedStore,
  commits: readonly { graph: string; added: string[]; removed: string[]; drop: boolean }[],
): Promise<void> => {
  for (const { graph, added, removed, drop } of commits)
    if (drop && graph !== '' && (await store.readGraph(graph)))
      await store.write({ kind: 'graphs', graphs: [{ graph, removed: true }] }, description);
    else await change(store, graph, added, removed);
};

const allLines = (states: readonly Model[]): string[] => [
  ...new Set(states.flatMap((state) => [...state.values()].flatMap((lines) => [...lines]))),
];

describe('a redaction of any lines', () => {
  it('leaves every state as it was less those lines, and their bytes nowhere', async () => {
    await fc.assert(
      fc.asyncProperty(someCommits, fc.nat(), fc.nat(), async (commits, pick, step) => {
        const dataDir = temporaryDirectory();
        const store = await openEmbedded(dataDir);
        await change(store, 'a:g', [`<a:s9> <a:p> "kept"`]);
        await commitAll(store, commits);
        const before = store.head().sequence;
        const states = await statesOf(store, before);
        const known = allLines(states);
        const chosen = known.filter((_, index) => (index * (step % 5) + pick) % 3 === 0);
        fc.pre(chosen.length > 0);
        const preview = await redact(store, { kind: 'lines', lines: chosen }, true);
        expect(store.head().sequence).toBe(before);
        const done = await redact(store, { kind: 'lines', lines: chosen });
        expect({ ...done, commit: undefined }).toEqual({ ...preview, commit: undefined });
        expect(done.lines).toBe(chosen.length);
        const wanted = states.map((state) => withoutEmpty(without(state, new Set(chosen))));
        const check = async (opened: EmbeddedStore): Promise<void> => {
          expect((await statesOf(opened, before)).map(withoutEmpty)).toEqual(wanted);
          expect(withoutEmpty(await stateAt(opened, before + 1))).toEqual(wanted.at(-1));
          expect(await opened.checkEngines()).toEqual([]);
        };
        await check(store);
        expect(await doubtsIn(dataDir)).toEqual([]);
        await store.close();
        for (const line of chosen) {
          const text = /"(.*)"/.exec(line)?.[1] ?? line;
          const elsewhere = known.some((each) => !chosen.includes(each) && each.includes(text));
          if (!elsewhere) expect(filesHolding(dataDir, text)).toEqual([]);
        }
        const again = await openEmbedded(dataDir);
        await check(again);
        await again.close();
        rmSync(dataDir, { recursive: true });
      }),
      { numRuns: 6 },
    );
  }, 120_000);
});

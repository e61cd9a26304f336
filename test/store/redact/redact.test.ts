import { existsSync, writeFileSync } from 'node:fs';
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

/** With as few engines as will do. */
const open = (dataDir: string): Promise<EmbeddedStore> =>
  openEmbedded(dataDir, { warmSpare: false });

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
const triple = (n: number): string => `<a:s${n % 3}> <a:p> "${secret(n)}"`;
const triples = (...numbers: readonly number[]): string[] => numbers.map(triple);

/** Commits that add, remove and add again, in a graph that is dropped and one that is not. */
const commitVariously = async (store: EmbeddedStore): Promise<void> => {
  await change(store, 'a:g', triples(1, 2, 3));
  await change(store, 'a:h', triples(1, 4));
  await change(store, 'a:g', triples(5), triples(2));
  await store.write({ kind: 'graphs', graphs: [{ graph: 'a:h', removed: true }] }, description);
  await change(store, 'a:g', triples(2));
};

describe('a redaction of lines', () => {
  it('leaves every state as it was less those lines, engines and restarts too, and their bytes nowhere', async () => {
    const dataDir = temporaryDirectory();
    const store = await open(dataDir);
    await commitVariously(store);
    await store.makeCheckpoint();
    const before = store.head().sequence;
    const states = await statesOf(store, before);
    const lines = [...triples(2, 5).map((each) => `${each} <a:g> .`), `${triple(4)} <a:h> .`];
    const preview = await redact(store, { kind: 'lines', lines }, true);
    expect(store.head().sequence).toBe(before);
    const done = await redact(store, { kind: 'lines', lines });
    expect({ ...done, commit: undefined }).toEqual({ ...preview, commit: undefined });
    expect(done).toMatchObject({ lines: 3, presentQuads: 2 });
    const wanted = states.map((state) => withoutEmpty(without(state, new Set(lines))));
    const check = async (opened: EmbeddedStore): Promise<void> => {
      expect((await statesOf(opened, before)).map(withoutEmpty)).toEqual(wanted);
      expect(withoutEmpty(await stateAt(opened, before + 1))).toEqual(wanted.at(-1));
      expect(await rows(opened, 'SELECT ?o { ?s <a:p> ?o }')).toEqual([secret(1), secret(3)]);
      expect(await opened.checkEngines()).toEqual([]);
    };
    await check(store);
    expect(existsSync(path.join(dataDir, 'checkpoints'))).toBe(false);
    await store.makeCheckpoint();
    expect(await doubtsIn(dataDir)).toEqual([]);
    await store.close();
    for (const n of [2, 4, 5]) expect(filesHolding(dataDir, secret(n))).toEqual([]);
    expect(filesHolding(dataDir, secret(3))).not.toEqual([]);
    await check(await open(dataDir));
  });
});

const secretTriple = `<a:s1> <a:p> "${secret(1)}"`;

/** Three commits: one that says the secret with another line, one that takes both back, one beside. */
const openWithSecret = async (dataDir: string): Promise<EmbeddedStore> => {
  const store = await open(dataDir);
  await change(store, 'a:g', [secretTriple, '<a:s2> <a:p> "open"']);
  await change(store, 'a:g', [], [secretTriple, '<a:s2> <a:p> "open"']);
  await change(store, 'a:h', ['<a:s3> <a:p> "beside"']);
  return store;
};

describe('a redaction', () => {
  it('names who, why and the payloads; the log says of each commit how much is withheld', async () => {
    const store = await openWithSecret(temporaryDirectory());
    const lines = [`${secretTriple} <a:g> .`];
    const { commit, commits, presentQuads } = await redact(store, { kind: 'lines', lines });
    expect(commits).toEqual([
      { sequence: 1, graph: 'a:g', lines: 1 },
      { sequence: 2, graph: 'a:g', lines: 1 },
    ]);
    expect(presentQuads).toBe(0);
    expect(commit).toMatchObject({
      sequence: 4,
      description: { activity: 'redaction', actor: 'operator', message: 'By order' },
    });
    const payloads = commit?.description.details?.redaction?.payloads;
    expect(payloads?.map((each) => [each.commit, each.lines])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    const log = await collect(store.log());
    expect(log.map(({ withheldQuads }) => withheldQuads)).toEqual([1, 1, undefined, undefined]);
    const touched = await store.time.history({
      of: { kind: 'subject', iri: 'a:s1' },
      limit: 10,
      deadlineAt: soon(),
    });
    expect(touched.touches).toEqual([]);
  });

  it('is not undone, and an undo of a commit it touched brings nothing back', async () => {
    const store = await openWithSecret(temporaryDirectory());
    const lines = [`${secretTriple} <a:g> .`];
    const { commit } = await redact(store, { kind: 'lines', lines });
    const undo = (sequence: number, partial: boolean) =>
      store.time.undo({ sequence, partial, actor: 'operator', deadlineAt: soon() });
    await expect(undo(2, false)).rejects.toMatchObject({
      code: 'undo-conflict',
      extra: { withheldQuads: 1 },
    });
    expect(await undo(2, true)).toMatchObject({ leftQuads: 1, commit: { sequence: 5 } });
    expect(await readLines(store, 'a:g')).toEqual(['<a:s2> <a:p> "open" <a:g> .']);
    expect(await undo(commit?.sequence ?? 0, true)).toMatchObject({ commit: undefined });
  });

  it('goes with a backup and comes back with it', async () => {
    const [dataDir, restored] = [temporaryDirectory(), `${temporaryDirectory()}/restored`];
    const backup = `${temporaryDirectory()}/backup`;
    const store = await openWithSecret(dataDir);
    await redact(store, { kind: 'lines', lines: [`${secretTriple} <a:g> .`] });
    const first = await stateAt(store, 1);
    await makeBackup(dataDir, backup, nobodyListens);
    await restoreBackup(backup, restored, nobodyListens);
    expect(filesHolding(backup, secret(1))).toEqual([]);
    const again = await open(restored);
    expect(await stateAt(again, 1)).toEqual(first);
    await change(again, 'a:g', ['<a:s> <a:p> "on"']);
    expect(await again.checkEngines()).toEqual([]);
  });

  it('removes images and copies set aside, and engines start without', async () => {
    const dataDir = temporaryDirectory();
    const store = await openWithSecret(dataDir);
    await change(store, 'a:h', [`<a:s4> <a:p> "${secret(4)}"`]);
    await store.makeImage();
    writeFileSync(path.join(dataDir, 'journal', 'set-aside-x'), secret(4));
    expect(filesHolding(dataDir, secret(4)).length).toBeGreaterThan(2);
    const { setAside } = await redact(store, { kind: 'commit', sequence: 4 });
    expect(setAside).toEqual(['set-aside-x']);
    expect(filesHolding(dataDir, secret(4))).toEqual([]);
    await store.makeImage();
    expect(filesHolding(dataDir, secret(4))).toEqual([]);
    await change(store, 'a:h', ['<a:s5> <a:p> "on"']);
    expect(await store.checkEngines()).toEqual([]);
    await store.close();
    const again = await open(dataDir);
    expect(await readLines(again, 'a:h')).toHaveLength(2);
  });
});

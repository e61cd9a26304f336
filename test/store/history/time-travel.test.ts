import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmbeddedStore } from '../../../src/store/embedded-store.ts';
import type { LineDelta } from '../../../src/store/store.ts';
import type { GraphChange, Touched } from '../../../src/store/time.ts';
import { isnad } from '../../../src/model/terms.ts';
import {
  description,
  nquad,
  openEmbedded,
  readLines,
  temporaryDirectory,
  utf8,
} from '../support.ts';

const soon = (): number => Date.now() + 20_000;

type Model = ReadonlyMap<string, ReadonlySet<string>>;

const linesOf = (pieces: readonly Uint8Array[]): string[] =>
  Buffer.concat(pieces).toString().split('\n').slice(0, -1);

const stateAt = async (store: EmbeddedStore, sequence: number, of?: Touched): Promise<Model> => {
  const changes = await store.time.diff({
    from: 0,
    to: sequence,
    deadlineAt: soon(),
    ...(of ? { of } : {}),
  });
  return new Map(changes.map(({ graph, added }) => [graph, new Set(linesOf(added))]));
};

const presentState = async (store: EmbeddedStore): Promise<Model> => {
  const graphs = (await store.listGraphs()).filter(({ graph }) => !graph.endsWith('provenance'));
  const all = new Map<string, Set<string>>();
  for (const { graph } of graphs) all.set(graph, new Set(await readLines(store, graph)));
  return all;
};

const withoutEmptyDefault = (model: Model): Model =>
  new Map([...model].filter(([graph, lines]) => graph !== '' || lines.size > 0));

const delta = (graph: string, added: readonly string[], removed: readonly string[] = []) => {
  const text = (triples: readonly string[]): Uint8Array[] => [
    utf8(triples.map((triple) => nquad(graph, triple)).join('')),
  ];
  return { graph, added: text(added), removed: text(removed) };
};

const change = async (store: EmbeddedStore, ...deltas: readonly LineDelta[]): Promise<number> => {
  const { commit } = await store.write({ kind: 'delta', deltas }, description);
  return commit?.sequence ?? 0;
};

const undo = (store: EmbeddedStore, sequence: number, partial = false) =>
  store.time.undo({ sequence, partial, actor: 'operator', deadlineAt: soon() });

const triple = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
  .map(([s, o]) => `<a:s${s}> <a:p> "ṣ${o}"`);
const someTriples = fc.array(triple, { maxLength: 4 });
const oneDelta = fc.record({
  graph: fc.constantFrom('', 'a:g', 'a:h'),
  added: someTriples,
  removed: someTriples,
  drop: fc.boolean(),
});
const someCommits = fc.array(oneDelta, { minLength: 3, maxLength: 8 });

/** Makes random commits; gives the state after each, the empty one first. */
const makeCommits = async (
  store: EmbeddedStore,
  commits: readonly { graph: string; added: string[]; removed: string[]; drop: boolean }[],
): Promise<Model[]> => {
  const states: Model[] = [await presentState(store)];
  for (const { graph, added, removed, drop } of commits) {
    const before = store.head().sequence;
    if (drop && graph !== '' && (await store.readGraph(graph)))
      await store.write({ kind: 'graphs', graphs: [{ graph, removed: true }] }, description);
    else await change(store, delta(graph, added, removed));
    if (store.head().sequence > before) states.push(await presentState(store));
  }
  return states;
};

describe('the state at a commit', () => {
  it('is what it was, for random commits, and the differences between them lead there', async () => {
    const store = await openEmbedded(temporaryDirectory());
    await fc.assert(
      fc.asyncProperty(someCommits, async (commits) => {
        const base = store.head().sequence;
        const states = await makeCommits(store, commits);
        for (const [later, state] of states.entries())
          expect(withoutEmptyDefault(await stateAt(store, base + later))).toEqual(state);
        const [from, to] = [states.length - 1, Math.floor(states.length / 2)];
        const request = { from: base + from, to: base + to, deadlineAt: soon() };
        const back = await store.time.diff(request);
        expect(withoutEmptyDefault(applyTo(states[from]!, back))).toEqual(states[to]);
      }),
      { numRuns: 5 },
    );
  }, 60_000);
});

const applyTo = (state: Model, changes: readonly GraphChange[]): Model => {
  const all = new Map([...state].map(([graph, lines]) => [graph, new Set(lines)]));
  for (const { graph, added, removed, dropped } of changes) {
    const lines = all.get(graph) ?? new Set();
    for (const line of linesOf(removed)) expect(lines.delete(line)).toBe(true);
    for (const line of linesOf(added)) expect(lines.size).toBeLessThan(lines.add(line).size);
    if (dropped) all.delete(graph);
    else all.set(graph, lines);
  }
  return all;
};

describe('the undo of a commit', () => {
  it('of all of them, the newest first, leads back through every state, and undoing that leads forth', async () => {
    const store = await openEmbedded(temporaryDirectory());
    await fc.assert(
      fc.asyncProperty(someCommits, async (commits) => {
        const base = store.head().sequence;
        const states = await makeCommits(store, commits);
        const last = states.length - 1;
        for (let later = last; later >= 1; later -= 1) {
          await undo(store, base + later);
          expect(await presentState(store)).toEqual(states[later - 1]);
        }
        for (let later = 1; later <= last; later += 1) {
          await undo(store, base + 2 * last + 1 - later);
          expect(await presentState(store)).toEqual(states[later]);
        }
      }),
      { numRuns: 4 },
    );
  }, 60_000);

  it('says of which commit it is the undo', async () => {
    const store = await openEmbedded(temporaryDirectory());
    const sequence = await change(store, delta('a:g', ['<a:s> <a:p> "1"']));
    const { commit, undone } = await undo(store, sequence);
    expect(undone.sequence).toBe(sequence);
    expect(commit?.description).toMatchObject({ activity: 'undo', details: { undoes: sequence } });
    expect(commit?.description.message).toBe('Undo of commit 1: A change');
    expect(commit?.graphs).toMatchObject([{ graph: 'a:g', dropped: true }]);
  });

  it('touches no quad that a later commit touched: it lists them and does nothing, or the rest', async () => {
    const store = await openEmbedded(temporaryDirectory());
    await change(store, delta('a:g', ['<a:s> <a:p> "kept"', '<a:s> <a:p> "gone"']));
    await change(
      store,
      delta('a:g', ['<a:s> <a:p> "1"', '<a:s> <a:p> "2"'], ['<a:s> <a:p> "gone"']),
    );
    await change(store, delta('a:g', [], ['<a:s> <a:p> "1"']));
    await change(store, delta('a:g', ['<a:s> <a:p> "1"', '<a:s> <a:p> "other"']));
    await expect(undo(store, 2)).rejects.toMatchObject({
      code: 'undo-conflict',
      extra: { touchedLater: ['<a:s> <a:p> "1" <a:g> .'], touchedLaterQuads: 1 },
    });
    expect(store.head().sequence).toBe(4);
    const { leftQuads } = await undo(store, 2, true);
    expect(leftQuads).toBe(1);
    expect((await readLines(store, 'a:g'))?.map((line) => line.split('"')[1])).toEqual([
      '1',
      'gone',
      'kept',
      'other',
    ]);
  });

  it('is refused for a commit there is not', async () => {
    const store = await openEmbedded(temporaryDirectory());
    await change(store, delta('a:g', ['<a:s> <a:p> "1"']));
    for (const sequence of [0, 2, -1, 1.5])
      await expect(undo(store, sequence)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('loses nothing of what others write at the same time', async () => {
    const store = await openEmbedded(temporaryDirectory());
    const first = await change(store, delta('a:g', ['<a:s> <a:p> "shared"', '<a:s> <a:p> "own"']));
    const toggles = (async () => {
      for (let round = 0; round < 30; round += 1) {
        await change(store, delta('a:g', [], ['<a:s> <a:p> "shared"']));
        await change(store, delta('a:g', ['<a:s> <a:p> "shared"', `<a:s> <a:n> "${round}"`]));
      }
    })();
    const receipt = await undo(store, first, true).catch((error: unknown) => error);
    await toggles;
    const lines = await readLines(store, 'a:g');
    const own = lines?.some((line) => line.includes('"own"'));
    expect(own).toBe('code' in (receipt as object));
    expect(lines?.filter((line) => line.includes('<a:n>'))).toHaveLength(30);
    expect(lines?.some((line) => line.includes('"shared"'))).toBe(true);
  }, 30_000);
});

const historyOf = async (store: EmbeddedStore, of: Touched, limit = 10, before?: number) =>
  store.time.history({
    of,
    limit,
    deadlineAt: soon(),
    ...(before === undefined ? {} : { before }),
  });

/** Damage that SQLite does not see. */
const renameGraph = (file: string): void => {
  const bytes = readFileSync(file);
  const names = ['a:g', 'a:h'].map((name) => bytes.indexOf(name));
  expect(Math.min(...names)).toBeGreaterThan(0);
  for (const at of names) bytes.write('x', at);
  writeFileSync(file, bytes);
};

describe('the history of a record', () => {
  const record = 'https://example.org/id/manuscript/ä1';
  const fill = async (store: EmbeddedStore): Promise<void> => {
    await change(store, delta('a:g', [`<${record}> <a:p> "1"`, `<${record}#part> <a:p> "2"`]));
    await change(store, delta('a:g', [`<${record}0> <a:p> "another record"`]));
    await change(store, delta('a:h', [`<a:claim> <${isnad.about}> <${record}#part>`]));
    await change(store, delta('a:h', ['<a:claim> <a:p> "a claim"']));
    await change(store, delta('a:g', [`<${record}> <a:p> "3"`], [`<${record}> <a:p> "1"`]));
  };
  it('holds its own commits, those of its parts, and those of what is claimed of it', async () => {
    const store = await openEmbedded(temporaryDirectory());
    await fill(store);
    const { touches, more, commit } = await historyOf(store, { kind: 'subject', iri: record });
    expect({ more, commit }).toEqual({ more: false, commit: 5 });
    expect(touches).toEqual([
      { sequence: 5, graph: 'a:g', addedQuads: 1, removedQuads: 1 },
      { sequence: 4, graph: 'a:h', addedQuads: 1, removedQuads: 0 },
      { sequence: 3, graph: 'a:h', addedQuads: 1, removedQuads: 0 },
      { sequence: 1, graph: 'a:g', addedQuads: 2, removedQuads: 0 },
    ]);
    const { touches: ofGraph } = await historyOf(store, { kind: 'graph', graph: 'a:g' });
    expect(ofGraph.map(({ sequence }) => sequence)).toEqual([5, 2, 1]);
    const state = await stateAt(store, 4, { kind: 'subject', iri: record });
    expect(state.get('a:g')?.size).toBe(2);
    expect(state.get('a:h')?.size).toBe(2);
  });

  it('is given in parts', async () => {
    const store = await openEmbedded(temporaryDirectory());
    await fill(store);
    const first = await historyOf(store, { kind: 'subject', iri: record }, 2);
    expect(first).toMatchObject({ more: true, touches: [{ sequence: 5 }, { sequence: 4 }] });
    const rest = await historyOf(store, { kind: 'subject', iri: record }, 2, 4);
    expect(rest).toMatchObject({ more: false, touches: [{ sequence: 3 }, { sequence: 1 }] });
  });

  it.each([
    ['is lost', (file: string) => rmSync(file)],
    ['is no index', (file: string) => writeFileSync(file, 'no database'.repeat(1000))],
    ['says something else, in good order', renameGraph],
    ['has no seal', (file: string) => rmSync(`${file}.seal`)],
    ['has a seal that was cut', (file: string) => truncateSync(`${file}.seal`, 10)],
  ])('is made again when the index %s', async (_, harm) => {
    const directory = temporaryDirectory();
    const store = await openEmbedded(directory);
    await fill(store);
    const before = await historyOf(store, { kind: 'subject', iri: record });
    await store.close();
    harm(path.join(directory, 'indexes', 'history.sqlite'));
    const again = await openEmbedded(directory, { followHistory: true });
    expect(await historyOf(again, { kind: 'subject', iri: record })).toEqual(before);
    expect(again.time.progress()).toEqual({ done: 5, total: 5 });
  });

  it('is made again when the index is of another journal', async () => {
    const [one, other] = [temporaryDirectory(), temporaryDirectory()];
    const store = await openEmbedded(one);
    await fill(store);
    await historyOf(store, { kind: 'subject', iri: record });
    await store.close();
    const second = await openEmbedded(other);
    for (let count = 0; count < 8; count += 1)
      await change(second, delta('a:g', [`<a:s> <a:p> "${count}"`]));
    await second.close();
    cpSync(path.join(one, 'indexes'), path.join(other, 'indexes'), { recursive: true });
    const again = await openEmbedded(other);
    const { touches } = await historyOf(again, { kind: 'subject', iri: 'a:s' });
    expect(touches).toHaveLength(8);
    expect((await historyOf(again, { kind: 'subject', iri: record })).touches).toEqual([]);
  });

  it('comes too late for a deadline that is over', async () => {
    const store = await openEmbedded(temporaryDirectory());
    await fill(store);
    const asked = store.time.history({
      of: { kind: 'graph', graph: 'a:g' },
      limit: 1,
      deadlineAt: Date.now() - 1,
    });
    await expect(asked).rejects.toMatchObject({ code: 'store-busy' });
  });
});

import { setImmediate as breathe } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hashOfLines } from '../../src/rdf/graph-hash.ts';
import { canonicalNQuads } from '../../src/rdf/canonical.ts';
import { literal, namedNode, quad, typedLiteral } from '../../src/rdf/terms.ts';
import { createIris } from '../../src/model/iris.ts';
import { xsd } from '../../src/model/terms.ts';
import type { MediaType } from '../../src/rdf/media-types.ts';
import type { Change, CommitRecord, DesiredGraph, Store } from '../../src/store/store.ts';
import type { TemplateTerm } from '../../src/store/update-operations.ts';
import {
  base,
  collect,
  content,
  description,
  endlessQuery,
  manyTriples,
  nquad,
  readLines,
  request,
  rows,
  stateOf,
  utf8,
  write,
} from './support.ts';

const one = 'a:one';
const two = 'a:two';
const { provenance } = createIris(base);

/** Commit `n` of a test of isolation: two graphs whose quads all name it. */
const state = (n: number): DesiredGraph[] =>
  [one, two].map((graph) =>
    content(graph, ...Array.from({ length: 20 }, (_, index) => `<a:s${index}> <a:n> "${n}"`)),
  );

const fixed = (text: string): TemplateTerm => ({ kind: 'fixed', text });

const template = (graph: TemplateTerm) => {
  const [subject, predicate, object] = [fixed('<a:s0>'), fixed('<a:n>'), fixed('"1"')];
  return { subject, predicate, object, graph };
};

/** A new, empty store, and how to be rid of it. */
export interface OpenedStore {
  readonly store: Store;
  readonly dispose: () => Promise<void>;
}

/** What every adapter of the store port keeps; `openNew` gives a new, empty store. */
export const describeStoreContract = (name: string, openNew: () => Promise<OpenedStore>): void => {
  const open = async (): Promise<Store> => {
    const { store, dispose } = await openNew();
    onTestFinished(dispose);
    return store;
  };

  /** One store for all tests of a group that leave it as they found it. */
  const shareStore = (fill: (store: Store) => Promise<unknown>): (() => Store) => {
    let opened: OpenedStore | undefined;
    beforeAll(async () => {
      opened = await openNew();
      await fill(opened.store);
    });
    afterAll(async () => opened?.dispose());
    return () => {
      if (!opened) throw new Error('The store of this group did not open.');
      return opened.store;
    };
  };

  describe(`${name}, as a store`, () => {
    describe('commits', () => {
      it('starts empty, at sequence 0', async () => {
        const store = await open();
        expect(store.head()).toEqual({ sequence: 0, hash: '0'.repeat(64) });
        expect(await store.listGraphs()).toEqual([]);
        expect(await collect(store.log())).toEqual([]);
      });

      it('shows a commit to every query that starts after it', async () => {
        const store = await open();
        const { commit, head } = await write(store, content(one, '<a:s> <a:p> "o"'));
        expect(commit?.sequence).toBe(1);
        expect(head).toEqual(store.head());
        expect(head.hash).toMatch(/^[0-9a-f]{64}$/);
        const answer = await store.query(request(`SELECT ?o { GRAPH <${one}> { ?s ?p ?o } }`));
        expect(answer.commit).toBe(1);
        expect(Buffer.from(answer.body).toString()).toBe('o\r\no\r\n');
      });

      it('shows a commit to every reading of a graph that starts after it, however many read', async () => {
        const store = await open();
        const done = { written: 0 };
        const readOften = async (): Promise<void> => {
          while (done.written < 10) {
            const known = done.written;
            const found = await store.readGraph(one);
            const lines =
              Buffer.concat(found?.nquads ?? [])
                .toString()
                .split('\n').length - 1;
            expect(lines).toBeGreaterThanOrEqual(known);
            // Before the first commit there is nothing to be read, which is known at once.
            await breathe();
          }
        };
        const writeAll = async (): Promise<void> => {
          for (let n = 1; n <= 10; n += 1) {
            const triples = Array.from({ length: n }, (_, i) => `<a:s> <a:p> "${i}"`);
            await write(store, content(one, ...triples));
            done.written = n;
          }
        };
        await Promise.all([writeAll(), readOften(), readOften(), readOften(), readOften()]);
      });

      it('changes nothing by planning', async () => {
        const store = await open();
        const plan = await store.plan([content(one, '<a:s> <a:p> "o"')]);
        expect(plan.base).toEqual(store.head());
        expect(plan.deltas).toMatchObject([{ graph: one, addedQuads: 1, created: true }]);
        expect(await store.readGraph(one)).toBeUndefined();
        expect(store.head().sequence).toBe(0);
      });

      it('makes no commit of a plan that changes nothing', async () => {
        const store = await open();
        await write(store, content(one, '<a:s> <a:p> "o"'));
        const receipt = await write(store, content(one, '<a:s> <a:p> "o"'));
        expect(receipt).toEqual({ commit: undefined, head: store.head() });
        expect(store.head().sequence).toBe(1);
      });

      it('counts a line that is repeated once', async () => {
        const store = await open();
        const line = utf8(nquad(one, '<a:s> <a:p> "o"'));
        const twice = await store.plan([{ graph: one, nquads: [line, line] }]);
        expect(twice.deltas[0]?.addedQuads).toBe(1);
        await store.commit(twice, description);
        expect((await store.plan([{ graph: one, nquads: [line, line] }])).deltas).toEqual([]);
      });

      it('plans only the difference, graph by graph', async () => {
        const store = await open();
        await write(
          store,
          content(one, '<a:s> <a:p> "1"', '<a:s> <a:p> "2"'),
          content(two, '<a:s> <a:p> "1"'),
        );
        const plan = await store.plan([
          content(one, '<a:s> <a:p> "2"', '<a:s> <a:p> "3"'),
          content(two, '<a:s> <a:p> "1"'),
        ]);
        expect(plan.deltas).toMatchObject([
          { graph: one, addedQuads: 1, removedQuads: 1, created: false, dropped: false },
        ]);
        expect(plan.deltas[0]?.added.map((piece) => Buffer.from(piece).toString())).toEqual([
          nquad(one, '<a:s> <a:p> "3"'),
        ]);
        expect(plan.deltas[0]?.removed.map((piece) => Buffer.from(piece).toString())).toEqual([
          nquad(one, '<a:s> <a:p> "1"'),
        ]);
      });

      it('refuses a plan made before another commit, and writes nothing', async () => {
        const store = await open();
        const early = await store.plan([content(one, '<a:s> <a:p> "early"')]);
        await write(store, content(two, '<a:s> <a:p> "o"'));
        await expect(store.commit(early, description)).rejects.toMatchObject({
          code: 'commit-conflict',
        });
        expect(await store.readGraph(one)).toBeUndefined();
        expect(store.head().sequence).toBe(1);
      });

      it('refuses a plan of other making', async () => {
        const store = await open();
        const plan = await store.plan([content(one, '<a:s> <a:p> "o"')]);
        await expect(store.commit({ ...plan }, description)).rejects.toMatchObject({
          code: 'invalid-parameter',
        });
      });

      it('lets one of two writers that planned at the same commit win', async () => {
        const store = await open();
        const plans = await Promise.all(
          [1, 2].map(async (n) => store.plan([content(one, `<a:s> <a:p> "${n}"`)])),
        );
        const outcomes = await Promise.allSettled(
          plans.map(async (plan) => store.commit(plan, description)),
        );
        expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
        expect(await readLines(store, one)).toEqual([nquad(one, '<a:s> <a:p> "1"').trim()]);
      });

      it('refuses a description whose dataset is no short name', async () => {
        const store = await open();
        const plan = await store.plan([content(one, '<a:s> <a:p> "o"')]);
        const details = { dataset: 'No Slug' };
        await expect(store.commit(plan, { ...description, details })).rejects.toMatchObject({
          code: 'invalid-parameter',
        });
      });

      it('tells listeners of each commit, in order, after it is visible', async () => {
        const store = await open();
        const heard: number[] = [];
        const stop = store.onCommit((record) => {
          expect(store.head().sequence).toBe(record.sequence);
          heard.push(record.sequence);
        });
        store.onCommit(() => {
          throw new Error('a listener that fails harms nobody');
        });
        await write(store, content(one, '<a:s> <a:p> "1"'));
        await write(store, content(one, '<a:s> <a:p> "2"'));
        stop();
        await write(store, content(one, '<a:s> <a:p> "3"'));
        expect(heard).toEqual([1, 2]);
      });

      it('keeps what was said of every commit in the log', async () => {
        const store = await open();
        const files = [{ name: 'é.xml', sha256: 'ab', bytes: 3 }];
        const details = {
          dataset: 'x',
          mapping: 'tei',
          mappingVersion: '1',
          files,
          counts: { pages: 3 },
        };
        const said = {
          activity: 'import',
          actor: 'Zayd',
          message: 'نسخة "first"\n',
          details,
        } as const;
        await store.commit(await store.plan([content(one, '<a:s> <a:p> "1"')]), said);
        await write(store, content(one, '<a:s> <a:p> "2"'));
        const log: CommitRecord[] = await collect(store.log());
        expect(log.map(({ sequence }) => sequence)).toEqual([1, 2]);
        expect(log[0]?.description).toEqual(said);
        expect(log[0]?.graphs).toEqual([
          {
            graph: one,
            addedQuads: 1,
            removedQuads: 0,
            created: true,
            dropped: false,
            after: stateOf(one, '<a:s> <a:p> "1"'),
          },
        ]);
        expect(log[1]?.hash).toBe(store.head().hash);
        expect(log[1]!.recordedAt >= log[0]!.recordedAt).toBe(true);
        expect(await collect(store.log(2))).toEqual(log.slice(1));
      });
    });

    describe('refusals', () => {
      const shared = shareStore(async (store) =>
        write(store, content(one, '<a:s> <a:p> "before"')),
      );

      const refused: readonly [string, readonly DesiredGraph[], string][] = [
        ['the provenance graph', [content(provenance, '<a:s> <a:p> "o"')], 'invalid-parameter'],
        ['a graph twice', [content(one), content(one)], 'invalid-parameter'],
        ['a graph whose name is no IRI', [content('no iri')], 'invalid-parameter'],
        [
          'a line of another graph',
          [{ graph: one, nquads: [utf8(nquad(two, '<a:s> <a:p> "o"'))] }],
          'rdf-syntax',
        ],
        [
          'a line without its end',
          [{ graph: one, nquads: [utf8('<a:s> <a:p> "o"')] }],
          'rdf-syntax',
        ],
      ];
      it.each(refused)('refuses to plan %s', async (_, desired, code) => {
        await expect(shared().plan(desired)).rejects.toMatchObject({ code });
      });

      const notCanonical = [
        '<a:s> <a:p> "05"^^<http://www.w3.org/2001/XMLSchema#integer>',
        String.raw`<a:s> <a:p> "\u00e9"`,
        '<a:s> <a:p> "o"@EN',
        '<a:s>  <a:p> "o"',
        '<a:s> <a:p> "o"^^<http://www.w3.org/2001/XMLSchema#string>',
        '<a:s> <a:p> "o',
        '<no iri> <a:p> "o"',
        '<relative> <a:p> "o"',
        '<a:s> <a:p> "o" . } ; DROP ALL ; INSERT DATA { <a:s> <a:p> "o"',
      ];
      it.each(notCanonical)('refuses to commit what is not canonical: %s', async (triple) => {
        const store = shared();
        const before = store.head();
        const plan = await store.plan([content(one, triple)]);
        await expect(store.commit(plan, description)).rejects.toMatchObject({
          code: 'rdf-syntax',
        });
        expect(store.head()).toEqual(before);
        expect(await readLines(store, one)).toEqual([nquad(one, '<a:s> <a:p> "before"').trim()]);
        expect(
          (await write(store, content(two, `<a:s> <a:p> "${before.sequence}"`))).commit,
        ).toBeDefined();
      });
    });

    describe('writes', () => {
      it('work a change out and commit it in one turn', async () => {
        const store = await open();
        const put = await store.write(
          { kind: 'graphs', graphs: [content(one, '<a:s> <a:p> "1"', '<a:s> <a:p> "2"')] },
          description,
        );
        expect(put.commit).toMatchObject({ sequence: 1, graphs: [{ addedQuads: 2 }] });
        const delta = {
          graph: one,
          added: [utf8(nquad(one, '<a:s> <a:p> "2"') + nquad(one, '<a:s> <a:p> "3"'))],
          removed: [utf8(nquad(one, '<a:s> <a:p> "1"') + nquad(one, '<a:s> <a:p> "9"'))],
        };
        const { commit } = await store.write({ kind: 'delta', deltas: [delta] }, description);
        const after = stateOf(one, '<a:s> <a:p> "2"', '<a:s> <a:p> "3"');
        expect(commit?.graphs).toMatchObject([{ addedQuads: 1, removedQuads: 1, after }]);
        const again = await store.write({ kind: 'delta', deltas: [delta] }, description);
        expect(again).toEqual({ commit: undefined, head: store.head() });
        expect(store.head().sequence).toBe(2);
      });

      it('that wait together become commits of their own, in order, each on the ones before', async () => {
        const store = await open();
        const count = 40;
        const seen: number[] = [];
        store.onCommit(({ sequence }) => seen.push(sequence));
        const receipts = await Promise.all(
          Array.from({ length: count }, (_, n) =>
            store.write(
              { kind: 'graphs', graphs: [content(one, `<a:s> <a:p> "${n}"`)] },
              description,
            ),
          ),
        );
        const order = Array.from({ length: count }, (_, n) => n + 1);
        expect(receipts.map(({ commit }) => commit?.sequence)).toEqual(order);
        expect(seen).toEqual(order);
        expect(receipts.at(-1)?.commit?.graphs).toMatchObject([{ addedQuads: 1, removedQuads: 1 }]);
        expect(await rows(store, 'SELECT ?o { GRAPH <a:one> { ?s ?p ?o } }')).toEqual([
          `${count - 1}`,
        ]);
      });

      it('refused among others change nothing and leave the others alone', async () => {
        const store = await open();
        const line = (object: string) =>
          store.write(
            {
              kind: 'delta',
              deltas: [{ graph: one, added: [utf8(nquad(one, object))], removed: [] }],
            },
            description,
          );
        const settled = await Promise.allSettled([
          line('<a:s> <a:p> "1"'),
          line('<a:s> <a:p> "01"^^<http://www.w3.org/2001/XMLSchema#integer>'),
          line('<a:s> <a:p> "2"'),
        ]);
        expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect(await readLines(store, one)).toHaveLength(2);
        expect(store.head().sequence).toBe(2);
      });

      it('create and drop graphs, each told in the commit', async () => {
        const store = await open();
        const change = (options: { created?: boolean; dropped?: boolean }) =>
          store.write(
            { kind: 'delta', deltas: [{ graph: two, added: [], removed: [], ...options }] },
            description,
          );
        expect((await change({ dropped: true })).commit).toBeUndefined();
        expect((await change({ created: true })).commit?.graphs).toMatchObject([{ created: true }]);
        expect((await change({ created: true })).commit).toBeUndefined();
        expect((await change({ dropped: true })).commit?.graphs).toMatchObject([{ dropped: true }]);
        expect(await store.readGraph(two)).toBeUndefined();
      });

      it('drop no graph that holds more than they remove', async () => {
        const store = await open();
        const [own, other] = ['<a:s> <a:p> "own"', '<a:s> <a:p> "other"'];
        for (const graph of ['', one]) {
          await write(store, content(graph, own, other));
          const drop = async (triple: string) => {
            const delta = {
              graph,
              added: [],
              removed: [utf8(nquad(graph, triple))],
              dropped: true,
            };
            const { commit } = await store.write({ kind: 'delta', deltas: [delta] }, description);
            return commit?.graphs[0];
          };
          const left = stateOf(graph, other);
          expect(await drop(own)).toMatchObject({ removedQuads: 1, dropped: false, after: left });
          expect(await readLines(store, graph)).toEqual([nquad(graph, other).trimEnd()]);
          expect(await drop(own)).toBeUndefined();
          expect(await drop(other)).toMatchObject({ removedQuads: 1, dropped: true });
        }
        expect(await store.readGraph(one)).toBeUndefined();
      });

      it('that reach beyond the graphs they may change are refused whole', async () => {
        const store = await open();
        await store.write({ kind: 'graphs', graphs: state(1) }, description);
        const before = store.head();
        const inserting = (...graphs: readonly string[]): Change => ({
          kind: 'update',
          update: {
            operations: [
              { kind: 'insert-data', quads: [template(fixed(`<${one}>`))] },
              {
                kind: 'modify',
                select: `SELECT ?g { VALUES ?g { ${graphs.map((graph) => `<${graph}>`).join(' ')} } }`,
                with: undefined,
                using: undefined,
                delete: [],
                insert: [template({ kind: 'variable', name: 'g' })],
              },
            ],
            baseIri: base,
            defaultGraph: 'union',
          },
          onlyGraphs: [one],
        });
        const delta = { graph: two, added: [utf8(nquad(two, '<a:s> <a:n> "9"'))], removed: [] };
        const beyond: Change[] = [
          inserting(one, 'a:three'),
          // It is there already: that must not tell.
          inserting(two),
          { kind: 'delta', deltas: [delta], onlyGraphs: [one] },
          { kind: 'graphs', graphs: state(2), onlyGraphs: [one] },
        ];
        for (const change of beyond)
          await expect(store.write(change, description)).rejects.toMatchObject({
            code: 'forbidden',
          });
        expect(store.head()).toEqual(before);
        const within: Change = { kind: 'graphs', graphs: [content(one)], onlyGraphs: [one] };
        expect((await store.write(within, description)).commit?.sequence).toBe(2);
        expect(await readLines(store, two)).toHaveLength(20);
      });
    });

    describe('graphs', () => {
      const shared = shareStore(async () => undefined);

      it('are listed by name with their number of quads, empty ones too', async () => {
        const store = await open();
        await write(
          store,
          content('a:é', '<a:s> <a:p> "1"', '<a:s> <a:p> "2"'),
          content('a:empty'),
          content('', '<a:s> <a:p> "d"'),
        );
        const listed = await store.listGraphs();
        expect(listed.filter(({ graph }) => graph !== provenance)).toEqual([
          { graph: '', ...stateOf('', '<a:s> <a:p> "d"') },
          { graph: 'a:empty', ...stateOf('a:empty') },
          { graph: 'a:é', ...stateOf('a:é', '<a:s> <a:p> "2"', '<a:s> <a:p> "1"') },
        ]);
        const told = (await store.readGraph(provenance))!.nquads;
        expect(listed.find(({ graph }) => graph === provenance)).toEqual({
          graph: provenance,
          quads: (await readLines(store, provenance))?.length,
          hash: hashOfLines(told),
        });
      });

      it('are there until they are removed', async () => {
        const store = await open();
        await write(store, content(one, '<a:s> <a:p> "o"'), content(two, '<a:s> <a:p> "o"'));
        await write(store, content(one));
        expect(await readLines(store, one)).toEqual([]);
        const receipt = await write(
          store,
          { graph: one, removed: true },
          { graph: two, removed: true },
        );
        expect(receipt.commit?.graphs).toMatchObject([
          { graph: one, addedQuads: 0, removedQuads: 0, created: false, dropped: true },
          { graph: two, addedQuads: 0, removedQuads: 1, created: false, dropped: true },
        ]);
        expect(await store.readGraph(one)).toBeUndefined();
        expect((await store.plan([{ graph: one, removed: true }])).deltas).toEqual([]);
        expect(await rows(store, 'SELECT ?g { GRAPH ?g {} }')).toEqual([provenance]);
      });

      it('are read in the order of code points', async () => {
        const store = await open();
        // U+FF5E sorts after U+1F600 by UTF-16 unit, and before it by code point.
        const triples = ['b', '😀', '～', 'é', 'a'].map((word) => `<a:s> <a:p> "${word}"`);
        await write(store, content(one, ...triples));
        expect(await readLines(store, one)).toEqual(
          ['a', 'b', 'é', '～', '😀'].map((word) => nquad(one, `<a:s> <a:p> "${word}"`).trim()),
        );
      });

      it('keep the labels of blank nodes', async () => {
        const store = await open();
        await write(store, content(one, '_:x <a:p> _:y', '_:x <a:p> "_:z"', '<a:s> <a:p> " _:z"'));
        await write(store, content(one, '_:x <a:p> _:y', '_:x <a:p> "other"'));
        expect(await readLines(store, one)).toEqual([
          nquad(one, '_:x <a:p> "other"').trim(),
          nquad(one, '_:x <a:p> _:y').trim(),
        ]);
      });

      it('hold canonical lines as they are spelt, so that planning them again changes nothing', async () => {
        const store = await open();
        const everyCharacter = String.fromCharCode(
          ...Array.from({ length: 0x80 }, (_, code) => code),
        );
        const values = [
          literal(everyCharacter),
          literal(String.raw`\u0041 \\ \" \n '`),
          literal('مُصْحَف \uFFFE \uFFFF \u0085 😀', 'ar-Latn-x-DMG'),
          typedLiteral('007.50', xsd.decimal),
          typedLiteral('1e6', xsd.double),
          typedLiteral('1', xsd.boolean),
          typedLiteral('2020-02-30', xsd.date),
          typedLiteral('2020-02-03T04:05:06.700+00:00', xsd.dateTime),
          typedLiteral('not a number', xsd.integer),
          typedLiteral('x', 'a:own-datatype'),
          namedNode('http://é.example/ü?q=%20#ق'),
        ];
        const quads = values.map((value) =>
          quad(namedNode('a:s'), namedNode('a:p'), value, namedNode(one)),
        );
        const desired = [{ graph: one, nquads: [canonicalNQuads(quads)] }];
        await write(store, ...desired);
        expect((await store.plan(desired)).deltas).toEqual([]);
        expect(Buffer.concat((await store.readGraph(one))!.nquads)).toEqual(
          Buffer.from(canonicalNQuads(quads)),
        );
        await write(store, content(one));
        expect(await rows(store, `SELECT * { GRAPH <${one}> { ?s ?p ?o } }`)).toEqual([]);
      });

      it('behave as sets under any sequence of plans', async () => {
        const names = ['', one, two];
        const triple = fc.constantFrom(
          ...['1', '2', '3', '4', '5'].map((o) => `<a:s> <a:p> "${o}"`),
        );
        const desired = fc.record({
          graph: fc.constantFrom(...names),
          triples: fc.option(fc.array(triple, { maxLength: 8 }), { nil: undefined }),
        });
        const step = fc.uniqueArray(desired, { selector: ({ graph }) => graph, maxLength: 3 });
        await fc.assert(
          fc.asyncProperty(fc.array(step, { maxLength: 4 }), async (steps) => {
            const store = shared();
            await write(store, ...names.map((graph): DesiredGraph => ({ graph, removed: true })));
            const model = new Map<string, Set<string>>();
            for (const wishes of steps) {
              for (const { graph, triples } of wishes)
                if (triples) model.set(graph, new Set(triples));
                else model.delete(graph);
              await write(
                store,
                ...wishes.map(({ graph, triples }): DesiredGraph =>
                  triples ? content(graph, ...triples) : { graph, removed: true },
                ),
              );
            }
            for (const graph of names) {
              const lines = [...(model.get(graph) ?? [])].map((each) => nquad(graph, each).trim());
              const expected = model.has(graph) || graph === '' ? lines.toSorted() : undefined;
              expect(await readLines(store, graph)).toEqual(expected);
            }
          }),
          { numRuns: 60 },
        );
      });
    });

    describe('queries', () => {
      const withData = shareStore(async (store) =>
        write(
          store,
          content('', '<a:s> <a:p> "default"'),
          content(one, '<a:s> <a:p> "1"'),
          content(two, '<a:s> <a:p> "2"'),
        ),
      );
      const triples = 'SELECT ?o { <a:s> ?p ?o }';
      const named = 'SELECT ?g ?o { GRAPH ?g { <a:s> ?p ?o } }';

      it('see all graphs in union mode, the default graph only in standard mode', async () => {
        const store = withData();
        expect(await rows(store, triples)).toEqual(['1', '2', 'default']);
        expect(await rows(store, triples, { defaultGraph: 'standard' })).toEqual(['default']);
        for (const defaultGraph of ['union', 'standard'] as const)
          expect(await rows(store, named, { defaultGraph })).toEqual([`${one},1`, `${two},2`]);
      });

      it('show the provenance graph in union mode and hide it in standard mode', async () => {
        const store = withData();
        const query =
          'SELECT ?message { ?c <https://w3id.org/isnad/ontology#commitMessage> ?message }';
        expect(await rows(store, query)).toEqual([description.message]);
        expect(await rows(store, query, { defaultGraph: 'standard' })).toEqual([]);
        const graphs = 'SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }';
        expect(await rows(store, graphs, { defaultGraph: 'standard' })).toEqual([one, two]);
      });

      it('follow FROM and FROM NAMED in either mode', async () => {
        const store = withData();
        for (const defaultGraph of ['union', 'standard'] as const) {
          const from = `SELECT ?o FROM <${one}> { <a:s> ?p ?o }`;
          expect(await rows(store, from, { defaultGraph })).toEqual(['1']);
          const fromNamed = `SELECT ?g ?o FROM NAMED <${two}> { { <a:s> ?p ?o } UNION { GRAPH ?g { <a:s> ?p ?o } } }`;
          expect(await rows(store, fromNamed, { defaultGraph })).toEqual([`${two},2`]);
        }
        const hidden = '# FROM\nSELECT ?o { <a:s> ?p ?o FILTER(?o != "FROM <x>") }';
        expect(await rows(store, hidden)).toEqual(['1', '2', 'default']);
      });

      it('take the graphs of the protocol in place of FROM', async () => {
        const store = withData();
        const query = `SELECT ?o FROM <${two}> { <a:s> ?p ?o }`;
        const graphs = { default: [one], named: [] };
        expect(await rows(store, query, { graphs })).toEqual(['1']);
        expect(await rows(store, named, { graphs })).toEqual([]);
        expect(await rows(store, named, { graphs: { default: [], named: [two] } })).toEqual([
          `${two},2`,
        ]);
        await expect(
          rows(store, named, { graphs: { default: ['no iri'], named: [] } }),
        ).rejects.toMatchObject({
          code: 'invalid-parameter',
        });
      });

      const forms: readonly [string, MediaType, RegExp][] = [
        [
          'SELECT ?o { ?s ?p ?o }',
          'application/sparql-results+json',
          /^\{"head":\{"vars":\["o"\]\}/,
        ],
        ['ASK { ?s ?p ?o }', 'application/sparql-results+xml', /<boolean>true<\/boolean>/],
        ['SELECT ?o { ?s ?p ?o }', 'text/tab-separated-values', /^\?o\n"default"/],
        [
          'CONSTRUCT { <rel> ?p ?o } WHERE { ?s ?p ?o }',
          'application/n-triples',
          /^<http:\/\/localhost:3030\/rel>/,
        ],
        ['DESCRIBE <a:s>', 'text/turtle', /^<a:s> <a:p> "default"/],
        ['CONSTRUCT WHERE { ?s ?p ?o }', 'application/ld+json', /^\[\{"@id":"a:s"/],
      ];
      it.each(forms)('answer %s as %s', async (query, mediaType, expected) => {
        const answer = await withData().query(
          request(query, { mediaType, defaultGraph: 'standard' }),
        );
        expect(answer.mediaType).toBe(mediaType);
        expect(Buffer.from(answer.body).toString()).toMatch(expected);
      });

      const failures: readonly [string, string, object][] = [
        [
          'SELECT * {\n  ?s ?p }',
          'query-syntax',
          { position: { line: 2, column: expect.any(Number) } },
        ],
        ['INSERT DATA { <a:s> <a:p> <a:o> }', 'query-syntax', {}],
        ['SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }', 'query-unsupported', {}],
        ['SELECT * { SERVICE SILENT <http://localhost/> { ?s ?p ?o } }', 'query-unsupported', {}],
        ['SELECT (<a:function>(1) AS ?x) {}', 'query-unsupported', {}],
        ['CONSTRUCT WHERE { ?s ?p ?o }', 'not-acceptable', {}],
      ];
      it.each(failures)('refuse %s', async (query, code, more) => {
        const store = withData();
        await expect(store.query(request(query))).rejects.toMatchObject({ code, ...more });
        expect(await rows(store, 'SELECT (1 AS ?one) {}')).toEqual(['1']);
      });

      it('are refused whole when the answer is too large', async () => {
        const store = await open();
        await write(store, content('', '<a:s> <a:p> "é"'));
        const query = 'SELECT ?o { <a:s> ?p ?o }';
        const bytes = Buffer.byteLength('o\r\né\r\n');
        expect(await rows(store, query, { resultBytesMax: bytes })).toEqual(['é']);
        await expect(rows(store, query, { resultBytesMax: bytes - 1 })).rejects.toMatchObject({
          code: 'result-too-large',
          extra: { limit: bytes - 1, unit: 'bytes' },
        });
      });

      it('end at their deadline, and the next one works', async () => {
        const store = await open();
        await write(store, content('', ...manyTriples(1000)));
        const started = Date.now();
        const deadlineAt = started + 300;
        await expect(rows(store, endlessQuery, { deadlineAt })).rejects.toMatchObject({
          code: 'query-timeout',
        });
        expect(Date.now()).toBeGreaterThanOrEqual(deadlineAt - 1);
        expect(
          await rows(store, 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }', { defaultGraph: 'standard' }),
        ).toEqual(['1000']);
      });

      it('end with the client that asked', async () => {
        const store = await open();
        await write(store, content('', ...manyTriples(1000)));
        const client = new AbortController();
        const asked = store.query(request(endlessQuery, { signal: client.signal }));
        setTimeout(() => client.abort(new Error('gone')), 50);
        await expect(asked).rejects.toThrow('gone');
        await expect(store.query(request(endlessQuery, { signal: client.signal }))).rejects.toThrow(
          'gone',
        );
        expect(await rows(store, 'SELECT (1 AS ?one) {}')).toEqual(['1']);
      });

      it('see every commit acknowledged before they arrived, and never half of one', async () => {
        const store = await open();
        await write(store, ...state(0));
        const writing = new AbortController();
        const read = async (): Promise<number> => {
          let reads = 0;
          for (; !writing.signal.aborted; reads += 1) {
            const { sequence } = store.head();
            const { commit, body } = await store.query(
              request('SELECT ?n (COUNT(*) AS ?c) { GRAPH ?g { ?s <a:n> ?n } } GROUP BY ?n'),
            );
            expect(commit).toBeGreaterThanOrEqual(sequence);
            expect(Buffer.from(body).toString()).toBe(`n,c\r\n${commit - 1},40\r\n`);
          }
          return reads;
        };
        const readers = Array.from({ length: 4 }, read);
        for (let n = 1; n <= 25; n += 1) await write(store, ...state(n));
        writing.abort();
        for (const reads of await Promise.all(readers)) expect(reads).toBeGreaterThan(0);
      });
    });

    it('takes nothing more once it is closed', async () => {
      const store = await open();
      const plan = await store.plan([content(one, '<a:s> <a:p> "o"')]);
      await store.close();
      await store.close();
      const calls = [
        async () => rows(store, 'ASK {}'),
        async () => store.plan([content(one)]),
        async () => store.commit(plan, description),
        async () => store.readGraph(one),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'store-busy' });
    });
  });
};

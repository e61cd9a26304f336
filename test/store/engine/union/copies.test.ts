import { describe, expect, it } from 'vitest';
import type { EngineQuery } from '../../../../src/store/engine/calls.ts';
import { Copies } from '../../../../src/store/engine/union/copies.ts';
import { planUpdate } from '../../../../src/sparql/update/plan.ts';
import { analyseQuery } from '../../../../src/sparql/analyse.ts';
import { content, openEmbedded, rows, temporaryDirectory, write, base } from '../../support.ts';
import { engine, ours, storeOf } from '../update/oracle.ts';

const count = 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "a:")) }';
const asked: EngineQuery = {
  query: count,
  mediaType: 'text/csv',
  defaultGraph: 'union',
  baseIri: base,
  resultBytesMax: 1000,
};

describe('triples in several graphs', () => {
  it('are one triple to a query in every engine, after a start with an image too', async () => {
    const dataDir = temporaryDirectory();
    const first = await openEmbedded(dataDir);
    await write(first, content('a:one', '<a:s> <a:p> "v"', '_:b <a:p> "مصحف"'));
    await write(first, content('a:two', '<a:s> <a:p> "v"', '<a:s> <a:p> "w"'));
    const byName = 'SELECT ?g { GRAPH ?g { <a:s> <a:p> "v" } } ORDER BY ?g';
    for (let round = 0; round < 3; round += 1) {
      expect(await rows(first, count)).toEqual(['2']);
      expect(await rows(first, byName)).toEqual(['a:one', 'a:two']);
    }
    await first.makeImage();
    await first.close();
    const second = await openEmbedded(dataDir);
    expect(await rows(second, count)).toEqual(['2']);
    await write(second, content('a:one'));
    expect(await rows(second, count)).toEqual(['2']);
    expect(await rows(second, byName)).toEqual(['a:two']);
  });

  it('are one triple to the WHERE of an update, and stay in their graphs', () => {
    const lines = ['<a:s> <a:p> "v" <a:one> .', '<a:s> <a:p> "v" <a:two> .'];
    const text = 'INSERT { <a:n> <a:is> ?n } WHERE { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }';
    const { store, failure } = ours({ lines }, text, 'union');
    expect(failure).toBeUndefined();
    expect(store.dump({ format: 'application/n-quads' })).toContain('<a:n> <a:is> "1"^^');
    expect(store.size).toBe(3);
    expect(planUpdate(text, base, undefined).operations[0]).toHaveProperty('once.indexed');
  });

  it('are counted once by the query itself where they are too many to be moved', () => {
    const many = Array.from({ length: 20_001 }, (_, n) => `<a:s${n}> <a:p> "v"`);
    const lines = many.flatMap((each) => [`${each} <a:one> .`, `${each} <a:two> .`]);
    const store = storeOf({ lines });
    const copies = new Copies(engine, store);
    copies.begin(undefined, ['a:one', 'a:two']);
    const deferred = { ...asked, once: 'deferred' as const };
    expect(() => copies.textFor(deferred)).toThrow(
      expect.objectContaining({ code: 'once-form-needed' }),
    );
    const { once } = analyseQuery(count, base, true);
    if (typeof once !== 'object') throw new TypeError('It counts.');
    const text = copies.textFor({ ...asked, once });
    expect(text).toBe(once.indexed);
    const answer = { results_format: 'text/csv', use_default_graph_as_union: true };
    for (const each of [once.indexed, once.general])
      expect(store.query(each, answer)).toBe('n\r\n20001\r\n');
    expect(copies.save()).toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerQuery } from '../../../src/sparql/answer.ts';
import { answerUpdate } from '../../../src/sparql/update/answer-update.ts';
import type { CommitReceipt } from '../../../src/store/store.ts';
import { openStoreWith, type StoreFixture } from '../store-fixture.ts';

const many = Array.from({ length: 400 }, (_, n) => `<a:s${n}> <a:many> ${n} .`).join('\n');

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await openStoreWith({
    'http://g.example/one': '<a:x> <a:p> 1 . <a:y> <a:p> 2 .',
    'http://g.example/many': many,
  });
});
afterAll(async () => fixture.close());

const update = (text: string, deadlineAt = Date.now() + 20_000): Promise<CommitReceipt> =>
  answerUpdate(fixture.services, { text, actor: 'operator', deadlineAt });

const ask = async (pattern: string): Promise<boolean> => {
  const { body } = await answerQuery(fixture.services, { text: `ASK { ${pattern} }` });
  return (JSON.parse(Buffer.from(body).toString()) as { boolean: boolean }).boolean;
};

describe('an update of the store', () => {
  it('is one commit with exactly what has changed', async () => {
    const { commit } = await update(
      `INSERT DATA { GRAPH <http://g.example/new> { <a:z> <a:p> 05 . _:b <a:p> <a:z> } } ;
       DELETE { GRAPH ?g { <a:x> <a:p> ?o } } INSERT { GRAPH ?g { <a:x> <a:p> ?next } }
       WHERE { GRAPH ?g { <a:x> <a:p> ?o } BIND(?o + 1 AS ?next) } ;
       INSERT DATA { <a:t> <a:p> 1 } ; DELETE DATA { <a:t> <a:p> 1 }`,
    );
    expect(commit?.description).toMatchObject({ activity: 'update', actor: 'operator' });
    expect(
      commit?.graphs.map(({ graph, addedQuads, removedQuads, created }) => ({
        graph,
        addedQuads,
        removedQuads,
        created,
      })),
    ).toEqual([
      { graph: 'http://g.example/new', addedQuads: 2, removedQuads: 0, created: true },
      { graph: 'http://g.example/one', addedQuads: 1, removedQuads: 1, created: false },
    ]);
    expect(await ask('GRAPH <http://g.example/one> { <a:x> <a:p> 2 }')).toBe(true);
    expect(await ask('<a:z> <a:p> 5')).toBe(true);
  });

  it('makes no commit when it changes nothing', async () => {
    const { head } = await update('INSERT DATA { GRAPH <http://g.example/one> { <a:y> <a:p> 2 } }');
    const again = await update('DELETE WHERE { ?s <a:nowhere> ?o }');
    expect(again.commit).toBeUndefined();
    expect(again.head).toEqual(head);
  });

  it('sees all graphs in union mode, and writes the default graph where none is named', async () => {
    const { commit } = await update('INSERT { ?s <a:seen> true } WHERE { ?s <a:p> 2 }');
    expect(commit?.graphs.map(({ graph }) => graph)).toEqual(['']);
    expect(await ask('<a:y> <a:seen> true')).toBe(true);
    await update('DELETE WHERE { ?s <a:seen> ?o }');
    expect(await ask('?s <a:seen> ?o')).toBe(false);
  });

  it('takes the dataset of the protocol, and refuses two', async () => {
    const using = { default: ['http://g.example/none'], named: [] };
    const text = 'INSERT { <a:u> <a:p> ?o } WHERE { ?s <a:p> ?o }';
    const given = { text, actor: 'operator', using };
    expect((await answerUpdate(fixture.services, given)).commit).toBeUndefined();
    await expect(
      answerUpdate(fixture.services, { ...given, text: `WITH <a:g> ${text}` }),
    ).rejects.toMatchObject({ code: 'invalid-parameter' });
  });

  it.each([
    ['LOAD <http://a.example/>', 'query-unsupported'],
    ['LOAD SILENT <http://a.example/> ; LOAD <http://a.example/>', 'query-unsupported'],
    ['INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <a:s> { ?s ?p ?o } }', 'query-unsupported'],
    ['SELECT * { ?s ?p ?o }', 'query-syntax'],
    ['INSERT DATA { <a:x> <a:p> }', 'query-syntax'],
    ['DROP GRAPH <http://g.example/none>', 'query-failed'],
    ['CREATE GRAPH <http://g.example/one>', 'query-failed'],
    ['COPY <http://g.example/none> TO <http://g.example/one>', 'query-failed'],
    ['INSERT DATA { GRAPH <http://localhost:3030/provenance> { <a:x> <a:p> 1 } }', 'forbidden'],
    ['DELETE WHERE { GRAPH <http://localhost:3030/provenance> { ?s ?p ?o } }', 'forbidden'],
    ['DROP GRAPH <http://localhost:3030/provenance>', 'forbidden'],
    [
      'INSERT { GRAPH ?g { <a:x> <a:p> 1 } } WHERE { BIND (<http://localhost:3030/provenance> AS ?g) }',
      'invalid-parameter',
    ],
  ])('refuses %s, and what stands before it is not done', async (text, code) => {
    const before = fixture.services.store.head();
    await expect(
      update(`INSERT DATA { <a:never> <a:p> 1 } ; ${text}`.replace(/^.*(?=SELECT)/, '')),
    ).rejects.toMatchObject({ code });
    expect(fixture.services.store.head()).toEqual(before);
    await update('INSERT DATA { <a:live> <a:p> 1 } ; DELETE DATA { <a:live> <a:p> 1 }');
    expect(await ask('<a:never> ?p ?o')).toBe(false);
  });

  it('leaves LOAD SILENT out, and says so', async () => {
    const skipped: string[] = [];
    const { commit } = await answerUpdate(fixture.services, {
      text: 'LOAD SILENT <http://a.example/> INTO GRAPH <a:g> ; INSERT DATA { <a:loud> <a:p> 1 }',
      actor: 'operator',
      onSkipped: (operation) => skipped.push(operation),
    });
    expect(skipped).toEqual(['LOAD SILENT']);
    expect(commit?.graphs.map(({ graph }) => graph)).toEqual(['']);
  });

  it('is stopped at its time limit, and the next one is done', { timeout: 30_000 }, async () => {
    const endless = `INSERT { <a:never> <a:p> ?n } WHERE { SELECT (COUNT(*) AS ?n) {
      ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?f && ?i != ?l) } }`;
    await expect(update(endless, Date.now() + 1500)).rejects.toMatchObject({
      code: 'query-timeout',
    });
    const { commit } = await update('INSERT DATA { <a:after> <a:p> 1 }');
    expect(commit?.graphs).toHaveLength(1);
    expect(await ask('<a:after> <a:p> 1 FILTER NOT EXISTS { <a:never> ?p ?o }')).toBe(true);
  });

  it('leaves alone the record of commits when it drops everything', async () => {
    await update('DROP ALL');
    expect(await ask('GRAPH <http://localhost:3030/provenance> { ?s ?p ?o }')).toBe(true);
    const graphs = await fixture.services.store.listGraphs();
    expect(graphs.map(({ graph }) => graph)).toEqual(['http://localhost:3030/provenance']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRdf } from '../../src/rdf/parse.ts';
import { literal, namedNode } from '../../src/rdf/terms.ts';
import { answerQuery, type AnswerRequest } from '../../src/sparql/answer.ts';
import { selectRows } from '../../src/sparql/select-rows.ts';
import { openStoreWith, type StoreFixture } from './store-fixture.ts';

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await openStoreWith({
    'http://localhost:3030/dataset/one':
      '<a> <p> "نص"@ar, "7"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    'http://localhost:3030/dataset/two': '<b> <p> <a> .',
  });
});
afterAll(() => fixture.close());

const answer = async (request: AnswerRequest): Promise<string> =>
  new TextDecoder().decode((await answerQuery(fixture.services, request)).body);

describe('answering a query', () => {
  it('gives SPARQL JSON for SELECT and ASK, and Turtle for CONSTRUCT and DESCRIBE', async () => {
    expect(JSON.parse(await answer({ text: 'ASK { <a> ?p ?o }' }))).toMatchObject({
      boolean: true,
    });
    const graph = await answer({ text: 'DESCRIBE <b>' });
    const quads = await parseRdf(graph, { mediaType: 'text/turtle', baseIri: 'http://x.example/' });
    expect(quads.map(({ object }) => object.value)).toEqual(['http://localhost:3030/a']);
  });

  it('says the commit and the media type', async () => {
    const given = await answerQuery(fixture.services, {
      text: 'SELECT * { ?s ?p ?o }',
      mediaType: 'text/csv',
    });
    expect(given).toMatchObject({ commit: 1, mediaType: 'text/csv' });
  });

  it('answers over the graphs of the protocol', async () => {
    const graphs = { default: ['http://localhost:3030/dataset/two'], named: [] };
    const csv = await answer({ text: 'SELECT ?s { ?s ?p ?o }', mediaType: 'text/csv', graphs });
    expect(csv).toBe('s\r\nhttp://localhost:3030/b\r\n');
  });

  it('counts once what several graphs state, also where that is too much to be moved', async () => {
    const many = Array.from({ length: 20_001 }, (_, n) => `<s${n}> <p> "v" .`).join('\n');
    const graphs = { 'http://localhost:3030/x': many, 'http://localhost:3030/y': many };
    const { services, close } = await openStoreWith(graphs);
    try {
      const asked = async (text: string): Promise<string> => {
        const { body } = await answerQuery(services, { text, mediaType: 'text/csv' });
        return new TextDecoder().decode(body);
      };
      expect(await asked('SELECT (COUNT(*) AS ?n) { ?s <p> ?o }')).toBe('n\r\n20001\r\n');
      expect(await asked('SELECT ?o { <s1> <p> ?o }')).toBe('o\r\nv\r\n');
      expect(await asked('SELECT ?o { <s1> <p> ?o }')).toBe('o\r\nv\r\n');
    } finally {
      await close();
    }
  });

  it('refuses a media type that cannot carry the answer, and says which can', async () => {
    const asking = answer({ text: 'SELECT * {}', mediaType: 'text/turtle' });
    await expect(asking).rejects.toMatchObject({
      code: 'not-acceptable',
      extra: { available: expect.arrayContaining(['text/csv']) },
    });
  });

  it('ends at its deadline', async () => {
    const text =
      'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?q ?r ?s . ?t ?u ?v . ?w ?x ?y . ?z ?aa ?ab . ?ac ?ad ?ae . ?af ?ag ?ah . ?ai ?aj ?ak . ?al ?am ?an . ?ao ?ap ?aq }';
    const started = Date.now();
    await expect(answer({ text, deadlineAt: started + 500 })).rejects.toMatchObject({
      code: 'query-timeout',
    });
    expect(Date.now() - started).toBeLessThan(3000);
    expect(await answer({ text: 'ASK {}' })).toContain('true');
  });

  it('refuses what the analysis refuses', async () => {
    await expect(
      answer({ text: 'SELECT * { SERVICE SILENT <http://x/> {} }' }),
    ).rejects.toMatchObject({ code: 'query-unsupported' });
    await expect(answer({ text: 'DROP ALL' })).rejects.toMatchObject({ code: 'query-syntax' });
  });
});

describe('rows for our own code', () => {
  it('are terms, with parameters bound', async () => {
    const { rows, variables, commit } = await selectRows(
      fixture.services,
      'SELECT ?o { ?s <http://localhost:3030/p> ?o FILTER(isLiteral(?o)) } ORDER BY ?o',
      { bindings: { s: namedNode('http://localhost:3030/a') } },
    );
    expect({ variables, commit }).toEqual({ variables: ['o'], commit: 1 });
    expect(rows.map(({ o }) => o?.value)).toEqual(expect.arrayContaining(['نص', '7']));
    expect(rows.some(({ o }) => o?.equals(literal('نص', 'ar')))).toBe(true);
  });

  it('leave out variables without a value', async () => {
    const { rows } = await selectRows(fixture.services, 'SELECT ?a ?b { BIND(1 AS ?a) }');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.['b']).toBeUndefined();
    expect(rows[0]?.['a']?.value).toBe('1');
  });
});

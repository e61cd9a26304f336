import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startWritingService,
  sparqlUpdate,
  updating,
  type WritingService,
} from './writing-service.ts';

let service: WritingService;
beforeAll(async () => {
  service = await startWritingService();
  await service.ask(
    'operator',
    '/update',
    updating('INSERT DATA { GRAPH <http://g.example/one> { <a:x> <a:p> 1 } }'),
  );
});
afterAll(() => service.close());

const post = (body: string, type: string, query = ''): Promise<Response> =>
  service.ask('admin', `/update${query}`, updating(body, { 'content-type': type }));

const text = sparqlUpdate;
const form = 'application/x-www-form-urlencoded';
const insert = 'INSERT { GRAPH <http://g.example/new> { ?s <a:q> ?o } } WHERE { ?s <a:p> ?o }';

describe('POST /update', () => {
  it('does an update sent by itself or as a form, and names the commit', async () => {
    const before = service.store.head().sequence;
    const first = await post('INSERT DATA { <a:y> <a:p> 2 }', `${text}; charset=UTF-8`);
    expect([first.status, first.headers.get('x-isnad-commit')]).toEqual([204, String(before + 1)]);
    const update = 'DELETE DATA { <a:y> <a:p> 2 }';
    const second = await post(String(new URLSearchParams({ update })), form);
    expect([second.status, second.headers.get('x-isnad-commit')]).toEqual([
      204,
      String(before + 2),
    ]);
    const nothing = await post(update, text);
    expect([nothing.status, nothing.headers.get('x-isnad-commit')]).toEqual([
      204,
      String(before + 2),
    ]);
  });

  it('takes the dataset from the request', async () => {
    const before = service.store.head().sequence;
    const using = new URLSearchParams({ 'using-graph-uri': 'http://g.example/none' });
    const none = await post(insert, text, `?${using}`);
    expect([none.status, none.headers.get('x-isnad-commit')]).toEqual([204, String(before)]);
    using.set('using-graph-uri', 'http://g.example/one');
    using.set('update', insert);
    const some = await post(String(using), form);
    expect([some.status, some.headers.get('x-isnad-commit')]).toEqual([204, String(before + 1)]);
    const named = 'INSERT { <a:z> <a:q> ?g } WHERE { GRAPH ?g { ?s <a:p> ?o } }';
    const only = new URLSearchParams({ 'using-named-graph-uri': 'http://g.example/none' });
    const nowhere = await post(named, text, `?${only}`);
    expect(nowhere.headers.get('x-isnad-commit')).toBe(String(before + 1));
  });

  it('says what it leaves out', async () => {
    const answer = await post('LOAD SILENT <http://a.example/>', text);
    expect([answer.status, answer.headers.get('x-isnad-skipped')]).toEqual([204, 'LOAD SILENT']);
  });

  it.each([
    ['INSERT', text, '', 400, 'query-syntax'],
    ['ASK {}', text, '', 400, 'query-syntax'],
    ['LOAD <http://a.example/>', text, '', 422, 'query-unsupported'],
    ['CREATE GRAPH <http://g.example/one>', text, '', 422, 'query-failed'],
    ['update=CLEAR+ALL&query=ASK', form, '', 400, 'invalid-parameter'],
    ['update=CLEAR+ALL&update=CLEAR+ALL', form, '', 400, 'invalid-parameter'],
    ['', form, '', 400, 'invalid-parameter'],
    ['CLEAR ALL', text, '?using-graph-uri=none', 400, 'invalid-parameter'],
    ['CLEAR ALL', 'application/sparql-query', '', 415, 'unsupported-media-type'],
  ])('refuses %s as %s%s', async (body, type, query, status, code) => {
    const before = service.store.head();
    const answer = await post(body, type, query);
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
    expect(service.store.head()).toEqual(before);
  });

  it('by GET is no update', async () => {
    const answer = await service.ask('admin', '/update?update=CLEAR+ALL');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });
});

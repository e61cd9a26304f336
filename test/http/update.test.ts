import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { operatorRoutes } from '../../src/http/operator-routes.ts';
import { routes } from '../../src/http/routes.ts';
import { listen } from '../../src/http/server.ts';
import { createIris } from '../../src/model/iris.ts';
import { createWitnessIndex } from '../../src/search/witness-index.ts';
import { readSettings } from '../../src/settings.ts';
import { openStoreWith, type StoreFixture } from '../sparql/store-fixture.ts';

const base = 'http://localhost:3030/';
let fixture: StoreFixture;
let address: string;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  fixture = await openStoreWith({ 'http://g.example/one': '<a:x> <a:p> 1 .' });
  const { store } = fixture.services;
  const witnesses = createWitnessIndex(store, base);
  const services = { store, witnesses, settings: readSettings({}), iris: createIris(base) };
  const app = createApp(services, [...routes, ...operatorRoutes], () => {});
  const listening = await listen(app, { host: '127.0.0.1', port: 0 });
  ({ address } = listening);
  closing.push(
    () => listening.close(),
    () => witnesses.close(),
    () => fixture.close(),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
});

const post = (body: string, type: string, query = ''): Promise<Response> =>
  fetch(new URL(`/update${query}`, address), {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });

const text = 'application/sparql-update';
const form = 'application/x-www-form-urlencoded';
const insert = 'INSERT { GRAPH <http://g.example/new> { ?s <a:q> ?o } } WHERE { ?s <a:p> ?o }';

describe('POST /update', () => {
  it('does an update sent by itself or as a form, and names the commit', async () => {
    const before = fixture.services.store.head().sequence;
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
    const before = fixture.services.store.head().sequence;
    const using = new URLSearchParams({ 'using-graph-uri': 'http://g.example/none' });
    const none = await post(insert, text, `?${using}`);
    expect([none.status, none.headers.get('x-isnad-commit')]).toEqual([204, String(before)]);
    using.set('using-graph-uri', 'http://g.example/one');
    using.set('update', insert);
    const some = await post(String(using), form);
    expect([some.status, some.headers.get('x-isnad-commit')]).toEqual([204, String(before + 1)]);
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
    const before = fixture.services.store.head();
    const answer = await post(body, type, query);
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
    expect(fixture.services.store.head()).toEqual(before);
  });

  it('is no route over TCP', () => {
    expect(routes.map(({ path }) => path)).not.toContain('/update');
  });
});

import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { warmAnalysis } from '../../src/sparql/answer.ts';
import { createApp } from '../../src/http/app.ts';
import { listen, type Listening } from '../../src/http/server.ts';
import { sparqlRoutes } from '../../src/http/sparql/routes.ts';
import { createIris } from '../../src/model/iris.ts';
import { sd } from '../../src/model/terms.ts';
import type { RdfMediaType } from '../../src/rdf/media-types.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import type { TimedStore } from '../../src/store/time.ts';
import { readSettings } from '../../src/settings.ts';
import { openStoreWith, type StoreFixture } from '../sparql/store-fixture.ts';

const base = 'http://localhost:3030/';
const one = `${base}dataset/one`;
const two = `${base}dataset/two`;
let fixture: StoreFixture;
let server: Listening;
const internal: unknown[] = [];

const notAsked = (): Promise<never> => Promise.reject(new Error('This is not asked here.'));

/** The routes of this room alone, as the web application serves them. */
const serve = (store: TimedStore): Promise<Listening> => {
  const settings = readSettings({
    ISNAD_REQUEST_BYTES_MAX: '100000',
    ISNAD_QUERY_TIMEOUT_MS: '2000',
  });
  const witnesses = { current: notAsked, close: notAsked };
  const services = { store, settings, iris: createIris(base), witnesses };
  const app = createApp(services, sparqlRoutes, (error) => internal.push(error));
  return listen(app, { host: '127.0.0.1', port: 0 });
};

beforeAll(async () => {
  fixture = await openStoreWith({
    [one]: '<a> <p> "نص, \\"quoted\\" <&>"@ar, 7 . <a> <q> <b> .',
    [two]: '<b> <p> <a> .',
  });
  server = await serve(fixture.services.store);
  // As when the service starts; these tests give a query two seconds only.
  await warmAnalysis(base);
});
afterAll(async () => {
  await server.close();
  await fixture.close();
});

const ask = (
  parameters: Record<string, string> | string,
  init: RequestInit = {},
): Promise<Response> => {
  const text = typeof parameters === 'string' ? parameters : `?${new URLSearchParams(parameters)}`;
  return fetch(`${server.address}sparql${text}`, init);
};
const post = (body: string, type: string): Promise<Response> =>
  ask('', { method: 'POST', body, headers: { 'Content-Type': type } });
const all = 'SELECT ?s ?o { ?s <p> ?o } ORDER BY ?s';

describe('the three ways to ask', () => {
  const form = 'application/x-www-form-urlencoded';
  it.each<[string, () => Promise<Response>]>([
    ['GET', () => ask({ query: all })],
    ['POST of a form', () => post(String(new URLSearchParams({ query: all })), form)],
    ['POST of a query', () => post(all, 'application/sparql-query')],
    ['POST with a charset', () => post(all, 'application/sparql-query; charset="UTF-8"')],
  ])('%s', async (_, asking) => {
    const response = await asking();
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('application/sparql-results+json');
    const answer: { results: { bindings: unknown[] } } = JSON.parse(await response.text());
    expect(answer.results.bindings).toHaveLength(3);
  });

  it('HEAD, which says all but the answer', async () => {
    const response = await ask({ query: all }, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('ETag')).toMatch(/^W\//);
    expect(await response.text()).toBe('');
  });

  it('OPTIONS, which says what there is', async () => {
    const response = await ask('', { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('Allow')).toBe('QUERY, POST, GET, HEAD, OPTIONS');
  });

  it('QUERY, which is made for it, with what POST takes', async () => {
    const asked = { method: 'QUERY', headers: { 'Content-Type': 'application/sparql-query' } };
    const response = await ask({ format: 'csv' }, { ...asked, body: all });
    expect([response.status, await response.text()]).toEqual([
      200,
      await (await ask({ query: all, format: 'csv' })).text(),
    ]);
    expect((await ask('', { ...asked, body: 'CLEAR ALL' })).status).toBe(400);
    expect(
      (await ask('', { ...asked, headers: { 'Content-Type': 'text/plain' }, body: all })).status,
    ).toBe(415);
    expect((await ask({ query: all })).headers.get('Accept-Query')).toContain(
      'application/sparql-query',
    );
  });

  it('a type asked for in the encoding in which everything is sent', async () => {
    const accept = 'application/sparql-results+xml;charset=UTF-8, */*;q=0.1';
    const response = await ask({ query: all }, { headers: { accept } });
    expect(response.headers.get('Content-Type')).toBe('application/sparql-results+xml');
  });

  it('no other method', async () => {
    const response = await ask({ query: all }, { method: 'PUT' });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toContain('GET');
  });
});

describe('the form of the answer', () => {
  it.each([
    ['application/sparql-results+json', 'json', '"bindings"'],
    [
      'application/sparql-results+xml',
      'xml',
      '<sparql xmlns="http://www.w3.org/2005/sparql-results#">',
    ],
    ['text/csv', 'csv', '"نص, ""quoted"" <&>"'],
    ['text/tab-separated-values', 'tsv', String.raw`"نص, \"quoted\" <&>"@ar`],
  ])('SELECT as %s, by Accept and by ?format=%s', async (type, format, sample) => {
    const byAccept = await ask({ query: all }, { headers: { Accept: type } });
    const byFormat = await ask({ query: all, format }, { headers: { Accept: 'text/html' } });
    const body = await byAccept.text();
    expect(body).toContain(sample);
    expect(await byFormat.text()).toBe(body);
    for (const response of [byAccept, byFormat])
      expect(response.headers.get('Content-Type')?.split(';')[0]).toBe(type);
  });

  it.each<[RdfMediaType, string]>([
    ['text/turtle', 'ttl'],
    ['application/n-triples', 'nt'],
    ['application/n-quads', 'nq'],
    ['application/trig', 'trig'],
    ['application/rdf+xml', 'rdf'],
    ['application/ld+json', 'jsonld'],
  ])('CONSTRUCT as %s, by Accept and by ?format=%s', async (mediaType, format) => {
    const query = 'CONSTRUCT { ?s <p> ?o } { ?s <p> ?o }';
    const byAccept = await ask({ query }, { headers: { Accept: mediaType } });
    const byFormat = await ask({ query, format });
    for (const response of [byAccept, byFormat]) {
      expect(response.headers.get('Content-Type')?.split(';')[0]).toBe(mediaType);
      const quads = await parseRdf(await response.text(), { mediaType, baseIri: base });
      expect(quads).toHaveLength(3);
      expect(quads.some(({ object }) => object.value === 'نص, "quoted" <&>')).toBe(true);
    }
  });

  it.each(['json', 'xml'])('ASK as %s', async (format) => {
    expect(await (await ask({ query: 'ASK { <a> ?p ?o }', format })).text()).toContain('true');
  });

  it.each([
    ['*/*', 'application/sparql-results+json'],
    ['application/json', 'application/json'],
    ['text/csv;q=0.2, application/sparql-results+xml;q=0.9', 'application/sparql-results+xml'],
    ['text/turtle, text/csv;q=0.1', 'text/csv'],
    ['text/*', 'text/csv'],
    ['application/xml', 'application/xml'],
  ])('Accept: %s gives SELECT as %s', async (accept, type) => {
    const response = await ask({ query: all }, { headers: { Accept: accept } });
    expect(response.headers.get('Content-Type')?.split(';')[0]).toBe(type);
    expect(response.headers.get('Vary')).toContain('Accept');
  });

  it.each<[string, Record<string, string>, string]>([
    ['an Accept that nothing fits', { query: all }, 'image/png'],
    ['a type that cannot carry the answer', { query: all }, 'text/turtle'],
    ['a format there is not', { query: all, format: 'pdf' }, '*/*'],
    ['a format of the other kind', { query: 'DESCRIBE <a>', format: 'csv' }, '*/*'],
  ])('%s is 406 with what can be had', async (_, parameters, accept) => {
    const response = await ask(parameters, { headers: { Accept: accept } });
    expect(response.status).toBe(406);
    const problem: { code: string; available: string[] } = JSON.parse(await response.text());
    expect(problem.code).toBe('not-acceptable');
    expect(problem.available.length).toBeGreaterThan(3);
  });

  it('takes the several names under which one client sends its format', async () => {
    const response = await ask({ query: all, format: 'json', output: 'json', results: 'json' });
    expect(response.status).toBe(200);
    expect((await ask({ query: all, format: 'json', output: 'xml' })).status).toBe(400);
  });
});

const problemOf = async (response: Response): Promise<Record<string, unknown>> => {
  expect(response.headers.get('Content-Type')).toContain('application/problem+json');
  const problem: Record<string, unknown> = JSON.parse(await response.text());
  expect(problem['status']).toBe(response.status);
  return problem;
};

describe('what is refused', () => {
  it('a mistake, with line and column', async () => {
    const response = await ask({ query: 'SELECT * {\n ?s ?p' });
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({
      code: 'query-syntax',
      position: { line: 2, column: 7 },
      action: expect.stringContaining('line and column'),
    });
  });

  it.each([
    ['SELECT * { SERVICE <http://x/> {} }', 422, 'query-unsupported', 'SERVICE'],
    ['SELECT * { SERVICE SILENT <http://x/> {} }', 422, 'query-unsupported', 'SERVICE SILENT'],
    ['LOAD <http://x/>', 400, 'query-syntax', 'LOAD'],
    ['DROP ALL', 400, 'query-syntax', 'DROP'],
  ])('%s, by name', async (query, status, code, feature) => {
    const response = await ask({ query });
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toMatchObject({ code, feature });
  });

  it('a function nobody knows, by name', async () => {
    const response = await ask({ query: 'SELECT (<http://x.example/f>(1) AS ?x) {}' });
    expect(response.status).toBe(422);
    expect(await problemOf(response)).toMatchObject({
      detail: expect.stringContaining('http://x.example/f'),
    });
  });

  it.each([
    ['no query', '', 400],
    ['no query in a format of answers', '?format=csv', 400],
    ['two queries', '?query=ASK%7B%7D&query=ASK%7B%7D', 400],
    ['an unknown parameter', '?query=ASK%7B%7D&timeout=5', 400],
    ['a format twice', '?query=ASK%7B%7D&format=json&format=json', 400],
    ['a graph that is no IRI', '?query=ASK%7B%7D&default-graph-uri=relative', 400],
    ['bytes that are not UTF-8', '?query=ASK%7B%FF%7D', 400],
    ['a broken escape', '?query=ASK%7B%G0', 400],
    ['an empty query', '?query=', 400],
  ])('%s', async (_, text, status) => {
    expect(
      (await ask(text, { headers: { Accept: 'application/sparql-results+json' } })).status,
    ).toBe(status);
  });

  it.each([
    ['a body of another type', 'text/plain', 'ASK {}', 415],
    ['a body in another charset', 'application/sparql-query; charset=UTF-16', 'ASK {}', 415],
    ['a form that holds an update', 'application/x-www-form-urlencoded', 'update=DROP%20ALL', 400],
    [
      'a body that is too large',
      'application/sparql-query',
      `ASK {} # ${'x'.repeat(100_000)}`,
      413,
    ],
  ])('%s', async (_, type, body, status) => {
    expect((await post(body, type)).status).toBe(status);
  });

  it('a body without a type, and one that is not UTF-8', async () => {
    const untyped = await ask('', { method: 'POST', body: Uint8Array.of(65) });
    expect(untyped.status).toBe(415);
    const headers = { 'Content-Type': 'application/sparql-query' };
    const broken = await ask('', { method: 'POST', body: Uint8Array.of(0x41, 0xff), headers });
    expect(broken.status).toBe(400);
  });

  it('a query in the address and another in the body', async () => {
    const response = await ask(
      { query: all },
      {
        method: 'POST',
        body: all,
        headers: { 'Content-Type': 'application/sparql-query' },
      },
    );
    expect(response.status).toBe(400);
  });

  it('a query that does not end, at its deadline', async () => {
    const pattern = Array.from({ length: 15 }, (_, i) => `?a${i} ?b${i} ?c${i}`).join(' . ');
    const response = await ask({ query: `SELECT (COUNT(*) AS ?n) { ${pattern} }` });
    expect(response.status).toBe(504);
    expect(await problemOf(response)).toMatchObject({ code: 'query-timeout' });
    expect((await ask({ query: 'ASK {}' })).status).toBe(200);
  });

  it('nothing as the service’s own fault', () => {
    expect(internal).toEqual([]);
  });
});

const subjects = async (parameters: string): Promise<string[]> => {
  const response = await ask(
    `?format=csv&query=${encodeURIComponent('SELECT ?s { ?s ?p ?o } ORDER BY ?s')}${parameters}`,
  );
  return [...new Set((await response.text()).trim().split('\r\n').slice(1))];
};

describe('the dataset a query sees', () => {
  it('is the union of the public graphs', async () => {
    expect(await subjects('')).toEqual(expect.arrayContaining([`${base}a`, `${base}b`]));
  });

  it('is the graphs of the protocol, which are merged', async () => {
    expect(await subjects(`&default-graph-uri=${two}`)).toEqual([`${base}b`]);
    expect(await subjects(`&default-graph-uri=${two}&default-graph-uri=${one}`)).toHaveLength(2);
    expect(await subjects(`&named-graph-uri=${one}`)).toEqual([]);
  });

  it('is what FROM says, unless the protocol says otherwise', async () => {
    const text = encodeURIComponent(`SELECT ?s FROM <${one}> { ?s ?p ?o }`);
    const count = async (more: string) =>
      (await (await ask(`?format=csv&query=${text}${more}`)).text()).trim().split('\r\n').length -
      1;
    expect(await count('')).toBe(3);
    expect(await count(`&default-graph-uri=${two}`)).toBe(1);
  });
});

/** The status of an answer to a client with a copy; `fetch` would add a Cache-Control of its own. */
const statusFor = (etag: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const address = `${server.address}sparql?query=${encodeURIComponent(all)}`;
    httpRequest(address, { headers: { 'If-None-Match': etag } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

const tag = async (parameters: Record<string, string>): Promise<string | null> =>
  (await ask(parameters)).headers.get('ETag');

describe('what a client may keep', () => {
  it('an answer until the next commit', async () => {
    const first = await ask({ query: all });
    const etag = first.headers.get('ETag') ?? '';
    expect(first.headers.get('X-Isnad-Commit')).toBe('1');
    expect(await statusFor(etag)).toBe(304);
    expect(await statusFor('W/"other"')).toBe(200);
  });

  it('not an answer to another question', async () => {
    const tags = await Promise.all([
      tag({ query: all }),
      tag({ query: `${all} ` }),
      tag({ query: all, format: 'csv' }),
      tag({ query: all, 'default-graph-uri': one }),
      tag({ query: all, 'named-graph-uri': one }),
    ]);
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('nothing that chance or the clock had a part in', async () => {
    for (const query of ['SELECT (RAND() AS ?x) {}', 'ASK { FILTER(NOW() > 1) }']) {
      const response = await ask({ query });
      expect(response.headers.get('ETag')).toBeNull();
      expect(response.headers.get('Cache-Control')).toBe('no-store');
    }
  });

  it('and scripts of any site may read it', async () => {
    const { headers } = await ask({ query: all });
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
    for (const name of ['Link', 'ETag', 'X-Isnad-Commit', 'Retry-After'])
      expect(headers.get('Access-Control-Expose-Headers')).toContain(name);
  });
});

describe('without a query', () => {
  it.each<[string, RdfMediaType]>([
    ['text/turtle', 'text/turtle'],
    ['application/rdf+xml', 'application/rdf+xml'],
    ['application/ld+json', 'application/ld+json'],
    ['*/*', 'text/turtle'],
  ])('Accept: %s gets the service description', async (accept, mediaType) => {
    const response = await ask('', { headers: { Accept: accept } });
    expect(response.status).toBe(200);
    const quads = await parseRdf(await response.text(), { mediaType, baseIri: base });
    const objects = (property: string) =>
      quads
        .filter(({ predicate }) => predicate.value === property)
        .map(({ object }) => object.value);
    expect(objects(sd.endpoint)).toEqual([`${base}sparql`]);
    expect(objects(sd.supportedLanguage)).toEqual([sd.SPARQL11Query]);
    expect(objects(sd.feature)).toEqual([sd.EmptyGraphs, sd.UnionDefaultGraph]);
    expect(objects(sd.resultFormat)).toHaveLength(10);
    expect(objects(sd.name)).toEqual(expect.arrayContaining([one, two]));
  });

  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  it('a browser gets the page to ask on', async () => {
    const response = await ask('', { headers: { Accept: browser } });
    expect(response.headers.get('Content-Type')).toContain('text/html');
    expect(await response.text()).toContain('<textarea');
  });

  it('a browser that follows a link with a query gets the page with it, unless it names a format', async () => {
    const page = await ask({ query: all }, { headers: { Accept: browser } });
    expect(await page.text()).toContain('ORDER BY ?s</textarea>');
    const answer = await ask({ query: all, format: '' }, { headers: { Accept: browser } });
    expect(answer.headers.get('Content-Type')).toBe('application/sparql-results+json');
  });
});

describe('a client that leaves', () => {
  it('takes its query with it', async () => {
    const arrived = Promise.withResolvers<AbortSignal | undefined>();
    const waiting: TimedStore = {
      time: fixture.services.store.time,
      readGraph: notAsked,
      listGraphs: notAsked,
      plan: notAsked,
      write: notAsked,
      redact: notAsked,
      commit: notAsked,
      close: notAsked,
      log: () => {
        throw new Error('This is not asked here.');
      },
      onCommit: () => () => undefined,
      head: () => ({ sequence: 1, hash: '' }),
      query: ({ signal }) => {
        arrived.resolve(signal);
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
      },
    };
    const own = await serve(waiting);
    const leaving = httpRequest(`${own.address}sparql?query=ASK%7B%7D`).on(
      'error',
      () => undefined,
    );
    leaving.end();
    const signal = await arrived.promise;
    expect(signal?.aborted).toBe(false);
    leaving.destroy();
    await expect.poll(() => signal?.aborted).toBe(true);
    await own.close();
    expect(internal).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shared } from '../../src/model/terms.ts';
import { keysOutsideContext } from '../../src/rdf/frame.ts';
import type { RdfMediaType } from '../../src/rdf/media-types.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import { toNQuads } from '../../src/rdf/nquads.ts';
import { inGraph, defaultGraph, type Quad } from '../../src/rdf/terms.ts';
import { comparable } from '../rdf/same-graph.ts';
import { asBrowser, base, heritage, holding, startService, type TestService } from './serve.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const contexts = async (): Promise<Map<string, unknown>> => {
  const context: unknown = await (await service.get('/context.jsonld')).json();
  return new Map([[`${base}context.jsonld`, context]]);
};

const parse = async (text: string, mediaType: RdfMediaType): Promise<Quad[]> =>
  parseRdf(text, { mediaType, baseIri: base, contexts: await contexts() });

const golden = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, '..', 'fixtures', 'golden', name), 'utf8');

const triples = (quads: readonly Quad[]): Quad[] => inGraph(quads, defaultGraph());

const canonical = (quads: readonly Quad[]): Promise<string> =>
  comparable(toNQuads(quads), 'application/n-quads', base);

describe('the address of a record', () => {
  it('leads to the document about it', async () => {
    const response = await service.get('/id/manuscript/a1?lang=ar');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/doc/manuscript/a1?lang=ar');
  });

  it('does so in the format of its suffix', async () => {
    const response = await service.get('/id/manuscript/a1.ttl');
    expect(response.headers.get('location')).toBe('/doc/manuscript/a1.ttl');
  });
});

describe('the document about a record', () => {
  it.each([
    ['ttl', 'text/turtle'],
    ['nt', 'application/n-triples'],
    ['rdf', 'application/rdf+xml'],
    ['nq', 'application/n-quads'],
    ['trig', 'application/trig'],
  ] as const)('says in %s what the golden file says', async (suffix, mediaType) => {
    const response = await service.get(`/doc/manuscript/a1.${suffix}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(mediaType);
    const quads = await parse(await response.text(), mediaType);
    const expected = await parse(golden('manuscript-a1.trig'), 'application/trig');
    const keepsGraphs = suffix === 'nq' || suffix === 'trig';
    expect(await canonical(quads)).toBe(
      await canonical(keepsGraphs ? expected : triples(expected)),
    );
  });

  it('says in JSON-LD nothing that the graph does not, and all of it with our context', async () => {
    const response = await service.get('/doc/manuscript/a1.jsonld');
    const text = await response.text();
    const stated = new Set((await storedTriples()).map(lineOf));
    const told = (await parse(text, 'application/ld+json')).map(lineOf);
    expect(told.length).toBeGreaterThan(30);
    expect(told.filter((line) => !stated.has(line))).toEqual([]);
    const document: unknown = JSON.parse(text);
    expect(document).toMatchObject({ id: `${base}id/manuscript/a1`, shelfmark: ['Arabe 1'] });
    const context: unknown = (await contexts()).get(`${base}context.jsonld`);
    const { '@context': _context, ...members } = document as Record<string, unknown>;
    const unknown = keysOutsideContext(members, context as Record<string, unknown>);
    expect(unknown).toEqual(['datasets']);
  });

  it.each([
    ['application/ld+json', 'application/ld+json', 'jsonld'],
    ['application/json', 'application/ld+json', 'jsonld'],
    ['text/turtle', 'text/turtle', 'ttl'],
    ['application/rdf+xml;q=0.8, text/turtle;q=0.2', 'application/rdf+xml', 'rdf'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html', 'html'],
    ['*/*', 'application/ld+json', 'jsonld'],
  ])('is negotiated: %s', async (accept, mediaType, suffix) => {
    const response = await service.get('/doc/manuscript/a1', { accept });
    expect(response.headers.get('content-type')).toContain(mediaType);
    expect(response.headers.get('content-location')).toBe(`/doc/manuscript/a1.${suffix}`);
    expect(response.headers.get('vary')).toMatch(/Accept\b.*Accept-Language/);
  });

  it('of a manuscript holds the text stated of it as a whole and who catalogued it, in every format', async () => {
    const turtle = await parse(
      await (await service.get('/doc/manuscript/b2.ttl')).text(),
      'text/turtle',
    );
    const lines = turtle.map(lineOf).join('\n');
    expect(lines).toContain('001:001:000-114:006:999');
    expect(lines).toContain('C. Cataloguer');
    const framed = await (await service.get('/doc/manuscript/b2.jsonld')).text();
    expect(new Set((await parse(framed, 'application/ld+json')).map(lineOf))).toEqual(
      new Set(turtle.map(lineOf)),
    );
    const page = await (await service.get('/doc/manuscript/b2.html')).text();
    expect(page).toContain('C. Cataloguer');
    expect(page).toContain('href="/quran/1:1-114:6"');
  });

  it('is refused in a format there is not, naming those there are', async () => {
    for (const address of ['/doc/manuscript/a1.pdf', '/doc/manuscript/a1?format=pdf']) {
      const response = await service.get(address);
      expect(response.status).toBe(406);
      expect(await response.json()).toMatchObject({
        code: 'not-acceptable',
        allowed: expect.arrayContaining(['text/turtle']),
      });
    }
    const { status } = await service.get('/doc/manuscript/a1', { accept: 'image/png' });
    expect(status).toBe(406);
  });

  it('names its other formats and its licences in its headers', async () => {
    const { headers } = await service.get('/doc/manuscript/a1.ttl');
    const link = headers.get('link') ?? '';
    expect(link).toContain(
      '</doc/manuscript/a1.jsonld>; rel="alternate"; type="application/ld+json"',
    );
    expect(link).toContain('<https://creativecommons.org/licenses/by-sa/4.0/>; rel="license"');
    expect(link).toContain('<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"');
    expect(headers.get('x-isnad-commit')).toBe('1');
  });

  it('need not be sent again to who has it, unless in another language', async () => {
    const first = await service.get('/doc/manuscript/a1', asBrowser);
    const etag = first.headers.get('etag') ?? '';
    const again = await service.get('/doc/manuscript/a1', { ...asBrowser, ...holding(etag) });
    expect(again.status).toBe(304);
    const arabic = { ...asBrowser, ...holding(etag), 'accept-language': 'ar' };
    expect((await service.get('/doc/manuscript/a1', arabic)).status).toBe(200);
  });
});

const page = async (query = ''): Promise<string> =>
  (await service.get(`/doc/manuscript/a1${query}`, asBrowser)).text();

describe('the page about a record', () => {
  it('shows both competing dates, each with its source and licence', async () => {
    const text = await page();
    expect(text).toContain('650–700 CE');
    expect(text).toContain('not after 850 CE');
    expect(text).toContain('A. Scholar');
    expect(text).toMatch(/id="source-1".*A synthetic catalogue.*CC BY-SA 4\.0/);
    expect(text).toMatch(/id="source-2".*Synthetic notes.*CC0 1\.0/);
  });

  it('marks Arabic as Arabic, and turns with the reader’s language', async () => {
    const text = await page('?lang=ar');
    expect(text).toContain('<html lang="ar" dir="rtl">');
    expect(text).toContain('<bdi lang="ar" dir="rtl">مكتبة اللامكان</bdi>');
    expect(await page()).toContain('<html lang="en" dir="ltr">');
  });

  it('runs nothing that stands in the data, and links only to web addresses', async () => {
    const text = await page();
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script>alert');
    expect(text).not.toMatch(/href="javascript:/i);
    expect(text).toContain('href="https://example.org/ms/1"');
  });

  it('links to records by path, whatever host it is served under', async () => {
    const text = await page();
    expect(text).toContain('href="/id/organization/1ibrary"');
    expect(text).not.toContain(`href="${base}`);
  });

  it('lists the pages with the verses they bear, and what refers to the record', async () => {
    const text = await page();
    expect(text).toContain('href="/quran/2:253-2:255"');
    expect(text).toContain('Pages 1–3 of 3');
    expect(text).toContain('href="/id/event/e1"');
  });
});

describe('a record that does not exist', () => {
  it('is not found, with where else to look', async () => {
    const response = await service.get('/doc/event/a1');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'not-found',
      near: ['/id/manuscript/a1', '/datasets', '/quran', '/sparql'],
    });
  });

  it('is not found under a type there is not, with the types there are', async () => {
    const response = await service.get('/doc/codex/a1');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      allowed: expect.arrayContaining(['manuscript', 'organization']),
    });
  });

  it('can never be made of what is not an id', async () => {
    for (const id of ['%3E%20%7D', 'a"b', 'a b', 'x'.repeat(200)]) {
      expect((await service.get(`/doc/manuscript/${id}`)).status).toBe(404);
    }
  });
});

const lineOf = ({ subject, predicate, object }: Quad): string =>
  [subject, predicate, object]
    .map((term) =>
      term.termType === 'Literal'
        ? `"${term.value}"@${term.language}^^${term.datatype.value}`
        : term.value,
    )
    .join(' ');

const storedTriples = async (): Promise<Quad[]> =>
  triples(await parse(heritage, 'application/trig'));

it('the shared context is served as it is referred to', async () => {
  const response = await service.get('/context.jsonld');
  expect(response.headers.get('content-type')).toContain('application/ld+json');
  expect(await response.json()).toMatchObject({ '@context': { '@vocab': `${shared.ontology}#` } });
});

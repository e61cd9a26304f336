import { readFileSync } from 'node:fs';
import path from 'node:path';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseNQuads, toNQuads } from '../../src/rdf/nquads.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import { defaultGraph, inGraph } from '../../src/rdf/terms.ts';
import { comparable } from '../rdf/same-graph.ts';
import { asBrowser, base, heritage, holding, startService, type TestService } from './serve.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface Answer {
  readonly range: string;
  readonly totals: Record<string, number>;
  readonly paging: Record<string, unknown>;
  readonly sparql: string;
  readonly witnesses: readonly {
    readonly id: string;
    readonly evidenceFound: string;
    readonly pages: readonly { readonly pageLabel: string; readonly text: { range: string }[] }[];
    readonly passages: readonly { readonly range: string }[];
    readonly sameObject: readonly { readonly id: string }[];
  }[];
}

const ask = async (query: string): Promise<Answer> => {
  const response = await service.get(`/api/v1/witnesses?${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
};

const idsOf = ({ witnesses }: Answer): string[] =>
  witnesses.map(({ id }) => id.slice(`${base}id/manuscript/`.length));

describe('the witnesses of a verse', () => {
  it('are the manuscripts with a page that bears it, then those of which it is only stated', async () => {
    const answer = await ask('from=2:255');
    expect(idsOf(answer)).toEqual(['a1', 'c3', 'b2']);
    expect(answer.witnesses.map(({ evidenceFound }) => evidenceFound)).toEqual([
      'page',
      'page',
      'record',
    ]);
    expect(answer.totals).toEqual({
      manuscripts: 3,
      withPages: 2,
      pages: 3,
      undatedLeftOut: 0,
      doubtfulLeftOut: 0,
    });
  });

  it('name each page with its exact extent, in the order of the pages', async () => {
    const { witnesses } = await ask('from=2:255');
    expect(witnesses[0]?.pages.map(({ pageLabel, text }) => [pageLabel, text[0]?.range])).toEqual([
      ['1r', '2:253-2:255'],
      ['1v', '2:255-2:259'],
    ]);
  });

  it('count an object once that two datasets describe, and name both records', async () => {
    const answer = await ask('from=2:255&evidence=record');
    expect(idsOf(answer)).toEqual(['b2']);
    expect(answer.witnesses[0]?.sameObject).toMatchObject([
      { id: `${base}id/manuscript/b2x`, shelfmark: ['Arabe 2'] },
    ]);
    expect(answer.witnesses[0]?.passages.map(({ range }) => range)).toEqual([
      '1:1-114:6',
      '2:193-3:7',
    ]);
  });

  it.each([
    ['holder=organization/1ibrary', ['a1', 'b2']],
    [`holder=${encodeURIComponent(`${base}id/organization/1ibrary`)}`, ['a1', 'b2']],
    ['holder=organization/1ib', ['a1', 'b2']],
    ['script=hijazi-i', ['a1']],
    ['script=kufic', ['b2']],
    ['before=0800', ['a1']],
    ['before=650', ['a1']],
    ['before=0800&dating=certain', []],
    ['after=0900', ['c3']],
    ['after=1350', []],
    ['after=1300-06-30&dating=certain', ['c3']],
    ['before=0800&undated=include', ['a1', 'b2']],
    ['undated=exclude', ['a1', 'c3']],
    ['evidence=page', ['a1', 'c3']],
    ['counting=kufan', ['a1', 'c3', 'b2']],
  ])('narrowed by %s', async (query, expected) => {
    expect(idsOf(await ask(`from=2:255&${query}`))).toEqual(expected);
  });

  it('say aloud how many were left out for want of a date, or because of doubt', async () => {
    expect((await ask('from=2:255&before=0800')).totals).toMatchObject({ undatedLeftOut: 1 });
    const first = await ask('from=1:1');
    expect(idsOf(first)).toEqual(['b2']);
    expect(first.totals).toMatchObject({ doubtfulLeftOut: 1 });
    expect(idsOf(await ask('from=1:1&doubtful=include'))).toEqual(['a1', 'b2']);
  });

  it('come page by page, each with a link to the next', async () => {
    const response = await service.get('/api/v1/witnesses?from=2:255&pageSize=2');
    const answer = (await response.json()) as Answer;
    expect(idsOf(answer)).toEqual(['a1', 'c3']);
    const next = '/api/v1/witnesses?from=2%3A255&pageSize=2&page=2';
    expect(answer.paging).toMatchObject({ page: 1, pages: 2, next });
    expect(response.headers.get('link')).toBe(`<${next}>; rel="next"`);
    const rest = await ask('from=2:255&pageSize=2&page=2');
    expect(idsOf(rest)).toEqual(['b2']);
    expect(rest.totals['manuscripts']).toBe(3);
  });

  // The fixture has passages that begin or end with 2:255, so both ends of the overlap are tried.
  const ranges = [
    'from=2:254&to=2:257',
    'from=2:255',
    'from=2:250&to=2:255',
    'from=2:255&to=2:256',
  ];
  it.each(ranges)('are those the SPARQL query of the answer finds: %s', async (range) => {
    const { sparql } = await ask(range);
    const query = new URL(sparql).searchParams.get('query') ?? '';
    const { body } = await service.store.query({
      query,
      mediaType: 'application/sparql-results+json',
      defaultGraph: 'union',
      baseIri: base,
      deadlineAt: Date.now() + 5000,
      resultBytesMax: 1_000_000,
    });
    const { results } = JSON.parse(new TextDecoder().decode(body)) as {
      results: { bindings: { manuscript: { value: string } }[] };
    };
    const found = new Set(results.bindings.map(({ manuscript }) => manuscript.value));
    const { witnesses } = await ask(range);
    const told = witnesses.flatMap(({ id, sameObject }) => [
      id,
      ...sameObject.map((each) => each.id),
    ]);
    expect([...found].toSorted()).toEqual(told.toSorted());
  });
});

describe('a lookup that cannot be', () => {
  it.each([
    ['from=2:300', 'verse-reference', '286 verses'],
    ['from=115:1', 'verse-reference', '114 sūras'],
    ['from=2:257&to=2:255', 'verse-reference', 'comes before'],
    ['from=abc', 'verse-reference', 'not a verse reference'],
    ['', 'invalid-parameter', 'from is missing'],
    ['from=2:255&verse=3', 'invalid-parameter', 'no parameter “verse”'],
    ['from=2:255&from=2:256', 'invalid-parameter', 'more than once'],
    ['from=2:255&evidence=folio', 'invalid-parameter', 'evidence is “folio”'],
    ['from=2:255&counting=basran', 'invalid-parameter', 'counting is “basran”'],
    ['from=2:255&before=800CE', 'invalid-parameter', 'before is “800CE”'],
    ['from=2:255&before=0800-02-30', 'invalid-parameter', 'before is'],
    ['from=2:255&script=gothic', 'invalid-parameter', 'no script'],
    ['from=2:255&holder=somebody', 'invalid-parameter', 'holder is “somebody”'],
    ['from=2:255&lang=fr', 'invalid-parameter', 'lang is “fr”'],
    ['from=2:255&page=0', 'invalid-parameter', 'page is “0”'],
    ['from=2:255&pageSize=501', 'invalid-parameter', 'pageSize is “501”'],
  ])('“%s” is refused as %s', async (query, code, detail) => {
    const response = await service.get(`/api/v1/witnesses?${query}`);
    expect(response.status).toBe(400);
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ code, detail: expect.stringContaining(detail) });
  });
});

const asQuads = async (): Promise<string> => {
  const text = await (await service.get('/api/v1/witnesses?from=2:255&to=2:257')).text();
  const context: unknown = await (await service.get('/context.jsonld')).json();
  const quads: unknown = await jsonld.toRDF(
    JSON.parse(text) as object,
    {
      format: 'application/n-quads',
      documentLoader: (url: string) => {
        expect(url).toBe(`${base}context.jsonld`);
        return Promise.resolve({ documentUrl: url, document: context as object });
      },
    } as object,
  );
  return String(quads);
};

describe('a wrong parameter', () => {
  it.each([
    'from=2:255&evidence=folio',
    'from=2:255&verse=3',
    'from=2:255&script=gothic',
    'to=2:3',
  ])('%s is answered with what is allowed', async (query) => {
    const response = await service.get(`/api/v1/witnesses?${query}`);
    expect(await response.json()).toMatchObject({
      parameter: expect.any(String),
      allowed: expect.arrayContaining([expect.any(String)]),
    });
  });
});

describe('the answer as JSON-LD', () => {
  it('states nothing that the graph does not state', async () => {
    const stored = await parseRdf(heritage, { mediaType: 'application/trig', baseIri: base });
    const lines = new Set(toNQuads(inGraph(stored, defaultGraph())).split('\n'));
    const told = toNQuads(parseNQuads(await asQuads())).split('\n');
    expect(told.length).toBeGreaterThan(50);
    expect(told.filter((line) => !lines.has(line))).toEqual([]);
  });

  it('states what the golden file states', async () => {
    const file = path.join(import.meta.dirname, '..', 'fixtures', 'golden', 'witnesses.nq');
    const expected = await comparable(readFileSync(file, 'utf8'), 'application/n-quads', base);
    expect(await comparable(await asQuads(), 'application/n-quads', base)).toBe(expected);
  });

  it('keeps the words and bounds of dates, and names every licence', async () => {
    const response = await service.get('/api/v1/witnesses?from=2:255');
    expect(await response.json()).toMatchObject({
      witnesses: [
        {
          shelfmark: ['Arabe 1'],
          label: { '@none': ['Nowhere, Library of Nowhere: Arabe 1'] },
          holder: [{ label: { ar: ['مكتبة اللامكان'], '@none': ['Library of Nowhere'] } }],
          dates: [
            { beginEarliest: '0650-01-01', endLatest: '0700-12-31', dateAsWritten: ['650-700'] },
            { endLatest: '0850-12-31', dateAsWritten: ['not after 850'] },
          ],
          scripts: [{ asWritten: 'ḥiǧāzī I', displayLabel: 'Ḥijāzī I' }],
        },
        {},
        {},
      ],
      datasets: [
        { license: ['https://creativecommons.org/licenses/by-sa/4.0/'] },
        { license: ['https://creativecommons.org/publicdomain/zero/1.0/'] },
      ],
    });
  });

  it('chooses display labels by the reader’s language', async () => {
    const response = await service.get('/api/v1/witnesses?from=2:255', { 'accept-language': 'ar' });
    const text = await response.text();
    expect(text).toContain('"displayLabel":"مكتبة اللامكان"');
    expect(text).toContain('"displayLabel":"حجازي أول"');
  });

  it('need not be sent again to who has it', async () => {
    const first = await service.get('/api/v1/witnesses?from=2:255');
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('x-isnad-commit')).toBe('1');
    const again = await service.get('/api/v1/witnesses?from=2:255', holding(etag));
    expect(again.status).toBe(304);
    const other = await service.get('/api/v1/witnesses?from=2:256', holding(etag));
    expect(other.status).toBe(200);
  });
});

describe('the page of a verse', () => {
  it('is the answer for those who read pages', async () => {
    const response = await service.get('/quran/2:255', asBrowser);
    expect(response.headers.get('content-type')).toContain('text/html');
    const text = await response.text();
    expect(text).toContain('3 manuscripts');
    expect(text).toContain('href="/id/manuscript/a1"');
    expect(text).toContain('2:253(1)–2:255(10)');
    expect(text).toContain('not after 850 CE');
    expect(text).toMatch(/id="source-1".*CC BY-SA 4\.0/s);
    expect(text).toContain('SELECT ?manuscript');
    expect(text).toContain('href="/quran/2:254"');
  });

  it('answers the same as JSON-LD under the same address', async () => {
    const response = await service.get('/quran/2:255?before=0800');
    expect(response.headers.get('content-type')).toContain('application/ld+json');
    expect(idsOf((await response.json()) as Answer)).toEqual(['a1']);
    expect(response.headers.get('link')).toContain('rel="alternate"');
  });

  it('says what was left out, with a link that brings it back', async () => {
    const text = await (await service.get('/quran/2:255?before=0800', asBrowser)).text();
    expect(text).toContain('Left out because no date is stated: 1.');
    expect(text).toContain('href="/quran/2:255?before=0800&amp;undated=include"');
  });

  it('takes a form whose fields were left empty', async () => {
    const query = 'holder=&script=&after=&before=&dating=&undated=&evidence=';
    const { status } = await service.get(`/quran/2:255?${query}`, asBrowser);
    expect(status).toBe(200);
  });
});

describe('the addresses of verses', () => {
  it.each([
    ['/quran/2.255', '/quran/2:255'],
    ['/quran/2:255-257', '/quran/2:255-2:257'],
    ['/quran/%D9%A2:%D9%A2%D9%A5%D9%A5', '/quran/2:255'],
    ['/quran/2:255-2:255?lang=ar', '/quran/2:255?lang=ar'],
  ])('%s leads to %s for good', async (given, canonical) => {
    const response = await service.get(given);
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toBe(canonical);
  });

  it('are found by what is typed', async () => {
    const response = await service.get('/quran?reference=2.255&lang=ar');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/quran/2:255?lang=ar');
  });

  it('that cannot be are refused on a page that says how long the sūra is', async () => {
    const response = await service.get('/quran/2:300', asBrowser);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Sūra 2 (al-Baqarah) has 286 verses');
  });
});

describe('the page of a sūra', () => {
  it('shows how many manuscripts bear each verse', async () => {
    const text = await (await service.get('/quran/2', asBrowser)).text();
    expect(text).toContain('286 verses');
    expect(text).toContain('<title>2:255: 3 manuscripts</title>');
    expect(text).toContain('<title>2:1: 1 manuscript</title>');
  });

  it('names it in both scripts, and has its data at the same address', async () => {
    const text = await (await service.get('/quran/2', asBrowser)).text();
    expect(text).toContain('<bdi lang="ar-Latn-alalc97" dir="ltr">al-Baqarah</bdi>');
    expect(text).toContain('<bdi lang="ar" dir="rtl">البقرة</bdi>');
    const turtle = await service.get('/quran/2', { accept: 'text/turtle' });
    expect(await turtle.text()).toContain('isnad:verseCount 286');
    const absent = await service.get('/quran/3', { accept: 'text/turtle' });
    expect(absent.status).toBe(404);
  });

  it('is one of 114 in a list', async () => {
    const text = await (await service.get('/quran?lang=ar', asBrowser)).text();
    expect(text.match(/href="\/quran\/\d+\?lang=ar"/g)).toHaveLength(114);
  });
});

describe('after a commit', () => {
  it('the witnesses are those of the newest commit', async () => {
    const own = await startService();
    try {
      const before = await own.get('/api/v1/witnesses?from=114:6');
      expect(idsOf((await before.json()) as Answer)).toEqual(['b2']);
      own.store.add(
        `@prefix isnad: <https://w3id.org/isnad/ontology#> .
         <dataset/more> {
           <id/manuscript/d4> a isnad:Manuscript ; isnad:shelfmark "D 4" .
           <id/passage/d4> isnad:passageOf <id/manuscript/d4> ;
             isnad:evidence <https://w3id.org/isnad/vocabulary/passage-evidence/record> ;
             isnad:startOrdinal 6230 ; isnad:endOrdinal 6236 .
         }`,
        [`${base}dataset/more`],
      );
      const after = await own.get('/api/v1/witnesses?from=114:6');
      expect(after.headers.get('x-isnad-commit')).toBe('2');
      expect(idsOf((await after.json()) as Answer).toSorted()).toEqual(['b2', 'd4']);
    } finally {
      await own.close();
    }
  });
});

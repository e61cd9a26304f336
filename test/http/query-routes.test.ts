import { request as httpRequest } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findWitnesses } from '../../src/catalogue/find-witnesses.ts';
import { namedQueriesFolder, readNamedQueries } from '../../src/catalogue/named-queries.ts';
import { readWitnessCriteria } from '../../src/catalogue/witness-criteria.ts';
import { createApp } from '../../src/http/app.ts';
import { queryRoutes } from '../../src/http/query-routes.ts';
import { listen, type Listening } from '../../src/http/server.ts';
import { loadInstallationData } from '../../src/import/installation-data.ts';
import { createIris } from '../../src/model/iris.ts';
import { createWitnessIndex } from '../../src/search/witness-index.ts';
import { readSettings } from '../../src/settings.ts';
import { createEmbeddedStore } from '../../src/store/embedded.ts';
import type { TimedStore } from '../../src/store/time.ts';

/** The questions over HTTP on the data that comes with Isnad: one store for the whole file. */
const baseIri = 'http://localhost:3030/';
const questions = readNamedQueries(namedQueriesFolder);
const internal: unknown[] = [];
const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-questions-'));
let store: TimedStore;
let server: Listening;

const notAsked = (): Promise<never> => Promise.reject(new Error('This is not asked here.'));

beforeAll(async () => {
  store = await createEmbeddedStore({
    dataDir,
    baseIri,
    engineReaders: 1,
    engineMemoryMb: 'auto',
    queryQueueMax: 50,
  });
  const iris = createIris(baseIri);
  await loadInstallationData(store, iris);
  const witnesses = { current: notAsked, close: notAsked };
  const services = { store, settings: readSettings({}), iris, witnesses };
  const app = createApp(services, queryRoutes, (error) => internal.push(error));
  server = await listen(app, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await store.close();
  rmSync(dataDir, { recursive: true });
});

const get = (
  address: string,
  parameters: Readonly<Record<string, string>> = {},
  init: RequestInit = {},
): Promise<Response> =>
  fetch(`${server.address}${address}?${new URLSearchParams(parameters)}`, init);

/** The status for a client that has a copy; `fetch` would ask past it. */
const statusWith = (
  address: string,
  parameters: Readonly<Record<string, string>>,
  etag: string,
): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const url = `${server.address}${address}?${new URLSearchParams(parameters)}`;
    httpRequest(url, { headers: { 'If-None-Match': etag } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

interface Results {
  readonly head: { readonly vars: readonly string[] };
  readonly results: {
    readonly bindings: readonly Readonly<Record<string, { readonly value: string }>>[];
  };
}

/** The rows of a question's answer, by column. */
const ask = async (
  name: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<{ vars: readonly string[]; rows: Readonly<Record<string, string>>[] }> => {
  const response = await get(`queries/${name}`, { ...parameters, format: 'json' });
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status: 200 });
  const { head, results }: Results = JSON.parse(text);
  const rows = results.bindings.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, { value }]) => [column, value])),
  );
  return { vars: head.vars, rows };
};

const problem = async (response: Response): Promise<Record<string, unknown>> => ({
  status: response.status,
  ...JSON.parse(await response.text()),
});

type WitnessParameters = Readonly<Record<'from', string>> & Readonly<Record<string, string>>;

/** What the data that come with Isnad answer only for another value than the default. */
const seedParameters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'flagged-passages': { flag: 'doubtful' },
};
const all = [...questions.values()].map((question) => [question.name, question] as const);

describe('every question', () => {
  it.each(all)('%s answers with its defaults, in the columns it documents', async (name, each) => {
    const { vars, rows } = await ask(name, seedParameters[name]);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
    const shown = vars.filter(
      (column) => !(column.endsWith('Label') && vars.includes(column.slice(0, -'Label'.length))),
    );
    expect(shown.toSorted()).toEqual([...each.columns.keys()].toSorted());
  });

  it.each(all)('%s has a page in English and in Arabic', async (name, { title, columns }) => {
    for (const lang of ['en', 'ar'] as const) {
      const response = await get(
        `queries/${name}`,
        { ...seedParameters[name], lang },
        { headers: { Accept: 'text/html' } },
      );
      const page = await response.text();
      expect(response.status).toBe(200);
      expect(page).toContain(`<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`);
      expect(page).toContain(`<h1>${title[lang]}</h1>`);
      for (const column of columns.values()) expect(page).toContain(`>${column[lang]}</th>`);
      expect(page).not.toMatch(/undefined|\[object|href="(?!https?:|\/|#)/);
    }
  });
});

describe('the answers', () => {
  it('tell the radiocarbon age of the Birmingham leaves', async () => {
    const { rows } = await ask('radiocarbon-dates');
    expect(rows).toContainEqual(
      expect.objectContaining({
        objectLabel: 'Birmingham Qurʾan',
        ageBp: '1456',
        errorBp: '21',
        curve: 'IntCal20',
        begin: '0578-01-01',
        end: '0646-12-31',
        source: `${baseIri}dataset/manuscripts-corpus-coranicum`,
      }),
    );
  });

  it('find calls for students on a day, and say that they are made up', async () => {
    const { rows } = await ask('calls-by-eligibility', { on: '2026-12-01' });
    expect(rows.length).toBeGreaterThan(0);
    for (const { synthetic, closesOn = '', eligible } of rows) {
      expect(synthetic).toBe('true');
      expect(closesOn >= '2026-12-01').toBe(true);
      expect(eligible).toContain('student');
    }
    expect((await ask('calls-by-eligibility', { on: '1999-01-01' })).rows).toEqual([]);
    const inArabic = await ask('calls-by-eligibility', { eligibility: 'طلاب' });
    expect(inArabic.rows).toEqual(rows);
  });

  it('find the exhibition of 2018 in the British Library, whatever the case of the code', async () => {
    const { rows } = await ask('events-by-country');
    expect(rows).toContainEqual(
      expect.objectContaining({ venue: 'British Library', start: '2018-09-28', countryCode: 'GB' }),
    );
    expect((await ask('events-by-country', { country: 'gb' })).rows).toEqual(rows);
    const everywhere = await ask('events-by-country', { country: '' });
    expect(everywhere.rows.length).toBeGreaterThan(rows.length);
  });

  it('name the parts of the Codex Parisino-petropolitanus, and where its text breaks off', async () => {
    const { rows } = await ask('dispersed-codices');
    const parts = rows
      .filter(({ codexLabel }) => codexLabel === 'Codex Parisino-petropolitanus')
      .map(({ partLabel }) => partLabel);
    for (const part of ['Paris part a', 'St Petersburg part', 'Khalili leaf', 'Vatican leaf'])
      expect(parts).toContain(`Codex Parisino-petropolitanus (${part})`);
    const breaks = await ask('codex-text-breaks');
    expect(breaks.rows[0]).toMatchObject({
      partLabel: 'Codex Parisino-petropolitanus (Paris part a)',
      lastVerse: 'https://w3id.org/isnad/quran/3:43',
      nextVerse: 'https://w3id.org/isnad/quran/3:84',
      versesBetween: '40',
    });
  });

  it('break off between the stretches of text, and nowhere else', async () => {
    const stretches = (await ask('codex-text-in-order', { words: '' })).rows;
    const breaks = (await ask('codex-text-breaks', { words: '' })).rows;
    expect(breaks.length).toBeGreaterThan(20);
    for (const { codex, lastVerse, nextVerse } of breaks) {
      const own = stretches.filter((stretch) => stretch['codex'] === codex);
      expect(own.some(({ endVerse }) => endVerse === lastVerse)).toBe(true);
      expect(own.some(({ startVerse }) => startVerse === nextVerse)).toBe(true);
    }
  });

  it.each<[string, WitnessParameters]>([
    ['witnesses-of-range', { from: '2:255' }],
    ['witnesses-of-range', { from: '2:1', to: '2:286' }],
    ['witnesses-of-range', { from: '1:1', to: '114:6' }],
    ['witnesses-before-date', { from: '2:255', to: '2:257', before: '0750' }],
    ['witnesses-before-date', { from: '19:1', to: '19:98', before: '0900' }],
  ])('of %s are those of the witness lookup for %j', async (name, parameters) => {
    const { rows } = await ask(name, parameters);
    const iris = createIris(baseIri);
    const criteria = readWitnessCriteria({ ...parameters, pageSize: '500' }, iris);
    const index = createWitnessIndex(store, baseIri);
    const { witnesses } = findWitnesses(await index.current(Date.now() + 10_000), criteria);
    index.close();
    // The lookup counts records of one object once; each of its records may stand in a row.
    const objectOf = new Map(
      witnesses.flatMap(({ object }, position) =>
        object.records.map(({ iri }) => [iri, position] as const),
      ),
    );
    const found = new Set(rows.map(({ manuscript = '' }) => objectOf.get(manuscript)));
    expect(witnesses.length).toBeGreaterThan(3);
    expect(found).toEqual(new Set(witnesses.keys()));
  });
});

/** What has an author whose name holds this text. */
const found = async (author: string): Promise<string[]> =>
  (await ask('outputs-by-author', { author })).rows.map(({ output = '' }) => output);

describe('a value', () => {
  const hostile = [
    '"',
    "'",
    '\\',
    '\\"',
    '}',
    '{',
    '> <',
    '<x>',
    '#',
    '# ',
    '\n',
    'a\r\nb',
    '?author',
    '"""',
    '") || true || CONTAINS("',
    '")) } UNION { ?s ?p ?o } #',
    '} ; DROP ALL ; #',
    'ديروش',
    '‮abc',
    '%00',
    '\u0000',
    '𝒟',
    ' '.repeat(50),
    'x'.repeat(5000),
  ];
  it('only ever narrows the answer, whatever stands in it', async () => {
    const { rows } = await ask('outputs-by-author', { author: '' });
    expect(rows.length).toBeGreaterThan(60);
    const before = store.head().sequence;
    const expected = (author: string): string[] =>
      rows
        .filter(({ authors = '' }) => authors.toLowerCase().includes(author.trim().toLowerCase()))
        .map(({ output = '' }) => output);
    for (const value of hostile)
      expect({ value, found: await found(value) }).toEqual({ value, found: expected(value) });
    // The oracle itself finds something.
    expect(expected('déroche').length).toBeGreaterThan(2);
    const pieces = fc.constantFrom(...hostile, 'Déroche', 'marx', ',', 'e');
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 3 }), async (parts) => {
        const value = parts.join('');
        expect(await found(value)).toEqual(expected(value));
      }),
      { numRuns: 25 },
    );
    expect(store.head().sequence).toBe(before);
  });

  it('stays text on the page', async () => {
    const author = '"><script>alert(1)</script>';
    const response = await get('queries/outputs-by-author', { author, format: 'html' });
    const page = await response.text();
    expect(page).toContain('&lt;script');
    expect(page).not.toContain('<script>alert');
  });
});

describe('what is refused', () => {
  it.each<[string, string, Record<string, string>, number, string]>([
    ['an unknown question', 'nothing', {}, 404, 'not-found'],
    ['a question that is a path', '..%2Fpackage', {}, 404, 'not-found'],
    ['an unknown parameter', 'witnesses-of-range', { form: '1:1' }, 400, 'invalid-parameter'],
    ['a bad day', 'needs', { on: '2026-13-01' }, 400, 'invalid-parameter'],
    ['an impossible verse', 'witnesses-of-range', { from: '115:1' }, 400, 'verse-reference'],
    ['an unknown concept', 'holdings-by-script', { script: 'kufic' }, 400, 'invalid-parameter'],
    ['an unknown format', 'needs', { format: 'pdf' }, 406, 'not-acceptable'],
    ['a format that cannot carry rows', 'needs', { format: 'ttl' }, 406, 'not-acceptable'],
  ])('%s', async (_, name, parameters, status, code) => {
    expect(await problem(await get(`queries/${name}`, parameters))).toMatchObject({ status, code });
  });

  it('names what is allowed', async () => {
    const unknown = await problem(await get('queries/holdings-by-script', { script: 'kufic' }));
    expect(unknown['allowed']).toContain('script/kufi');
    const question = await problem(await get('queries/nothing'));
    expect(question['allowed']).toEqual([...questions.keys()]);
  });

  it('a parameter that is given twice, or is no UTF-8', async () => {
    for (const query of ['on=2026-12-01&on=2026-12-02', 'on=%ff']) {
      const response = await fetch(`${server.address}queries/needs?${query}`);
      expect(await problem(response)).toMatchObject({ status: 400, code: 'invalid-parameter' });
    }
  });

  it('never counts as a fault of the service', () => {
    expect(internal).toEqual([]);
  });
});

describe('the formats', () => {
  it.each([
    ['json', 'application/sparql-results+json', '{"head"'],
    ['xml', 'application/sparql-results+xml', '<?xml'],
    ['csv', 'text/csv; charset=utf-8', 'need,needLabel,'],
    ['tsv', 'text/tab-separated-values; charset=utf-8', '?need\t?needLabel\t'],
  ])('%s, by ?format= and by Accept', async (format, type, start) => {
    const byAccept = { headers: { Accept: type.split(';')[0] ?? '' } };
    for (const response of [
      await get('queries/needs', { format }),
      await get('queries/needs', {}, byAccept),
    ]) {
      expect(response.headers.get('Content-Type')).toBe(type);
      expect(response.headers.get('X-Isnad-Commit')).toBe('1');
      expect((await response.text()).startsWith(start)).toBe(true);
    }
  });

  it('JSON for who takes anything, and under the name asked for', async () => {
    const any = await get('queries/needs');
    expect(any.headers.get('Content-Type')).toBe('application/sparql-results+json');
    const alias = await get('queries/needs', {}, { headers: { Accept: 'application/json' } });
    expect(alias.headers.get('Content-Type')).toMatch(/^application\/json/);
  });

  it('HEAD, and 304 for a copy that still holds', async () => {
    const head = await get('queries/needs', { format: 'csv' }, { method: 'HEAD' });
    const etag = head.headers.get('ETag') ?? '';
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const format of ['csv', 'html']) {
      const first = await get('queries/needs', { format });
      const tag = first.headers.get('ETag') ?? '';
      expect(await statusWith('queries/needs', { format }, tag)).toBe(304);
    }
    expect(await statusWith('queries/needs', { format: 'csv' }, etag)).toBe(304);
    const later = { format: 'csv', on: '2027-05-01' };
    expect(await statusWith('queries/needs', later, etag)).toBe(200);
  });
});

describe('the list of questions', () => {
  it('is JSON for programs', async () => {
    const response = await get('queries');
    const { queries }: { queries: { name: string; url: string }[] } = JSON.parse(
      await response.text(),
    );
    expect(queries.map(({ name }) => name)).toEqual([...questions.keys()]);
    expect(queries[0]?.url).toBe(`${baseIri}queries/calls-by-eligibility`);
  });

  it('is a page in four areas for people', async () => {
    const response = await get('queries', { lang: 'ar' }, { headers: { Accept: 'text/html' } });
    const page = await response.text();
    expect(page.match(/<h2 id="area-/g)).toHaveLength(4);
    for (const { name, title } of questions.values()) {
      expect(page).toContain(`<a href="/queries/${name}?lang=ar">${title.ar}</a>`);
    }
    expect((await get('queries', { format: 'csv' })).status).toBe(406);
  });
});

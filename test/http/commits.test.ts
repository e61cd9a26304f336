import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { operatorRoutes } from '../../src/http/operator-routes.ts';
import { routes } from '../../src/http/routes.ts';
import { listen, type Listening } from '../../src/http/server.ts';
import { createIris } from '../../src/model/iris.ts';
import { readSettings } from '../../src/settings.ts';
import { createEmbeddedStore } from '../../src/store/embedded.ts';
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';

const base = 'http://localhost:3030/';
const graph = `${base}dataset/one`;
const record = `${base}id/manuscript/a1`;
const hostile = '<script>alert(1)</script>';
const dataDir = mkdtempSync(path.join(tmpdir(), 'isnad-commits-'));
const faults: unknown[] = [];
const notAsked = (): Promise<never> => Promise.reject(new Error('This is not asked here.'));
let store: EmbeddedStore;
let web: Listening;
let operator: Listening;

const line = (subject: string, text: string): Uint8Array =>
  Buffer.from(`<${subject}> <${base}p> "${text}" <${graph}> .\n`);

const write = (
  message: string,
  added: readonly Uint8Array[],
  removed: readonly Uint8Array[] = [],
) =>
  store.write(
    { kind: 'delta', deltas: [{ graph, added, removed }] },
    { activity: 'update', actor: 'tester', message },
  );

beforeAll(async () => {
  store = await createEmbeddedStore({
    dataDir,
    baseIri: base,
    engineReaders: 1,
    engineMemoryMb: 'auto',
    queryQueueMax: 50,
  });
  await write('The first', [line(record, 'one'), line(`${record}#part`, 'نص')]);
  await write(
    hostile,
    [line(record, hostile), line(`${base}id/agent/x`, 'x')],
    [line(record, 'one')],
  );
  await write('Another record', [line(`${base}id/agent/x`, 'y')]);
  const witnesses = { current: notAsked, close: notAsked };
  const services = { store, settings: readSettings({}), iris: createIris(base), witnesses };
  const appOf = (all: typeof routes) => createApp(services, all, (error) => faults.push(error));
  const place = { host: '127.0.0.1', port: 0 };
  web = await listen(appOf(routes), place);
  operator = await listen(appOf([...routes, ...operatorRoutes]), place);
});
afterAll(async () => {
  await Promise.all([web.close(), operator.close()]);
  await store.close();
  rmSync(dataDir, { recursive: true });
});

const get = (pathname: string, accept = '*/*'): Promise<Response> =>
  fetch(new URL(pathname, web.address), { headers: { accept } });
const page = async (pathname: string): Promise<string> => (await get(pathname, 'text/html')).text();

describe('the list of commits', () => {
  it('holds all of them, newest first, in parts that are linked', async () => {
    const first = await get('/commits?limit=2');
    const answer: unknown = await first.json();
    expect(answer).toMatchObject({
      commits: [
        { sequence: 3, actor: 'tester', addedQuads: 1, removedQuads: 0 },
        { sequence: 2, activity: 'update', addedQuads: 2, removedQuads: 1 },
      ],
      next: '/commits?limit=2&before=2',
    });
    expect(first.headers.get('link')).toContain('</commits?limit=2&before=2>; rel="next"');
    const rest = await get('/commits?limit=2&before=2');
    expect(await rest.json()).toMatchObject({ commits: [{ sequence: 1 }] });
    expect(rest.headers.get('link')).not.toContain('rel="next"');
  });

  it('is narrowed to a graph, and refuses what it cannot read', async () => {
    const own = await get(`/commits?graph=${encodeURIComponent(graph)}`);
    expect(await own.json()).toMatchObject({ commits: [{ sequence: 3 }, { sequence: 2 }, {}] });
    const none = await get(`/commits?graph=${encodeURIComponent(`${base}dataset/none`)}`);
    expect(await none.json()).toEqual({ commits: [] });
    for (const query of ['limit=0', 'limit=501', 'limit=x', 'before=0', 'before=-1', 'page=2'])
      expect((await get(`/commits?${query}`)).status).toBe(400);
    expect((await get('/commits', 'image/png')).status).toBe(406);
  });

  it('is a page in both languages, with a picture and nothing that runs', async () => {
    const english = await page('/commits?lang=en');
    expect(english).toContain('<h1>Commits</h1>');
    expect(english).toContain('role="group"');
    expect(english).not.toContain(hostile);
    expect(english).toContain('&lt;script>alert');
    expect(await page('/commits?lang=ar')).toContain('<h1>الإيداعات</h1>');
  });
});

describe('the dump', () => {
  it('holds one commit, the newest or the one asked for', async () => {
    const newest = await get('/dump.nq');
    expect(newest.headers.get('x-isnad-commit')).toBe('3');
    const text = await newest.text();
    expect(text).toContain(`<${base}id/agent/x> <${base}p> "y" <${graph}> .\n`);
    expect(text).toContain(`<${base}provenance> .\n`);
    expect(await (await get('/dump.nq?at=3')).text()).toBe(text);
    const first = await get(`/dump.nq?at=1&graph=${encodeURIComponent(graph)}`);
    expect(first.headers.get('x-isnad-commit')).toBe('1');
    expect(await first.text()).toBe(
      Buffer.concat([line(`${record}#part`, 'نص'), line(record, 'one')]).toString(),
    );
  });

  it('refuses a commit and a graph there are not, and what it does not know', async () => {
    for (const query of ['at=0', 'at=4', 'at=x', 'at=', 'at=1&at=2', 'before=1'])
      expect((await get(`/dump.nq?${query}`)).status).toBe(400);
    expect((await get(`/dump.nq?graph=${encodeURIComponent(`${base}none`)}`)).status).toBe(404);
  });
});

describe('a commit', () => {
  it('says who, when, why and how much', async () => {
    const answer: unknown = await (await get('/commits/2')).json();
    expect(answer).toMatchObject({
      sequence: 2,
      message: hostile,
      graphs: [{ graph, addedQuads: 2, removedQuads: 1, created: false, dropped: false }],
    });
    const html = await page('/commits/2');
    expect(html).toContain('href="/commits/2/diff?format=html"');
    expect(html).not.toContain(hostile);
  });

  it('that is not there is not found', async () => {
    for (const number of ['0', '4', '99999999999', 'x', '1.5', '-1']) {
      expect((await get(`/commits/${number}`)).status).toBe(404);
      expect((await get(`/commits/${number}/state?of=a:b`)).status).toBe(404);
    }
    expect((await get('/commits/4/diff')).status).toBe(404);
    expect((await get('/commits/2/diff?from=4')).status).toBe(400);
  });

  it('has a difference, as the golden file says it', async () => {
    const answer = await get('/commits/2/diff');
    expect(answer.headers.get('content-type')).toContain('application/rdf-patch');
    const golden = path.join(import.meta.dirname, '..', 'fixtures', 'golden', 'commit-diff.rdfp');
    expect(await answer.text()).toBe(readFileSync(golden, 'utf8'));
  });

  it('has a difference as JSON and as a page', async () => {
    const answer: unknown = await (await get('/commits/3/diff?from=0&format=json')).json();
    expect(answer).toMatchObject({
      from: 0,
      to: 3,
      addedQuads: 4,
      removedQuads: 0,
      truncated: false,
    });
    const html = await page('/commits/2/diff');
    expect(html).toContain('<del>− &lt;http://localhost:3030/id/manuscript/a1>');
    expect(html).not.toContain(hostile);
  });

  it('shows what a graph and a record were then', async () => {
    const ofGraph = await get(`/commits/1/state?of=${encodeURIComponent(graph)}`);
    expect((await ofGraph.text()).split('\n')).toHaveLength(3);
    const ofRecord = await (await get(`/commits/3/state?of=${encodeURIComponent(record)}`)).text();
    expect(ofRecord).toContain(hostile);
    expect(ofRecord).toContain('نص');
    expect(ofRecord).not.toContain('"one"');
    expect(ofRecord).not.toContain('agent');
    expect((await get('/commits/1/state?of=a:nothing')).status).toBe(404);
    expect((await get('/commits/1/state')).status).toBe(400);
  });
});

describe('the history of a record', () => {
  it('holds the commits that touched it or its parts, with the counts of its own', async () => {
    const answer: unknown = await (await get('/doc/manuscript/a1/history')).json();
    expect(answer).toMatchObject({
      commits: [
        { sequence: 2, addedQuads: 1, removedQuads: 1 },
        { sequence: 1, addedQuads: 2, removedQuads: 0 },
      ],
    });
    expect(await page('/doc/manuscript/a1/history')).toContain('<h1>History</h1>');
    expect((await get('/doc/manuscript/none/history')).status).toBe(404);
    expect((await get('/doc/nothing/a1/history')).status).toBe(404);
  });

  it('is linked from its page', async () => {
    expect(await page('/doc/manuscript/a1')).toContain('href="/doc/manuscript/a1/history"');
  });
});

const undo = (at: Listening, number: number, body: unknown = {}): Promise<Response> =>
  fetch(new URL(`/commits/${number}/undo`, at.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('the undo of a commit', () => {
  it('is there for the operator only', async () => {
    expect((await undo(web, 3)).status).toBe(404);
    expect((await undo(operator, 3, { wrong: true })).status).toBe(400);
    expect((await undo(operator, 77)).status).toBe(404);
  });

  it('takes it back, or says why not', async () => {
    const refused = await undo(operator, 1);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'undo-conflict',
      touchedLaterQuads: 1,
      touchedLater: [`<${record}> <${base}p> "one" <${graph}> .`],
    });
    const done = await undo(operator, 3, { message: 'It was wrong' });
    expect(await done.json()).toMatchObject({
      undone: 3,
      leftQuads: 0,
      commit: { sequence: 4, message: 'It was wrong', details: { undoes: 3 }, removedQuads: 1 },
    });
    expect(await page('/commits/4')).toContain('href="/commits/3"');
  });
});

const redact = (at: Listening, body: unknown): Promise<Response> =>
  fetch(new URL('/operator/redactions', at.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('a redaction', () => {
  const of = { kind: 'commit', sequence: 2, graph };

  it('is there for the operator only, and refuses what it does not know', async () => {
    expect((await redact(web, { of, reason: 'By order', dryRun: true })).status).toBe(404);
    expect((await redact(operator, { of, reason: '', dryRun: true })).status).toBe(400);
    expect(
      (await redact(operator, { of: { kind: 'all' }, reason: 'x', dryRun: true })).status,
    ).toBe(400);
  });

  it('tells its progress, then what it withheld, which is shown of the commit', async () => {
    const preview = await (await redact(operator, { of, reason: 'By order', dryRun: true })).text();
    const planned = JSON.parse(preview.trimEnd().split('\n').at(-1) ?? '');
    expect(planned).not.toHaveProperty('result.commit');
    const answer = await (await redact(operator, { of, reason: 'By order', dryRun: false })).text();
    const lines = answer
      .trimEnd()
      .split('\n')
      .map((each) => JSON.parse(each));
    expect(lines[0]).toMatchObject({ progress: { stage: 'search', done: 1 } });
    expect(lines.at(-1)).toMatchObject({
      result: { ...planned.result, commit: { description: { message: 'By order' } } },
    });
    const commit: unknown = await (await get('/commits/2')).json();
    expect(commit).toMatchObject({ withheldQuads: planned.result.lines });
    expect(await page('/commits/2')).toContain('Withheld by a redaction');
    expect(await (await get('/commits')).text()).not.toContain('payloads');
    const state = await (await get(`/commits/3/state?of=${encodeURIComponent(graph)}`)).text();
    for (const each of planned.result.listed) expect(state).not.toContain(each);
    const error = await (await redact(operator, { of, reason: 'Again', dryRun: false })).text();
    expect(error).toContain('"not-found"');
  });
});

it('none of this was a fault of the service', () => expect(faults).toEqual([]));

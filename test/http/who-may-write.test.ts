import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shared } from '../../src/model/terms.ts';
import { operatorRoutes } from '../../src/http/operator-routes.ts';
import { routes } from '../../src/http/routes.ts';
import {
  iris,
  principals,
  sparqlUpdate,
  startWritingService,
  turtle,
  updating,
  type PrincipalName,
  type WritingService,
} from './writing-service.ts';

const one = iris.dataset('one');
const everybody: readonly PrincipalName[] = [
  'anonymous',
  'reader',
  'reader of one',
  'writer of one',
  'writer of two',
  'admin',
  'operator',
];
const admins = ['admin', 'operator'];
const writersOfOne = ['writer of one', ...admins];

const graphAt = (graph: string): string => `/graphs?${new URLSearchParams({ graph })}`;
const triple = '<a:s> <a:p> <a:o> .';
const sending = (method: string, type: string, body: string): RequestInit => ({
  method,
  headers: { 'content-type': type },
  body,
});

interface Attempt {
  readonly route: string;
  readonly what: string;
  readonly path: string;
  readonly init: RequestInit;
  readonly may: readonly string[];
}

const targets = [
  { name: 'the graph of dataset one', path: graphAt(one), may: writersOfOne },
  { name: 'the shared ontology', path: graphAt(shared.graphs.ontology), may: admins },
  { name: 'the default graph', path: '/graphs?default', may: admins },
  { name: 'any other graph', path: graphAt('http://g.example/other'), may: admins },
  { name: 'the provenance graph', path: graphAt(iris.provenance), may: [] },
];

const graphAttempts: readonly Attempt[] = targets.flatMap(({ name, path, may }) => [
  { route: 'PUT /graphs', what: name, path, init: sending('PUT', turtle, triple), may },
  { route: 'POST /graphs', what: name, path, init: sending('POST', turtle, triple), may },
  {
    route: 'PATCH /graphs',
    what: name,
    path,
    init: sending('PATCH', sparqlUpdate, 'INSERT DATA { <a:s> <a:q> <a:o> }'),
    may,
  },
  { route: 'DELETE /graphs', what: name, path, init: { method: 'DELETE' }, may },
]);

const ownAddress = '/graphs/new/graph';
const directAttempts: readonly Attempt[] = [
  sending('PUT', turtle, triple),
  sending('POST', turtle, triple),
  sending('PATCH', sparqlUpdate, 'INSERT DATA { <a:s> <a:q> <a:o> }'),
  { method: 'DELETE' },
].map((init) => ({
  route: `${init.method} /graphs/*name`,
  what: 'a graph at its own address',
  path: ownAddress,
  init,
  may: admins,
}));

const update = (what: string, text: string, may: readonly string[]): Attempt => ({
  route: 'POST /update',
  what,
  path: '/update',
  init: updating(text),
  may,
});
const inOne = `GRAPH <${one}> { <a:s> <a:p> 1 }`;

const attempts: readonly Attempt[] = [
  ...graphAttempts,
  ...directAttempts,
  {
    route: 'POST /graphs',
    what: 'a new graph that the service names',
    path: '/graphs',
    init: sending('POST', turtle, triple),
    may: admins,
  },
  update('in dataset one', `INSERT DATA { ${inOne} }`, writersOfOne),
  update('in the default graph', 'INSERT DATA { <a:s> <a:p> 1 }', admins),
  update('in dataset one and beside it', `INSERT DATA { ${inOne} <a:s> <a:p> 1 }`, admins),
  update('of all graphs', 'CLEAR ALL', admins),
  update(
    'in a graph that is known only when it is worked out',
    `INSERT { GRAPH ?g { <a:s> <a:p> 2 } } WHERE { BIND (<http://g.example/found> AS ?g) }`,
    admins,
  ),
  update(
    'in dataset one as it turns out',
    `INSERT { GRAPH ?g { <a:s> <a:p> 3 } } WHERE { BIND (<${one}> AS ?g) }`,
    writersOfOne,
  ),
  update('of the provenance graph', `DROP SILENT GRAPH <${iris.provenance}>`, []),
  {
    route: 'GET /admin/tokens',
    what: 'the list of tokens',
    path: '/admin/tokens',
    init: {},
    may: admins,
  },
  {
    route: 'POST /admin/tokens',
    what: 'a token of one’s own making',
    path: '/admin/tokens',
    init: sending('POST', 'application/json', '{"name":"new","scope":"admin"}'),
    may: admins,
  },
  {
    route: 'DELETE /admin/tokens/:token',
    what: 'a token',
    path: '/admin/tokens/new',
    init: { method: 'DELETE' },
    may: admins,
  },
];

let service: WritingService;
beforeAll(async () => {
  service = await startWritingService();
  await service.ask('operator', '/update', updating(`INSERT DATA { ${inOne} }`));
});
afterAll(() => service.close());

/** What becomes of an attempt that is let through: whether there is anything to do is another question. */
const letThrough = [200, 201, 204, 404, 409];

describe.each(everybody)('%s', (who) => {
  const mine = attempts.filter(({ may }) => may.includes(who));
  it.each(mine)('may: $route, $what', async ({ path, init }) => {
    const answer = await service.ask(who, path, init);
    expect(letThrough).toContain(answer.status);
  });

  const others = attempts.filter(({ may }) => !may.includes(who));
  const refusal = who === 'anonymous' ? [401, 'token-missing'] : [403, 'forbidden'];
  it.each(others)('may not: $route, $what', async ({ path, init }) => {
    const before = service.store.head();
    const answer = await service.ask(who, path, init);
    const problem: { code: string } = await answer.json();
    expect([answer.status, problem.code]).toEqual(refusal);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
    expect(service.store.head()).toEqual(before);
  });
});

describe('the matrix', () => {
  it('has every route that writes, over TCP; all others only read', () => {
    const writing = routes.filter(({ method }) => method !== 'GET' && method !== 'QUERY');
    const reading = ['POST /sparql'];
    const served = writing
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !reading.includes(route));
    const tried = new Set(
      attempts.map(({ route }) => route).filter((route) => !route.startsWith('GET')),
    );
    expect([...tried].toSorted()).toEqual(served.toSorted());
  });

  it('knows no operator’s route over TCP', async () => {
    const before = service.store.head();
    for (const { method, path } of operatorRoutes) {
      const answer = await service.ask('admin', path.replace(':sequence', '1'), { method });
      expect([404, 405]).toContain(answer.status);
    }
    expect(service.store.head()).toEqual(before);
  });

  it('has all kinds of principals', () => {
    expect(everybody).toEqual([...Object.keys(principals), 'operator']);
  });

  it('caused no fault of the service', () => expect(service.faults).toEqual([]));
});

describe('a commit', () => {
  it('bears the name of the token that made it', async () => {
    await service.ask(
      'writer of one',
      '/update',
      updating(`INSERT DATA { GRAPH <${one}> { <a:n> <a:p> 1 } }`),
    );
    const answer = await service.send(`/commits/${service.store.head().sequence}?format=json`);
    expect(await answer.json()).toMatchObject({ actor: 'writer of one', activity: 'update' });
    await service.ask('admin', graphAt(one), sending('POST', turtle, '<a:m> <a:p> 1 .'));
    const next = await service.send(`/commits/${service.store.head().sequence}?format=json`);
    expect(await next.json()).toMatchObject({ actor: 'admin', activity: 'graph-store' });
  });
});

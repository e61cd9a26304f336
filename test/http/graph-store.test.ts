import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRdf } from '../../src/rdf/parse.ts';
import type { RdfMediaType } from '../../src/rdf/media-types.ts';
import { base, iris, sparqlUpdate, startWritingService, turtle } from './writing-service.ts';
import type { WritingService } from './writing-service.ts';

let service: WritingService;
beforeAll(async () => {
  service = await startWritingService(undefined, { ISNAD_GRAPH_BYTES_MAX: '100000' });
});
afterAll(() => service.close());

let count = 0;
/** A graph that no other test has, and its address. */
const newGraph = () => {
  count += 1;
  const graph = `http://g.example/${count}`;
  return { graph, address: `/graphs?${new URLSearchParams({ graph })}` };
};
const send = (
  method: string,
  address: string,
  body?: string,
  type: string = turtle,
): Promise<Response> =>
  service.ask('admin', address, {
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': type } }),
  });
const get = async (address: string, accept = 'application/n-triples'): Promise<string> => {
  const answer = await service.send(address, { headers: { accept } });
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.toSorted().join('\n');
};
const statusOf = async (method: string, address: string): Promise<number> =>
  (await service.ask('admin', address, { method })).status;

/** A part of a form, between boundaries called edge. */
const part = (name: string, text: string): string =>
  `--edge\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: text/turtle\r\n\r\n${text}\r\n`;

describe('a graph named by ?graph=', () => {
  it('is made, replaced, added to, patched and removed, each in one commit', async () => {
    const { graph, address } = newGraph();
    expect(await statusOf('GET', address)).toBe(404);
    const before = service.store.head().sequence;
    const made = await send('PUT', address, '<s> <p> 1, 2 .');
    expect([made.status, made.headers.get('x-isnad-commit')]).toEqual([201, String(before + 1)]);
    expect(await get(address)).toBe(
      [1, 2]
        .map(
          (n) =>
            `<http://g.example/s> <http://g.example/p> "${n}"^^<http://www.w3.org/2001/XMLSchema#integer> .`,
        )
        .join('\n'),
    );
    expect((await send('PUT', address, '<a:s> <a:p> <a:o> .')).status).toBe(204);
    expect((await send('POST', address, '<a:s> <a:p> <a:two> .')).status).toBe(204);
    const patch = 'DELETE { ?s ?p <a:o> } INSERT { ?s <a:q> ?p } WHERE { ?s ?p <a:o> }';
    expect((await send('PATCH', address, patch, sparqlUpdate)).status).toBe(204);
    expect(await get(address)).toBe('<a:s> <a:p> <a:two> .\n<a:s> <a:q> <a:p> .');
    expect(await service.holds(`GRAPH <${graph}> { <a:s> <a:q> <a:p> }`)).toBe(true);
    expect(await statusOf('DELETE', address)).toBe(204);
    expect(await statusOf('GET', address)).toBe(404);
    expect(await statusOf('DELETE', address)).toBe(404);
    expect(service.store.head().sequence).toBe(before + 5);
  });

  it('is read by anybody, as RDF in every format, with HEAD, and from what a client holds', async () => {
    const { address } = newGraph();
    await send('PUT', address, '<a:s> <a:p> "نص"@ar .');
    const types: RdfMediaType[] = [
      'text/turtle',
      'application/n-triples',
      'application/rdf+xml',
      'application/ld+json',
    ];
    for (const mediaType of types) {
      const answer = await service.send(address, { headers: { accept: mediaType } });
      expect(answer.headers.get('content-type')?.split(';')[0]).toBe(mediaType);
      expect(answer.headers.get('accept-patch')).toBe(sparqlUpdate);
      const quads = await parseRdf(await answer.text(), { mediaType, baseIri: base });
      expect(quads).toHaveLength(1);
    }
    const charset = { headers: { accept: 'text/turtle; charset=utf-8' } };
    const head = await service.send(address, { method: 'HEAD', ...charset });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const held = { 'if-none-match': head.headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
    const again = await service.send(address, { headers: { ...charset.headers, ...held } });
    expect(again.status).toBe(304);
    expect((await service.send(`${address}&format=nt`)).headers.get('content-type')).toContain(
      'application/n-triples',
    );
    expect((await service.send(address, { headers: { accept: 'image/png' } })).status).toBe(406);
  });

  it('that is empty is there until it is removed', async () => {
    const { address } = newGraph();
    expect((await send('PUT', address, '')).status).toBe(201);
    expect(await get(address)).toBe('');
    expect(await statusOf('DELETE', address)).toBe(204);
  });

  it.each<[string, string]>([
    ['application/n-triples', '<a:s> <a:p> <a:o> .'],
    [
      'application/rdf+xml',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="a:s"><p xmlns="a:" rdf:resource="a:o"/></rdf:Description></rdf:RDF>',
    ],
    ['application/ld+json', '{"@id":"a:s","a:p":{"@id":"a:o"}}'],
    ['application/trig', '<a:s> <a:p> <a:o> .'],
    ['application/n-quads', '<a:s> <a:p> <a:o> .'],
  ])('is written in %s', async (type, body) => {
    const { address } = newGraph();
    expect((await send('PUT', address, body, type)).status).toBe(201);
    expect(await get(address)).toBe('<a:s> <a:p> <a:o> .');
  });

  it('is written from the parts of a form, whose blank nodes are their own', async () => {
    const { address } = newGraph();
    const body = `${part('a', '_:b <a:p> 1 .')}${part('b', '_:b <a:p> 2 .')}--edge--\r\n`;
    const type = 'multipart/form-data; boundary=edge';
    expect((await send('POST', address, body, type)).status).toBe(201);
    const subjects = (await get(address)).split('\n').map((line) => line.split(' ')[0]);
    expect(new Set(subjects).size).toBe(2);
  });

  it('keeps its blank nodes apart from those written before', async () => {
    const { address } = newGraph();
    await send('POST', address, '_:b <a:p> 1 .');
    await send('POST', address, '_:b <a:p> 1 .');
    expect((await get(address)).split('\n')).toHaveLength(2);
  });
});

describe('a graph named by its own address', () => {
  it('is the one under the base of the installation', async () => {
    expect((await send('PUT', '/graphs/person/1.ttl', '<> <a:p> <b> .')).status).toBe(201);
    const iri = `${base}graphs/person/1.ttl`;
    expect(await get('/graphs/person/1.ttl')).toBe(`<${iri}> <a:p> <${base}graphs/person/b> .`);
    expect(await get(`/graphs?${new URLSearchParams({ graph: iri })}`)).toContain(iri);
    expect(await statusOf('DELETE', '/graphs/person/1.ttl')).toBe(204);
  });

  it('is told to who leaves the naming to the service', async () => {
    const answer = await send('POST', '/graphs', '<a:s> <a:p> <a:o> .');
    expect(answer.status).toBe(201);
    const location = answer.headers.get('location') ?? '';
    expect(location).toMatch(new RegExp(`^${base}graphs/[0-9a-f-]{36}$`));
    expect(await get(new URL(location).pathname)).toBe('<a:s> <a:p> <a:o> .');
  });
});

describe('the default graph', () => {
  it('is the store’s own, always there, and emptied by DELETE', async () => {
    await send('PUT', newGraph().address, '<a:elsewhere> <a:p> 1 .');
    expect((await send('PUT', '/graphs?default', '<a:here> <b> <c> .')).status).toBe(204);
    expect(await get('/graphs?default')).toBe(`<a:here> <${base}b> <${base}c> .`);
    expect((await send('PATCH', '/graphs?default', 'CLEAR DEFAULT', sparqlUpdate)).status).toBe(
      204,
    );
    expect(await get('/graphs?default')).toBe('');
    expect(await statusOf('DELETE', '/graphs?default')).toBe(204);
  });
});

describe('what cannot be', () => {
  const target = '/graphs?graph=http%3A%2F%2Fg.example%2Fx';
  const other = 'GRAPH <http://g.example/y> { <a:s> <a:p> 1 }';
  it.each<[string, string, string, string | undefined, string, number, string]>([
    ['no graph', 'PUT', '/graphs', '<a:s> <a:p> 1 .', turtle, 400, 'invalid-parameter'],
    ['no graph to read', 'GET', '/graphs', undefined, '', 400, 'invalid-parameter'],
    ['a relative IRI', 'PUT', '/graphs?graph=x', '', turtle, 400, 'invalid-parameter'],
    ['two graphs', 'PUT', `${target}&default`, '', turtle, 400, 'invalid-parameter'],
    ['a graph twice', 'PUT', `${target}&graph=a%3Ab`, '', turtle, 400, 'invalid-parameter'],
    ['a parameter there is not', 'PUT', `${target}&x=1`, '', turtle, 400, 'invalid-parameter'],
    ['a default with a value', 'PUT', '/graphs?default=1', '', turtle, 400, 'invalid-parameter'],
    ['a format to write in', 'PUT', `${target}&format=nt`, '', turtle, 400, 'invalid-parameter'],
    ['broken Turtle', 'PUT', target, '<a:s> <a:p>', turtle, 400, 'rdf-syntax'],
    ['an IRI no engine stores', 'PUT', target, '<a:s> <a:p> <x y> .', turtle, 400, 'rdf-syntax'],
    ['a type that is not RDF', 'PUT', target, 'x', 'text/html', 415, 'unsupported-media-type'],
    [
      'another encoding',
      'PUT',
      target,
      '',
      `${turtle};charset=utf-16`,
      415,
      'unsupported-media-type',
    ],
    ['too much', 'PUT', target, '#'.repeat(100_001), turtle, 413, 'request-too-large'],
    [
      'a form without its end',
      'POST',
      target,
      '--x\r\n\r\n',
      'multipart/form-data; boundary=x',
      400,
      'invalid-parameter',
    ],
    [
      'a form without a boundary',
      'POST',
      target,
      '',
      'multipart/form-data',
      400,
      'invalid-parameter',
    ],
    [
      'a graph of its own',
      'PUT',
      target,
      '<a:s> <a:p> <a:o> <a:g> .',
      'application/n-quads',
      400,
      'rdf-syntax',
    ],
    [
      'a context elsewhere',
      'PUT',
      target,
      '{"@context":"http://x.example/"}',
      'application/ld+json',
      422,
      'remote-context',
    ],
    [
      'entities',
      'PUT',
      target,
      '<!DOCTYPE x [<!ENTITY e "e">]><x/>',
      'application/rdf+xml',
      422,
      'delivery-unsafe',
    ],
    [
      'a patch of another graph',
      'PATCH',
      target,
      `INSERT DATA { ${other} }`,
      sparqlUpdate,
      422,
      'query-unsupported',
    ],
    ['a patch of all graphs', 'PATCH', target, 'CLEAR ALL', sparqlUpdate, 422, 'query-unsupported'],
    [
      'a patch as a form',
      'PATCH',
      target,
      'update=x',
      'application/x-www-form-urlencoded',
      415,
      'unsupported-media-type',
    ],
    [
      'a patch that turns out to reach further',
      'PATCH',
      target,
      'INSERT { GRAPH ?g { <a:s> <a:p> 1 } } WHERE { BIND (<a:g> AS ?g) }',
      sparqlUpdate,
      403,
      'forbidden',
    ],
  ])('%s', async (_, method, address, body, type, status, code) => {
    const before = service.store.head();
    const answer = await send(method, address, body, type);
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
    expect(service.store.head()).toEqual(before);
  });

  it('hurts nothing: the service still reads and writes', async () => {
    const { address } = newGraph();
    expect((await send('PUT', address, '<a:s> <a:p> <a:o> .')).status).toBe(201);
    expect(service.faults).toEqual([]);
  });

  it('is to read what is not there, whoever asks', async () => {
    const answer = await service.send(
      `/graphs?${new URLSearchParams({ graph: iris.dataset('no') })}`,
    );
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'not-found' }]);
  });
});

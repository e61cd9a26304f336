import { routes } from '../../src/http/routes.ts';
import type { Choose } from './fuzz-mutate.ts';
import type { RawRequest } from './raw-request.ts';

/** Requests of one kind, which are mutated before they are sent. */
export interface Seed {
  readonly name: string;
  readonly make: (pick: Choose) => RawRequest;
}

const values = [
  '2:255',
  '2:255-2:257',
  'manuscript',
  'm1',
  'loaded',
  'loaded.ttl',
  'witnesses-of-a-verse',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '%ff%fe',
  '__proto__',
  'constructor',
  '١:٢',
  '0',
  '-1',
  '99999999999999999999',
  'a'.repeat(3000),
  '',
] as const;
const parameters = [
  'query',
  'from',
  'to',
  'format',
  'pageSize',
  'page',
  'before',
  'dating',
  'default-graph-uri',
  'named-graph-uri',
  'graph',
  'lang',
  'q',
  'cursor',
  'at',
] as const;
const accepts = [
  '*/*',
  'text/html',
  'application/ld+json',
  'text/turtle;q=0.1, application/rdf+xml',
  'application/sparql-results+json',
  'text/csv',
  'nonsense',
  ';;;q=2',
] as const;
const queries = [
  'SELECT * { ?s ?p ?o } LIMIT 10',
  'PREFIX a: <a:> ASK { a:b a:c ?d FILTER(REGEX(?d, "(a+)+$")) }',
  'CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 5',
  'DESCRIBE <http://localhost:3030/id/manuscript/m1>',
  'SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
  'INSERT DATA { <a:s> <a:p> "o" }',
] as const;
const bodies = [
  '{"path":"/nonexistent/isnad","format":"rdf","dataset":{"slug":"x","title":"X","licence":"a:b"}}',
  '[[[[[[[[{"a":1}]]]]]]]]',
  `query=${encodeURIComponent(queries[0])}`,
  ...queries,
] as const;
const contentTypes = [
  'application/sparql-query',
  'application/sparql-update',
  'application/x-www-form-urlencoded',
  'application/json',
  'application/json; charset=utf-7',
  'multipart/form-data; boundary=x',
  '',
] as const;
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'] as const;

/** The routes as the service lists them, so that a new route is tried without a change here. */
export const readSeeds = (): Seed[] => {
  const paths = [...new Set(routes.map(({ path }) => path))];
  return paths.map((path): Seed => {
    return {
      name: path,
      make: (pick) => {
        const filled = path.replaceAll(/\{?\*?:?\b(?<=[:*])\w+\}?/g, () => pick(values));
        const query = Array.from({ length: pick([0, 1, 2, 3]) }, () => {
          const name = pick(parameters);
          const value = name === 'query' ? pick(queries) : pick(values);
          return `${name}=${pick([encodeURIComponent(value), value.replaceAll(/\s/g, '+')])}`;
        }).join('&');
        const own = routes.filter((route) => route.path === path).map(({ method }) => method);
        const method = pick([...own, ...own, ...own, ...methods]);
        const body = method === 'GET' || method === 'HEAD' ? '' : pick(bodies);
        return request(method, query === '' ? filled : `${filled}?${query}`, body, pick);
      },
    };
  });
};

const request = (method: string, target: string, body: string, pick: Choose): RawRequest => ({
  method,
  target: Buffer.from(target),
  headers: [
    ['Accept', Buffer.from(pick(accepts))],
    ['Content-Type', Buffer.from(pick(contentTypes))],
    ['Accept-Language', Buffer.from(pick(['ar', 'en', '*', ';q=', 'x'.repeat(200)]))],
    ['If-None-Match', Buffer.from(pick(['"x"', '*', 'W/', '""""']))],
  ],
  body: Buffer.from(body),
});

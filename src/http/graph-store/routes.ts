import type { Route } from '../route.ts';
import { graphStorePath } from './graph-address.ts';
import { answerGraph } from './read-graph.ts';
import { graphWriters } from './write-graph.ts';

const methods = [
  { method: 'GET', what: 'one graph as RDF', handle: answerGraph },
  { method: 'PUT', what: 'with a token: replaces what a graph holds', handle: graphWriters.PUT },
  { method: 'POST', what: 'with a token: adds triples to a graph', handle: graphWriters.POST },
  {
    method: 'PATCH',
    what: 'with a token: does a SPARQL update of one graph',
    handle: graphWriters.PATCH,
  },
  { method: 'DELETE', what: 'with a token: removes a graph', handle: graphWriters.DELETE },
] as const;

const row = (path: string, naming: string): Route[] =>
  methods.map(({ method, what, handle }) => ({
    method,
    path,
    summary: `Graph store, graph named by ${naming}: ${what}.`,
    handle,
  }));

/** The SPARQL 1.1 Graph Store Protocol. */
export const graphStoreRoutes: readonly Route[] = [
  ...row(graphStorePath, '?graph= or ?default'),
  ...row(`${graphStorePath}/*name`, 'its own address'),
];

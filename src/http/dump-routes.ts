import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { IsnadError } from '../errors.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';

/** The graphs asked for; all of them when none is named. */
const graphsOf = async (request: Request, { store }: Services): Promise<readonly string[]> => {
  const { graph, ...others } = request.query;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new IsnadError('invalid-parameter', `There is no parameter “${unknown.slice(0, 80)}”.`, {
      extra: { parameter: unknown.slice(0, 80), allowed: ['graph'] },
    });
  }
  const known = (await store.listGraphs()).map((each) => each.graph);
  if (graph === undefined) return known;
  const named = [graph].flat().map(String);
  const missing = named.find((each) => !known.includes(each));
  if (missing === undefined) return named;
  throw new IsnadError('not-found', `There is no graph ${missing.slice(0, 200)}.`, {
    extra: { graphs: known },
  });
};

/** Graph by graph, so that no more than one of them is in memory. */
const piecesOf = async function* piecesOf(
  { store }: Services,
  graphs: readonly string[],
): AsyncGenerator<Uint8Array> {
  for (const graph of graphs) yield* (await store.readGraph(graph))?.nquads ?? [];
};

const answerDump = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const graphs = await graphsOf(request, services);
  const commit = services.store.head().sequence;
  response.type('application/n-quads').set('X-Isnad-Commit', String(commit));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  // A failure in between ends the connection, so that a cut dump cannot pass for a whole one.
  await pipeline(Readable.from(piecesOf(services, graphs)), response);
};

export const dumpRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/dump.nq',
    summary: 'All data, or the graphs named by ?graph=, as canonical N-Quads.',
    handle: answerDump,
  },
];

import type { Request, Response } from 'express';
import { IsnadError } from '../errors.ts';
import { mayShow } from '../catalogue/may-show.ts';
import { askerOf } from './asker.ts';
import type { Route } from './route.ts';
import { sendPieces } from './send-pieces.ts';
import type { Services } from './services.ts';

/** How long it may take to read the journal up to the first piece. */
const pieceTimeoutMs = 30_000;

/** The commit asked for by `?at=`; the newest when none is. */
const commitOf = (request: Request, { store }: Services): number => {
  const { at } = request.query;
  const newest = store.head().sequence;
  if (at === undefined) return newest;
  const sequence = typeof at === 'string' && /^\d{1,12}$/.test(at) ? Number(at) : 0;
  if (sequence >= 1 && sequence <= newest) return sequence;
  throw new IsnadError(
    'invalid-parameter',
    `at is “${[at].flat().map(String).join(', ').slice(0, 40)}”.`,
    {
      extra: { parameter: 'at', allowed: [`a whole number from 1 to ${newest}`] },
    },
  );
};

/** The graphs asked for; all there were at the commit when none is named. */
const graphsOf = async (
  request: Request,
  { store }: Services,
  commit: number,
): Promise<readonly string[]> => {
  const { graph, at: _, ...others } = request.query;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new IsnadError('invalid-parameter', `There is no parameter “${unknown.slice(0, 80)}”.`, {
      extra: { parameter: unknown.slice(0, 80), allowed: ['graph', 'at'] },
    });
  }
  const known = (await store.time.graphsAt(commit)).filter(mayShow);
  if (graph === undefined) return known;
  const named = [graph].flat().map(String);
  const missing = named.find((each) => !known.includes(each));
  if (missing === undefined) return named;
  throw new IsnadError('not-found', `There is no graph ${missing.slice(0, 200)}.`, {
    extra: { graphs: known },
  });
};

const answerDump = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const at = commitOf(request, services);
  const graphs = await graphsOf(request, services, at);
  const headers = { 'Content-Type': 'application/n-quads', 'X-Isnad-Commit': String(at) };
  if (request.method === 'HEAD') {
    response.set(headers).end();
    return;
  }
  const asker = askerOf(request, response);
  const state = services.store.time.state({ at, graphs, timeoutMs: pieceTimeoutMs, ...asker });
  await sendPieces(response, headers, state);
};

export const dumpRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/dump.nq',
    summary:
      'All data, or the graphs named by ?graph=, at one commit (?at=), as canonical N-Quads.',
    handle: answerDump,
  },
];

import type { Request, Response } from 'express';
import { IsnadError } from '../../errors.ts';
import { answerQuery } from '../../sparql/answer.ts';
import { deadlineOf } from '../access/deadline.ts';
import { askerOf } from '../asker.ts';
import type { Services } from '../services.ts';
import { chooseResult, contentTypeOf } from '../sparql/choose-result.ts';
import { answersFromCache } from '../validators.ts';
import { graphName, readGraphAddress, requireGraph } from './graph-address.ts';

const allTriples = 'CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }';

/** @throws IsnadError `not-found` */
export const refuseMissing = (graph: string): never => {
  throw new IsnadError('not-found', `There is no ${graphName(graph)}.`, {
    extra: { near: ['/datasets', '/sparql'] },
  });
};

/** Whether there is such a graph now; the default graph always exists. */
const exists = async ({ store }: Services, graph: string): Promise<boolean> =>
  graph === '' || (await store.listGraphs()).some((each) => each.graph === graph);

/** Answers with one graph, at one commit. The engines answer, not the writer: reading holds no write up. */
export const answerGraph = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const { settings, store } = services;
  const deadlineAt = deadlineOf(request, services);
  const address = readGraphAddress(request, services.iris, true);
  const graph = requireGraph(address);
  if (!(await exists(services, graph))) refuseMissing(graph);
  const offer = chooseResult(request, 'construct', address.format);
  response.set('Accept-Patch', 'application/sparql-update');
  const variant = ['graph', graph, offer.accept];
  if (answersFromCache(request, response, store.head().sequence, variant)) return;
  // The default graph is the store's own here, also where queries see all graphs as one.
  const own = { ...settings, defaultGraph: 'standard' } as const;
  const answer = await answerQuery(
    { ...services, settings: own },
    {
      text: allTriples,
      mediaType: offer.mediaType,
      graphs: graph === '' ? undefined : { default: [graph], named: [] },
      deadlineAt,
      ...askerOf(request, response),
    },
  );
  // It may have been dropped meanwhile; an empty answer would say that it is there.
  if (!(await exists(services, graph))) refuseMissing(graph);
  if (answersFromCache(request, response, answer.commit, variant)) return;
  response.set('Content-Type', contentTypeOf(offer));
  response.set('Content-Length', String(answer.body.byteLength)).end(answer.body);
};

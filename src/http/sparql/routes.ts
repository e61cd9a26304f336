import type { Request, Response } from 'express';
import { IsnadError } from '../../errors.ts';
import { serialise } from '../../rdf/serialise.ts';
import { analyse, answerQuery } from '../../sparql/answer.ts';
import { renderSparqlPage } from '../../web/sparql-page.ts';
import { deadlineOf } from '../access/deadline.ts';
import { askerOf } from '../asker.ts';
import { pageContext } from '../page-context.ts';
import type { Route } from '../route.ts';
import type { Services } from '../services.ts';
import { answersFromCache } from '../validators.ts';
import { readSparqlBody } from './body.ts';
import { chooseDescription, chooseResult, contentTypeOf, prefersPage } from './choose-result.ts';
import { queryString, readForm } from './form.ts';
import { readSparqlParameters, type SparqlParameters } from './protocol-parameters.ts';
import { describeEndpoint } from './service-description.ts';

/** Says that an answer may differ next time, and so is not to be kept. */
const neverKeep = (response: Response, commit: number): void => {
  response.set('X-Isnad-Commit', String(commit)).set('Cache-Control', 'no-store').vary('Accept');
};

const sendAnswer = async (
  request: Request,
  response: Response,
  services: Services,
  { query, graphs, format }: SparqlParameters & { readonly query: string },
): Promise<void> => {
  const deadlineAt = deadlineOf(request, services);
  const asker = askerOf(request, response);
  const analysis = await analyse(services, query, { ...asker, deadlineAt });
  const { form, isRepeatable } = analysis;
  const offer = chooseResult(request, form, format);
  const { defaultGraph } = services.settings;
  const variant = ['sparql', query, JSON.stringify(graphs), defaultGraph, offer.accept];
  const { sequence } = services.store.head();
  // The client's copy is of the newest commit: nothing need be computed to say that it holds.
  if (isRepeatable && answersFromCache(request, response, sequence, variant)) return;
  const answer = await answerQuery(services, {
    text: query,
    analysis,
    mediaType: offer.mediaType,
    graphs,
    deadlineAt,
    ...asker,
  });
  if (!isRepeatable) neverKeep(response, answer.commit);
  else if (answersFromCache(request, response, answer.commit, variant)) return;
  response.set('Content-Type', contentTypeOf(offer));
  // Not by `send`, which would make an entity tag also for what is not to be kept.
  response.set('Content-Length', String(answer.body.byteLength)).end(answer.body);
};

const sendDescription = async (
  request: Request,
  response: Response,
  services: Services,
  format: string | undefined,
): Promise<void> => {
  const offer = chooseDescription(request, format);
  if (!offer)
    throw new IsnadError('invalid-parameter', 'The request holds no query.', {
      extra: { parameter: 'query' },
    });
  const { store, settings, iris } = services;
  const { sequence } = store.head();
  if (answersFromCache(request, response, sequence, ['description', offer.accept])) return;
  const graphs = await store.listGraphs();
  const quads = describeEndpoint({ iris, defaultGraph: settings.defaultGraph, graphs });
  response.set('Content-Type', contentTypeOf(offer));
  response.send(await serialise(quads, offer.mediaType));
};

/** What the method QUERY takes here (the header that is made for saying so). */
const queryTypes = 'application/sparql-query, application/x-www-form-urlencoded';

const answerGet = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const parameters = readSparqlParameters(readForm(queryString(request)));
  const { query, format } = parameters;
  response.set('Accept-Query', queryTypes);
  if (prefersPage(request, format)) {
    response.vary('Accept').vary('Accept-Language');
    response.type('html').send(renderSparqlPage(pageContext(request, services), { query }));
    return;
  }
  if (query === undefined) await sendDescription(request, response, services, format);
  else await sendAnswer(request, response, services, { ...parameters, query });
};

const answerPost = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const inAddress = readForm(queryString(request));
  const body = await readSparqlBody(request, response, services.settings.requestBytesMax);
  const inBody: [string, string][] = body.isForm ? readForm(body.text) : [['query', body.text]];
  const parameters = readSparqlParameters([...inAddress, ...inBody]);
  const { query } = parameters;
  if (query === undefined)
    throw new IsnadError('invalid-parameter', 'The request holds no query.', {
      extra: { parameter: 'query' },
    });
  await sendAnswer(request, response, services, { ...parameters, query });
};

/** The SPARQL 1.1 Protocol, for queries; and HTTP's QUERY, which is safe to repeat where POST is not. */
export const sparqlRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/sparql',
    summary:
      'Answers `?query=`; without one, describes the endpoint as RDF. A browser gets the query page.',
    handle: answerGet,
  },
  {
    method: 'POST',
    path: '/sparql',
    summary: 'Answers a query sent as a form or as application/sparql-query.',
    handle: answerPost,
  },
  {
    method: 'QUERY',
    path: '/sparql',
    summary: 'Answers a query sent as the body of the method that is made for it, as POST does.',
    handle: answerPost,
  },
];

import type { Request, Response } from 'express';
import type { NamedQuery } from '../catalogue/named-query.ts';
import type { GivenValues } from '../catalogue/named-query-values.ts';
import { namedQueriesFolder, namedQuery, readNamedQueries } from '../catalogue/named-queries.ts';
import {
  choicesOf,
  prepareNamedQuery,
  readNamedQuery,
  runNamedQuery,
  type PreparedQuery,
} from '../catalogue/run-named-query.ts';
import { IsnadError } from '../errors.ts';
import { bindingsMediaTypes, mediaTypes } from '../rdf/media-types.ts';
import type { Alternate } from '../web/page.ts';
import { renderQueriesPage } from '../web/queries-page.ts';
import { renderQueryPage } from '../web/query-page.ts';
import { deadlineOf } from './access/deadline.ts';
import { askerOf } from './asker.ts';
import { linkAlternates } from './formats.ts';
import { pageContext } from './page-context.ts';
import { readParameters } from './parameters.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';
import { chooseResult, contentTypeOf, prefersPage } from './sparql/choose-result.ts';
import { readForm } from './sparql/form.ts';
import { answersFromCache } from './validators.ts';

/** The questions that come with Isnad, read once. */
const questions = readNamedQueries(namedQueriesFolder);

/** What `/queries` tells a program of a question. */
const summaryOf = (
  base: string,
  { name, title, area, about, parameters, columns }: NamedQuery,
) => ({
  name,
  url: `${base}queries/${name}`,
  title,
  area,
  about,
  parameters: parameters.map((parameter) => ({ ...parameter })),
  columns: Object.fromEntries(columns),
});

const listAlternates: readonly Alternate[] = [
  { name: 'JSON', mediaType: 'application/json', path: '/queries?format=json' },
];

const wantsPage = (request: Request): boolean => {
  const { format } = request.query;
  const accepted = request.accepts(['application/json', 'text/html']);
  const chosen = format === undefined || format === '' ? accepted : format;
  if (chosen === 'text/html' || chosen === 'html') return true;
  if (chosen === 'application/json' || chosen === 'json') return false;
  throw new IsnadError('not-acceptable', 'The list of questions is JSON or a page.', {
    extra: { allowed: ['application/json', 'text/html'] },
  });
};

const answerList = (request: Request, response: Response, services: Services): void => {
  readParameters(request, []);
  const isPage = wantsPage(request);
  const context = pageContext(request, services);
  const { sequence } = services.store.head();
  const variant = [request.originalUrl, String(isPage), context.words.language];
  linkAlternates(response, listAlternates);
  if (answersFromCache(request, response, sequence, variant)) return;
  const all = [...questions.values()];
  if (isPage) response.type('html').send(renderQueriesPage(context, all, listAlternates));
  else response.json({ queries: all.map((each) => summaryOf(services.iris.base, each)) });
};

/** The parameters of one question's address, each given at most once. */
const readAddress = (request: Request): { format: string | undefined; given: GivenValues } => {
  const start = request.originalUrl.indexOf('?');
  const pairs = start < 0 ? [] : readForm(request.originalUrl.slice(start + 1));
  const names = pairs.map(([name]) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new IsnadError('invalid-parameter', `${repeated.slice(0, 80)} is given more than once.`, {
      extra: { parameter: repeated.slice(0, 80) },
    });
  const { format, lang: _, ...given } = Object.fromEntries(pairs);
  return { format, given };
};

const alternatesFor = ({ question, values }: PreparedQuery): Alternate[] =>
  bindingsMediaTypes.map((mediaType) => {
    const { name, format } = mediaTypes[mediaType];
    const all = new URLSearchParams({ ...values, format });
    return { name, mediaType, path: `/queries/${question.name}?${all}` };
  });

const sendPage = async (
  request: Request,
  response: Response,
  services: Services,
  prepared: PreparedQuery,
): Promise<void> => {
  const context = pageContext(request, services);
  const variant = ['page', request.originalUrl, context.words.language];
  if (answersFromCache(request, response, services.store.head().sequence, variant)) return;
  const answer = await readNamedQuery(services, prepared, askerOf(request, response));
  const choices = new Map<string, Awaited<ReturnType<typeof choicesOf>>>();
  for (const parameter of prepared.question.parameters)
    choices.set(parameter.name, await choicesOf(services, parameter));
  if (answersFromCache(request, response, answer.commit, variant)) return;
  const alternates = alternatesFor(prepared);
  linkAlternates(response, alternates);
  response.type('html').send(renderQueryPage(context, { prepared, answer, choices, alternates }));
};

const answerQuestion = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const deadlineAt = deadlineOf(request, services);
  const question = namedQuery(questions, String(request.params['name']));
  const { format, given } = readAddress(request);
  const prepared = await prepareNamedQuery(services, question, given);
  if (format === 'html' || format === 'text/html' || prefersPage(request, format)) {
    await sendPage(request, response, services, prepared);
    return;
  }
  const offer = chooseResult(request, 'select', format);
  const variant = ['query', prepared.sparql, offer.accept];
  if (answersFromCache(request, response, services.store.head().sequence, variant)) return;
  const { mediaType } = offer;
  const { body, commit } = await runNamedQuery(services, prepared, {
    mediaType,
    deadlineAt,
    ...askerOf(request, response),
  });
  if (answersFromCache(request, response, commit, variant)) return;
  response.set('Content-Type', contentTypeOf(offer));
  response.set('Content-Length', String(body.byteLength)).end(body);
};

/** The named questions. */
export const queryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/queries',
    summary: 'The named questions with their parameters.',
    handle: answerList,
  },
  {
    method: 'GET',
    path: '/queries/:name',
    summary: 'The answer of a named question; its parameters are those of the address.',
    handle: answerQuestion,
  },
];

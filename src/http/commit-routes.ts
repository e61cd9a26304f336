import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import {
  diffCommits,
  findCommit,
  listCommits,
  stateAtCommit,
  type CommitPage,
} from '../catalogue/commits.ts';
import { diffView, patchOf } from '../catalogue/diff-forms.ts';
import { IsnadError } from '../errors.ts';
import type { Touched } from '../store/time.ts';
import { renderCommitPage, renderCommitsPage, renderDiffPage } from '../web/commit-pages.ts';
import { deadlineOf } from './access/deadline.ts';
import { askerOf } from './asker.ts';
import { chooseView, htmlView, jsonView, linkViews, patchView } from './choose-view.ts';
import { pageContext } from './page-context.ts';
import { readParameters } from './parameters.ts';
import { readRecordPath } from './record-routes.ts';
import type { Route } from './route.ts';
import { sendPieces } from './send-pieces.ts';
import type { Services } from './services.ts';
import { answersFromCache } from './validators.ts';

/** Commits to a page of a list, unless asked otherwise, and at most. */
const pageSize = 50;
const pageSizeMax = 500;
/** Lines of a diff that JSON and a page show; the patch holds all. */
const linesMax = 1000;

const listViews = [jsonView, htmlView];
const diffViews = [patchView, jsonView, htmlView];

/** Who asks, and when the answer is due. */
const turnOf = (request: Request, response: Response, services: Services) => ({
  ...askerOf(request, response),
  deadlineAt: deadlineOf(request, services),
});

/**
 * A whole number from the address.
 *
 * @throws IsnadError `invalid-parameter`
 */
const wholeNumber = (name: string, text: string, from: number, to: number): number => {
  const value = /^\d{1,12}$/.test(text) ? Number(text) : -1;
  if (value >= from && value <= to) return value;
  throw new IsnadError('invalid-parameter', `${name} is “${text.slice(0, 40)}”.`, {
    extra: { parameter: name, allowed: [`a whole number from ${from} to ${to}`] },
  });
};

/** @throws IsnadError `not-found` for what cannot be the number of a commit */
export const sequenceIn = (request: Request): number => {
  const text = String(request.params['sequence']);
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new IsnadError('not-found', `“${text.slice(0, 40)}” is no number of a commit.`, {
    extra: { near: ['/commits'] },
  });
};

/** What a list of commits is asked for, from its address. */
const listRequest = (request: Request, allowed: readonly ('before' | 'limit' | 'graph')[]) => {
  const { before, limit, graph } = readParameters(request, allowed);
  return {
    limit: limit === undefined ? pageSize : wholeNumber('limit', limit, 1, pageSizeMax),
    graph,
    ...(before === undefined ? {} : { before: wholeNumber('before', before, 1, 1e12) }),
  };
};

/** Says where the list goes on (RFC 8288), and gives that path. */
const linkNext = (request: Request, response: Response, { next }: CommitPage) => {
  if (next === undefined) return undefined;
  const parameters = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
  parameters.set('before', String(next));
  const path = `${request.path}?${parameters}`;
  response.append('Link', `<${path}>; rel="next"`);
  return path;
};

const answerList = async (
  request: Request,
  response: Response,
  services: Services,
  of: Touched | undefined,
): Promise<void> => {
  const view = chooseView(request, listViews);
  const { graph: _, ...wanted } = listRequest(request, ['before', 'limit', 'graph']);
  const alternates = linkViews(request, response, listViews);
  const context = pageContext(request, services);
  const page = await listCommits(services.store, {
    ...wanted,
    ...(of ? { of } : {}),
    ...turnOf(request, response, services),
  });
  const next = linkNext(request, response, page);
  const variant = [request.originalUrl, view.mediaType, context.words.language];
  if (answersFromCache(request, response, page.commit, variant)) return;
  if (view === htmlView)
    response.type('html').send(renderCommitsPage(context, { page, of, next, alternates }));
  else response.json({ commits: page.commits, ...(next === undefined ? {} : { next }) });
};

const answerCommits = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const { graph } = listRequest(request, ['before', 'limit', 'graph']);
  const of = graph === undefined ? undefined : ({ kind: 'graph', graph } as const);
  await answerList(request, response, services, of);
};

const answerHistory = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  listRequest(request, ['before', 'limit']);
  const { type, localId } = readRecordPath(request);
  const iri = services.iris.record(type, localId);
  const of = { kind: 'subject', iri } as const;
  const turn = turnOf(request, response, services);
  const { touches } = await services.store.time.history({ of, limit: 1, ...turn });
  if (touches.length === 0)
    throw new IsnadError('not-found', `No commit has said anything of /id/${type}/${localId}.`, {
      extra: { near: ['/commits', '/datasets'] },
    });
  await answerList(request, response, services, of);
};

const answerCommit = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  readParameters(request, []);
  const view = chooseView(request, listViews);
  const commit = await findCommit(services.store, sequenceIn(request));
  const alternates = linkViews(request, response, listViews);
  const context = pageContext(request, services);
  const variant = [request.originalUrl, view.mediaType, context.words.language];
  if (answersFromCache(request, response, services.store.head().sequence, variant)) return;
  if (view === htmlView) response.type('html').send(renderCommitPage(context, commit, alternates));
  else response.json(commit);
};

const answerDiff = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const { from: fromText, graph } = readParameters(request, ['from', 'graph']);
  const view = chooseView(request, diffViews);
  const to = sequenceIn(request);
  const { store, iris } = services;
  await findCommit(store, Math.max(1, to));
  const from =
    fromText === undefined
      ? Math.max(0, to - 1)
      : wholeNumber('from', fromText, 0, store.head().sequence);
  const alternates = linkViews(request, response, diffViews);
  const context = pageContext(request, services);
  const variant = [request.originalUrl, view.mediaType, context.words.language];
  if (answersFromCache(request, response, store.head().sequence, variant)) return;
  const of = graph === undefined ? {} : { of: { kind: 'graph', graph } as const };
  const ends = { from, to };
  const turn = turnOf(request, response, services);
  const changes = await diffCommits(store, { ...ends, ...of, ...turn });
  if (view === patchView) {
    response.set('Content-Type', `${patchView.mediaType}; charset=utf-8`);
    await pipeline(Readable.from(patchOf(iris, ends, changes)), response);
  } else {
    const shown = diffView(ends, changes, linesMax);
    if (view === htmlView) response.type('html').send(renderDiffPage(context, shown, alternates));
    else response.json(shown);
  }
};

const answerState = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const { of } = readParameters(request, ['of']);
  if (of === undefined)
    throw new IsnadError('invalid-parameter', 'of names the record or the graph.', {
      extra: { parameter: 'of', allowed: ['the IRI of a record or of a graph'] },
    });
  const sequence = sequenceIn(request);
  await findCommit(services.store, sequence);
  const turn = turnOf(request, response, services);
  const pieces = await stateAtCommit(services.store, sequence, of, turn);
  const headers = {
    'Content-Type': 'application/n-quads; charset=utf-8',
    'X-Isnad-Commit': String(sequence),
    'Cache-Control': 'no-cache',
  };
  await sendPieces(response, headers, pieces);
};

/** What was done, when and by whom; and what was there before. */
export const commitRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/commits',
    summary: 'The commits, newest first; with ?graph= those of one graph.',
    handle: answerCommits,
  },
  {
    method: 'GET',
    path: '/commits/:sequence',
    summary: 'One commit: who, when, why, and how much in which graph.',
    handle: answerCommit,
  },
  {
    method: 'GET',
    path: '/commits/:sequence/diff',
    summary: 'What a commit changed, or with ?from= what changed since another one; as RDF Patch.',
    handle: answerDiff,
  },
  {
    method: 'GET',
    path: '/commits/:sequence/state',
    summary: 'The record or graph named by ?of= as it was at a commit, as N-Quads.',
    handle: answerState,
  },
  {
    method: 'GET',
    path: '/doc/:type/:localId/history',
    summary: 'The commits that touched a record, newest first.',
    handle: answerHistory,
  },
];

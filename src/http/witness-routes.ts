import type { Request, Response } from 'express';
import { findWitnesses, type WitnessAnswer } from '../catalogue/find-witnesses.ts';
import {
  narrowingParameters,
  readWitnessCriteria,
  witnessParameterNames,
  type WitnessCriteria,
  type WitnessParameter,
} from '../catalogue/witness-criteria.ts';
import { witnessChoices } from '../catalogue/witness-choices.ts';
import { witnessDocument, type WitnessLinks } from '../catalogue/witness-document.ts';
import { witnessSparql } from '../catalogue/witness-sparql.ts';
import { suraNames } from '../catalogue/sura-names.ts';
import { verseAt } from '../model/verses.ts';
import type { WitnessSnapshot } from '../search/witness-snapshot.ts';
import { renderVersePage } from '../web/verse-page.ts';
import { alternatesOf, chooseFormat, linkAlternates, pageFormats } from './formats.ts';
import { pageContext } from './page-context.ts';
import { readParameters } from './parameters.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';
import { answersFromCache } from './validators.ts';

/** One lookup under way. */
interface Lookup {
  readonly services: Services;
  readonly criteria: WitnessCriteria;
  readonly snapshot: WitnessSnapshot;
  /** The path that was asked for, and its parameters. */
  readonly path: string;
  readonly parameters: Readonly<Partial<Record<WitnessParameter, string>>>;
}

const lookUp = async (
  services: Services,
  path: string,
  parameters: Readonly<Partial<Record<WitnessParameter, string>>>,
): Promise<Lookup> => {
  const criteria = readWitnessCriteria(parameters, services.iris);
  const deadlineAt = Date.now() + services.settings.queryTimeoutMs;
  const snapshot = await services.witnesses.current(deadlineAt);
  return { services, criteria, snapshot, path, parameters };
};

/** The path of the list or of another page of it, in the parameters the lookup came with. */
const pathOf = (
  { path, parameters }: Lookup,
  changed: Readonly<Record<string, string>> = {},
): string => {
  const all = new URLSearchParams({ ...parameters, ...changed });
  return all.size === 0 ? path : `${path}?${all}`;
};

const linksOf = (lookup: Lookup, { criteria, pageCount }: WitnessAnswer): WitnessLinks => {
  const { page, range } = criteria;
  // Paths, so that they lead to the host that is being read, whatever the installation's base is.
  const pageLink = (number: number): string => pathOf(lookup, { page: String(number) });
  const query = new URLSearchParams({ query: witnessSparql(range) });
  return {
    self: `${lookup.services.iris.base}${pathOf(lookup).slice(1)}`,
    ...(page < pageCount ? { next: pageLink(page + 1) } : {}),
    ...(page > 1 ? { previous: pageLink(page - 1) } : {}),
    sparql: `${lookup.services.iris.base}sparql?${query}`,
  };
};

const sendDocument = (request: Request, response: Response, lookup: Lookup): void => {
  const { services, criteria, snapshot } = lookup;
  const answer = findWitnesses(snapshot, criteria);
  const links = linksOf(lookup, answer);
  const { words } = pageContext(request, services);
  const document = witnessDocument(snapshot, answer, links, words.language, services.iris);
  for (const [rel, link] of [
    ['next', links.next],
    ['prev', links.previous],
  ]) {
    if (link !== undefined) response.append('Link', `<${link}>; rel="${rel}"`);
  }
  response.set('Content-Type', 'application/ld+json; charset=utf-8');
  response.send(document);
};

const sendPage = async (request: Request, response: Response, lookup: Lookup): Promise<void> => {
  const { services, criteria, snapshot } = lookup;
  const { range } = criteria;
  const names = await suraNames(services.store, services.settings);
  const page = renderVersePage(pageContext(request, services), {
    answer: findWitnesses(snapshot, criteria),
    snapshot,
    choices: witnessChoices(snapshot, range),
    suraNames: names.get(verseAt(range.startOrdinal).sura) ?? [],
    sparql: witnessSparql(range),
    alternates: alternatesFor(request),
  });
  response.type('html').send(page);
};

const alternatesFor = (request: Request) =>
  alternatesOf(pageFormats, ({ suffix }) => {
    const all = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
    all.set('format', suffix);
    return `${request.path}?${all}`;
  });

/** Answers a lookup as JSON-LD or as a page, whichever the client prefers. */
export const answerVerse = async (
  request: Request,
  response: Response,
  services: Services,
  reference: string,
): Promise<void> => {
  const own = readParameters(request, narrowingParameters);
  const format = chooseFormat(request, pageFormats);
  const lookup = await lookUp(services, request.path, { ...own, from: reference });
  linkAlternates(response, alternatesFor(request));
  const { language } = pageContext(request, services).words;
  const variant = [request.originalUrl, format.mediaType, language];
  if (answersFromCache(request, response, lookup.snapshot.commit, variant)) return;
  if (format.mediaType === 'text/html') await sendPage(request, response, lookup);
  else sendDocument(request, response, { ...lookup, parameters: own });
};

export const witnessRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/witnesses',
    summary: 'Which pages of which manuscripts bear a range of verses, as JSON-LD.',
    handle: async (request, response, services) => {
      const parameters = readParameters(request, witnessParameterNames);
      const lookup = await lookUp(services, request.path, parameters);
      const { language } = pageContext(request, services).words;
      const variant = [request.originalUrl, language];
      if (answersFromCache(request, response, lookup.snapshot.commit, variant)) return;
      sendDocument(request, response, lookup);
    },
  },
];

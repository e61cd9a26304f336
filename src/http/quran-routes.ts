import type { Request, Response } from 'express';
import { describeRecord } from '../catalogue/describe-record.ts';
import { suraNames } from '../catalogue/sura-names.ts';
import { countWitnessesByVerse, countWitnessesOfRange } from '../catalogue/verse-coverage.ts';
import { IsnadError } from '../errors.ts';
import { suraIri } from '../model/iris.ts';
import { parseVerseReference, suraCount, suraRange, verseCount } from '../model/verses.ts';
import type { RdfMediaType } from '../rdf/media-types.ts';
import { renderQuranPage } from '../web/quran-page.ts';
import { renderSuraPage } from '../web/sura-page.ts';
import {
  alternatesOf,
  chooseFormat,
  documentFormats,
  htmlOnly,
  linkAlternates,
} from './formats.ts';
import { askerOf } from './asker.ts';
import { pageContext } from './page-context.ts';
import { readParameters } from './parameters.ts';
import type { Route } from './route.ts';
import { linkDescription, sendDescription } from './send-description.ts';
import type { Services } from './services.ts';
import { answersFromCache } from './validators.ts';
import { answerVerse } from './witness-routes.ts';

/** Leads to the one address of a reference, keeping the other parameters. */
const redirectTo = (
  request: Request,
  response: Response,
  status: 301 | 303,
  canonical: string,
): void => {
  const parameters = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
  parameters.delete('reference');
  const query = parameters.size === 0 ? '' : `?${parameters}`;
  response.location(`/quran/${canonical}${query}`).status(status).end();
};

const answerReference = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const reference = String(request.params['reference']);
  const { canonical } = parseVerseReference(reference);
  if (canonical !== reference) redirectTo(request, response, 301, canonical);
  else if (canonical.includes(':')) await answerVerse(request, response, services, canonical);
  else await answerSura(request, response, services, Number(canonical));
};

const answerSura = async (
  request: Request,
  response: Response,
  services: Services,
  sura: number,
): Promise<void> => {
  readParameters(request, []);
  const format = chooseFormat(request, documentFormats);
  const alternates = alternatesOf(
    documentFormats,
    (each) => `/quran/${sura}?format=${each.suffix}`,
  );
  linkAlternates(response, alternates);
  if (format.mediaType !== 'text/html') {
    await describeSura(request, response, services, sura, format.mediaType);
    return;
  }
  const { store, settings, witnesses } = services;
  const snapshot = await witnesses.current(Date.now() + settings.queryTimeoutMs);
  const context = pageContext(request, services);
  const variant = [request.originalUrl, context.words.language];
  if (answersFromCache(request, response, snapshot.commit, variant)) return;
  const { startOrdinal, endOrdinal } = suraRange(sura);
  const names = await suraNames(store, settings);
  const page = renderSuraPage(context, {
    alternates,
    sura,
    names: names.get(sura) ?? [],
    counts: countWitnessesByVerse(snapshot, startOrdinal, endOrdinal),
    manuscripts: countWitnessesOfRange(snapshot, startOrdinal, endOrdinal),
  });
  response.type('html').send(page);
};

/** What the graph states of a sūra: its names, its length, its first verse. */
const describeSura = async (
  request: Request,
  response: Response,
  services: Services,
  sura: number,
  mediaType: RdfMediaType,
): Promise<void> => {
  const { store, settings } = services;
  const iri = suraIri(sura);
  const description = await describeRecord(store, settings, iri, 1, askerOf(request, response));
  if (description === undefined) {
    throw new IsnadError(
      'not-found',
      'This installation has not loaded the structure of the Qur’an.',
    );
  }
  linkDescription(request, response, description);
  if (answersFromCache(request, response, description.commit, [request.path, mediaType])) return;
  await sendDescription(response, services, description, iri, mediaType);
};

const answerQuran = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const { reference } = readParameters(request, ['reference']);
  if (reference !== undefined) {
    redirectTo(request, response, 303, parseVerseReference(reference).canonical);
    return;
  }
  chooseFormat(request, htmlOnly);
  const { store, settings, witnesses } = services;
  const snapshot = await witnesses.current(Date.now() + settings.queryTimeoutMs);
  const context = pageContext(request, services);
  const variant = [request.originalUrl, context.words.language];
  if (answersFromCache(request, response, snapshot.commit, variant)) return;
  const names = await suraNames(store, settings);
  const rows = Array.from({ length: suraCount }, (_, position) => {
    const sura = position + 1;
    const { startOrdinal, endOrdinal } = suraRange(sura);
    return {
      sura,
      names: names.get(sura) ?? [],
      verses: verseCount(sura),
      manuscripts: countWitnessesOfRange(snapshot, startOrdinal, endOrdinal),
    };
  });
  response.type('html').send(renderQuranPage(context, rows));
};

export const quranRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/quran',
    summary: 'The 114 sūras; with ?reference= leads to the verse typed.',
    handle: answerQuran,
  },
  {
    method: 'GET',
    path: '/quran/:reference',
    summary: 'A sūra (2), or the witnesses of a verse (2:255) or range (2:255-2:257).',
    handle: answerReference,
  },
];

import type { Request, Response } from 'express';
import { datasetNodes } from '../catalogue/dataset-quads.ts';
import { describeDataset, listDatasets } from '../catalogue/list-datasets.ts';
import { IsnadError } from '../errors.ts';
import { isDatasetSlug } from '../model/iris.ts';
import { serialise } from '../rdf/serialise.ts';
import { renderDatasetPage, renderDatasetsPage } from '../web/dataset-page.ts';
import {
  alternatesOf,
  chooseFormat,
  documentFormats,
  linkAlternates,
  pageFormats,
} from './formats.ts';
import { frameThing } from './json-ld-files.ts';
import { pageContext } from './page-context.ts';
import { readParameters } from './parameters.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';
import { answersFromCache } from './validators.ts';

const answerDatasets = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  readParameters(request, []);
  const format = chooseFormat(request, pageFormats);
  const { store, settings, iris } = services;
  const context = pageContext(request, services);
  const variant = [request.originalUrl, format.mediaType, context.words.language];
  if (answersFromCache(request, response, store.head().sequence, variant)) return;
  const datasets = await listDatasets(store, settings);
  const alternates = alternatesOf(pageFormats, ({ suffix }) => `/datasets?format=${suffix}`);
  linkAlternates(response, alternates);
  if (format.mediaType === 'text/html') {
    response.type('html').send(renderDatasetsPage(context, datasets, alternates));
    return;
  }
  const notes = Object.fromEntries(datasets.map(({ iri, note }) => [iri, note]));
  response.set('Content-Type', 'application/ld+json; charset=utf-8').send(
    JSON.stringify({
      '@context': [`${iris.base}context.jsonld`, { datasets: '@included' }],
      id: `${iris.base}datasets`,
      datasets: datasetNodes(notes),
    }),
  );
};

const answerDataset = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  readParameters(request, []);
  const [slug = '', suffix] = String(request.params['slug']).split('.', 2);
  const format = chooseFormat(request, documentFormats, suffix);
  const { store, settings, iris } = services;
  const iri = iris.dataset(slug);
  const description = isDatasetSlug(slug) ? await describeDataset(store, settings, iri) : undefined;
  if (description === undefined) {
    throw new IsnadError('not-found', `There is no dataset “${slug.slice(0, 64)}”.`, {
      extra: { near: ['/datasets'] },
    });
  }
  const alternates = alternatesOf(documentFormats, (each) => `/dataset/${slug}.${each.suffix}`);
  const context = pageContext(request, services);
  linkAlternates(response, alternates);
  response.set('Content-Location', `/dataset/${slug}.${format.suffix}`);
  const variant = [request.originalUrl, format.mediaType, context.words.language];
  if (answersFromCache(request, response, description.commit, variant)) return;
  if (format.mediaType === 'text/html') {
    response.type('html').send(renderDatasetPage(context, description, alternates));
    return;
  }
  response.set('Content-Type', `${format.mediaType}; charset=utf-8`);
  response.send(
    format.mediaType === 'application/ld+json'
      ? JSON.stringify(
          await frameThing(description.statements, iri, `${iris.base}context.jsonld`, {}),
        )
      : await serialise(description.statements, format.mediaType),
  );
};

export const datasetRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/datasets',
    summary: 'All datasets with their licences.',
    handle: answerDatasets,
  },
  {
    method: 'GET',
    path: '/dataset/:slug',
    summary: 'One dataset: title, licence, what it describes; the address of its named graph.',
    handle: answerDataset,
  },
];

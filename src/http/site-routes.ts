import { listDatasets } from '../catalogue/list-datasets.ts';
import { readOverview } from '../catalogue/overview.ts';
import { renderHomePage } from '../web/home-page.ts';
import { chooseFormat, htmlOnly } from './formats.ts';
import { contextText } from './json-ld-files.ts';
import { pageContext } from './page-context.ts';
import { readParameters } from './parameters.ts';
import type { Route } from './route.ts';
import { answersFromCache } from './validators.ts';

/** The start page and the files every reader of the data needs. */
export const siteRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    summary: 'The start page.',
    handle: async (request, response, services) => {
      readParameters(request, []);
      chooseFormat(request, htmlOnly);
      const { store, settings } = services;
      const context = pageContext(request, services);
      const variant = [request.originalUrl, context.words.language];
      if (answersFromCache(request, response, store.head().sequence, variant)) return;
      const overview = await readOverview(store, settings);
      const all = await listDatasets(store, settings);
      const datasets = all.filter(({ iri }) => iri.startsWith(services.iris.dataset('')));
      response.type('html').send(renderHomePage(context, { overview, datasets }));
    },
  },
  {
    method: 'GET',
    path: '/context.jsonld',
    summary: 'The JSON-LD context of every JSON-LD answer.',
    handle: (_request, response) => {
      response
        .set('Content-Type', 'application/ld+json; charset=utf-8')
        .set('Cache-Control', 'public, max-age=3600')
        .send(contextText);
    },
  },
];

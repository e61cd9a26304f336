import { commitRoutes } from './commit-routes.ts';
import { datasetRoutes } from './dataset-routes.ts';
import { dumpRoutes } from './dump-routes.ts';
import { statisticsRoutes } from './statistics-routes.ts';
import { graphStoreRoutes } from './graph-store/routes.ts';
import { healthRoutes } from './health-routes.ts';
import { queryRoutes } from './query-routes.ts';
import { quranRoutes } from './quran-routes.ts';
import { recordRoutes } from './record-routes.ts';
import type { Route } from './route.ts';
import { siteRoutes } from './site-routes.ts';
import { sparqlRoutes } from './sparql/routes.ts';
import { updateRoute } from './sparql/update-route.ts';
import { tokenRoutes } from './token-routes.ts';
import { witnessRoutes } from './witness-routes.ts';

/** Every path of the service. */
export const routes: readonly Route[] = [
  ...siteRoutes,
  ...recordRoutes,
  ...commitRoutes,
  ...quranRoutes,
  ...witnessRoutes,
  ...sparqlRoutes,
  updateRoute,
  ...graphStoreRoutes,
  ...queryRoutes,
  ...datasetRoutes,
  ...dumpRoutes,
  ...statisticsRoutes,
  ...tokenRoutes,
  ...healthRoutes,
];

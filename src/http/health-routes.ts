import { IsnadError } from '../errors.ts';
import { createReadiness } from './readiness.ts';
import type { Route } from './route.ts';

/** For those who watch over the process. */
export const healthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/live',
    summary: 'Whether the process answers at all; asks nothing of the store.',
    handle: (_request, response) => {
      response.set('Cache-Control', 'no-store').json({ status: 'alive' });
    },
  },
  {
    method: 'GET',
    path: '/ready',
    summary: 'Whether engines, writer and disk work, tried within two seconds; 503 if not.',
    handle: async (_request, response, { readiness, store, iris }) => {
      response.set('Cache-Control', 'no-store');
      response.json(await (readiness ?? createReadiness(store, iris.base))());
    },
  },
  {
    method: 'GET',
    path: '/metrics',
    summary: 'Figures of the service in Prometheus’ text format.',
    handle: async (_request, response, { metrics }) => {
      if (!metrics) throw new IsnadError('not-found', 'This service keeps no metrics.');
      const { mediaType, body } = await metrics.text();
      response.set('Cache-Control', 'no-store').set('Content-Type', mediaType).send(body);
    },
  },
];

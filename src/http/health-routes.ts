import { IsnadError } from '../errors.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';

const readyTimeoutMs = 2_000;

/** Asks the store something small; throws what it throws. */
const tryReading = async ({ store, iris }: Services): Promise<number> => {
  const { commit } = await store.query({
    query: 'ASK {}',
    mediaType: 'application/sparql-results+json',
    defaultGraph: 'union',
    baseIri: iris.base,
    deadlineAt: Date.now() + readyTimeoutMs,
    resultBytesMax: 1024,
  });
  return commit;
};

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
    summary: 'Whether a query is answered within two seconds; 503 if not.',
    handle: async (_request, response, services) => {
      response.set('Cache-Control', 'no-store');
      try {
        const commit = await tryReading(services);
        response.json({ status: 'ready', commit });
      } catch (error) {
        throw new IsnadError('store-busy', 'A small query was not answered in time.', {
          cause: error,
        });
      }
    },
  },
];

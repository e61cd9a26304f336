import compression from 'compression';
import express, { type Express } from 'express';
import { IsnadError } from '../errors.ts';
import { anonymous } from '../access/principal.ts';
import { identifyRequests } from './access/identify.ts';
import { serveAssets } from './assets.ts';
import { answerOptions, openToAllSites } from './cors.ts';
import { answerErrors, type ErrorListener } from './error-answer.ts';
import { honourMinCommit } from './min-commit.ts';
import { observeRequests, type AnsweredRequest } from './observe-requests.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';

/**
 * The web application: every row of `routes`, OPTIONS and 405 for each of their paths, a helpful
 * 404 for all others, and problem details for whatever is thrown.
 *
 * @param onInternalError told of errors that are the service's own fault, with the request's URN
 * @param onAnswered told of every request once it is over
 */
export const createApp = (
  services: Services,
  routes: readonly Route[],
  onInternalError: ErrorListener,
  onAnswered: (request: AnsweredRequest) => void = () => undefined,
): Express => {
  const app = express();
  app.set('query parser', 'simple');
  app.set('trust proxy', false);
  app.disable('x-powered-by');
  app.use(observeRequests(onAnswered), securityHeaders, openToAllSites, compression());
  app.use('/assets', serveAssets());
  app.use(identifyRequests(services.identify ?? (() => anonymous)), honourMinCommit(services));
  addRoutes(app, services, routes);
  app.use((request) => {
    throw new IsnadError('route-not-found', `There is nothing at ${request.path}.`, {
      extra: { paths: pathsToRead(routes) },
    });
  });
  app.use(answerErrors(services, onInternalError));
  return app;
};

const registrars = {
  GET: 'get',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
} as const satisfies Record<Exclude<Route['method'], 'QUERY'>, keyof Express>;

const addRoute = (app: Express, services: Services, { method, path, handle }: Route): void => {
  if (method !== 'QUERY') {
    app[registrars[method]](path, (request, response) => handle(request, response, services));
    return;
  }
  // Express has no name of its own for this method.
  app.all(path, (request, response, next) =>
    request.method === method ? handle(request, response, services) : next(),
  );
};

const addRoutes = (app: Express, services: Services, routes: readonly Route[]): void => {
  for (const route of routes) addRoute(app, services, route);
  for (const [path, methods] of methodsByPath(routes)) {
    app.options(path, answerOptions(methods));
    app.all(path, (request, response) => {
      response.set('Allow', methods.join(', '));
      throw new IsnadError(
        'method-not-allowed',
        `${request.path} does not take ${request.method}.`,
        {
          extra: { allowed: methods },
        },
      );
    });
  }
};

/** The methods each path takes, with those that come of themselves: HEAD beside GET, and OPTIONS. */
const methodsByPath = (routes: readonly Route[]): Map<string, string[]> => {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) {
    const own = method === 'GET' ? ['GET', 'HEAD'] : [method];
    methods.set(path, [...own, ...(methods.get(path) ?? ['OPTIONS'])]);
  }
  return methods;
};

const pathsToRead = (routes: readonly Route[]): string[] => [
  ...new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => path)),
];

import type { RequestListener } from 'node:http';
import { rm } from 'node:fs/promises';
import { Tokens } from './access/tokens.ts';
import type { OpenedStore, StartedServer } from './cli/composition.ts';
import { fitsSocket, socketPathOf } from './cli/open-workplace.ts';
import { identifyByToken, identifyOperator } from './http/access/identify.ts';
import { createApp } from './http/app.ts';
import { logDropped } from './http/dropped-connections.ts';
import type { ErrorListener } from './http/error-answer.ts';
import { observeService } from './http/metrics/readings.ts';
import { createMetrics } from './http/metrics/registry.ts';
import type { AnsweredRequest } from './http/observe-requests.ts';
import { createOpeningApp } from './http/opening-app.ts';
import { operatorRoutes } from './http/operator-routes.ts';
import { createReadiness } from './http/readiness.ts';
import { logInternalError, logRequest } from './http/request-log.ts';
import { routes } from './http/routes.ts';
import { listen, type Listening } from './http/server.ts';
import type { Services } from './http/services.ts';
import type { Log } from './log.ts';
import { createIris } from './model/iris.ts';
import { createWitnessIndex } from './search/witness-index.ts';
import type { Settings } from './settings.ts';
import { createResultCache } from './sparql/result-cache.ts';

/** Listens at the address of the settings, and answers there and on the data directory's socket once a store is open. */
export const startServer = async (settings: Settings, log: Log): Promise<StartedServer> => {
  const { read, opening, tellProgress, countDropped, open: observe } = observeService();
  const metrics = createMetrics(read);
  const onAnswered = (request: AnsweredRequest): void => {
    metrics.count(request);
    logRequest(log, request);
  };
  let listener: RequestListener = createOpeningApp(opening, metrics, onAnswered);
  const tellOfDropped = logDropped(log, settings.connectionsMax);
  const onDropped = (): void => {
    countDropped();
    tellOfDropped();
  };
  const web = await listen((...given) => listener(...given), settings, { ...settings, onDropped });
  const listening = [web];
  let services: Services | undefined;
  return {
    address: web.address,
    tellProgress,
    open: async (store) => {
      services = { ...createServices(settings, store), metrics };
      observe(services);
      const tokens = new Tokens(settings.dataDir);
      const asOperator = { ...services, tokens, identify: identifyOperator };
      const byToken = { ...services, tokens, identify: identifyByToken(tokens) };
      const onFault: ErrorListener = (error, instance) => logInternalError(log, error, instance);
      const operatorApp = createApp(
        asOperator,
        [...routes, ...operatorRoutes],
        onFault,
        onAnswered,
      );
      const socket = await listenOnSocket(socketPathOf(settings.dataDir), operatorApp, log);
      if (socket) listening.push(socket);
      listener = createApp(byToken, routes, onFault, onAnswered);
    },
    close: async (timeoutMs) => {
      const closed = await Promise.all(listening.map((each) => each.close(timeoutMs)));
      services?.witnesses.close();
      return closed.every(Boolean);
    },
  };
};

const createServices = (settings: Settings, store: OpenedStore): Services => ({
  store,
  settings,
  iris: createIris(settings.baseIri),
  witnesses: createWitnessIndex(store, settings.baseIri),
  results: createResultCache(settings.resultCacheBytes),
  readiness: createReadiness(store, settings.baseIri, store),
  watched: store,
});

/** The lock is ours, so a socket file that is still there was left by a process that is gone. */
const listenOnSocket = async (
  socketPath: string,
  app: RequestListener,
  log: Log,
): Promise<Listening | undefined> => {
  if (!fitsSocket(socketPath)) {
    log.warn(
      'The path of the data directory is too long for a socket: commands cannot reach this server.',
    );
    return undefined;
  }
  await rm(socketPath, { force: true });
  return listen(app, { socketPath });
};

import type { RequestListener } from 'node:http';
import { rm } from 'node:fs/promises';
import { runProgram } from './cli/program.ts';
import type { Composition, OpenedStore } from './cli/composition.ts';
import { fitsSocket, socketPathOf } from './cli/open-workplace.ts';
import { endWhenNobodyReads, tell } from './cli/terminal.ts';
import { createApp } from './http/app.ts';
import { observeService } from './http/metrics/readings.ts';
import { createMetrics } from './http/metrics/registry.ts';
import type { ErrorListener } from './http/error-answer.ts';
import { createOpeningApp } from './http/opening-app.ts';
import { operatorRoutes } from './http/operator-routes.ts';
import { createReadiness } from './http/readiness.ts';
import { logInternalError, logRequest } from './http/request-log.ts';
import { routes } from './http/routes.ts';
import { listen, type Listening } from './http/server.ts';
import type { Services } from './http/services.ts';
import type { AnsweredRequest } from './http/observe-requests.ts';
import { loadInstallationData } from './import/installation-data.ts';
import { createLog, type Log } from './log.ts';
import { createIris } from './model/iris.ts';
import { createWitnessIndex } from './search/witness-index.ts';
import type { Settings } from './settings.ts';
import { warmAnalysis } from './sparql/answer.ts';
import { createResultCache } from './sparql/result-cache.ts';
import { makeBackup } from './store/backup/make-backup.ts';
import { rebuildDirectory } from './store/backup/rebuild.ts';
import { restoreBackup } from './store/backup/restore-backup.ts';
import type { Care } from './store/care.ts';
import { createEmbeddedStore } from './store/embedded.ts';
import { verifyDirectory } from './store/verify/verify-directory.ts';

/**
 * The composition root: the one file that names an adapter. `npm start` runs it with `serve`,
 * `npm run isnad -- COMMAND` with any command.
 */
let serviceLog: Log | undefined;
/** The log of the service; a command only tells its user. */
const logOf = (settings: Settings): Log => (serviceLog ??= createLog(settings));

const openStore: Composition['openStore'] = async (settings, purpose, onReplay) => {
  const { scrubIntervalHours: _, ...common } = settings;
  // One user who asks one thing: long and short work may share an engine.
  const own =
    purpose === 'command'
      ? { engineReaders: 1, heavyLane: false, warmSpare: false, onNotice: tell }
      : {
          followHistory: true,
          scrubIntervalHours: settings.scrubIntervalHours,
          onNotice: (notice: string) => logOf(settings).warn(notice),
        };
  if (purpose === 'serve') void warmAnalysis(settings.baseIri);
  const store = await createEmbeddedStore({ ...common, ...own, onProgress: onReplay });
  try {
    if (settings.seed === 'default')
      await loadInstallationData(store, createIris(settings.baseIri));
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
};

const startServer: Composition['startServer'] = async (settings) => {
  const log = logOf(settings);
  const { read, opening, tellProgress, open: observe } = observeService();
  const metrics = createMetrics(read);
  const onAnswered = (request: AnsweredRequest): void => {
    metrics.count(request);
    logRequest(log, request);
  };
  let listener: RequestListener = createOpeningApp(opening, metrics, onAnswered);
  const web = await listen((...given) => listener(...given), settings, settings);
  const listening = [web];
  let services: Services | undefined;
  return {
    address: web.address,
    tellProgress,
    open: async (store) => {
      services = { ...createServices(settings, store), metrics };
      observe(services);
      const onFault: ErrorListener = (error, instance) => logInternalError(log, error, instance);
      const operatorApp = createApp(services, [...routes, ...operatorRoutes], onFault, onAnswered);
      const socket = await listenOnSocket(socketPathOf(settings.dataDir), operatorApp, log);
      if (socket) listening.push(socket);
      listener = createApp(services, routes, onFault, onAnswered);
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

const care: Care = {
  backup: makeBackup,
  restore: restoreBackup,
  verify: verifyDirectory,
  rebuild: rebuildDirectory,
};

endWhenNobodyReads(process.stdout);
process.exitCode = await runProgram(
  { environment: process.env, openStore, startServer, care },
  process.argv.slice(2),
);

import { rm } from 'node:fs/promises';
import { runProgram } from './cli/program.ts';
import type { Composition } from './cli/composition.ts';
import { fitsSocket, socketPathOf } from './cli/open-workplace.ts';
import { endWhenNobodyReads, tell } from './cli/terminal.ts';
import { createApp } from './http/app.ts';
import { operatorRoutes } from './http/operator-routes.ts';
import { routes } from './http/routes.ts';
import { listen, type Listening } from './http/server.ts';
import type { Services } from './http/services.ts';
import { loadInstallationData } from './import/installation-data.ts';
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
import type { TimedStore } from './store/time.ts';
import { verifyDirectory } from './store/verify/verify-directory.ts';

/**
 * The composition root: the one file that names an adapter. `npm start` runs it with `serve`,
 * `npm run isnad -- COMMAND` with any command.
 */
const openStore: Composition['openStore'] = async (settings, purpose, onReplay) => {
  // One user who asks one thing: long and short work may share an engine.
  const engines =
    purpose === 'command'
      ? { engineReaders: 1, heavyLane: false, warmSpare: false }
      : { followHistory: true };
  if (purpose === 'serve') void warmAnalysis(settings.baseIri);
  const store = await createEmbeddedStore({
    ...settings,
    ...engines,
    onProgress: onReplay,
    onNotice: tell,
  });
  try {
    if (settings.seed === 'default')
      await loadInstallationData(store, createIris(settings.baseIri));
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
};

/** An error of the service's own goes to the log in full; the client is told its URN only. */
const onInternalError = (error: unknown, instance: string): void => {
  tell(`${instance}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
};

const startServer: Composition['startServer'] = async (settings, store) => {
  const services = createServices(settings, store);
  const listening: Listening[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(listening.map((each) => each.close()));
    services.witnesses.close();
  };
  try {
    const web = await listen(createApp(services, routes, onInternalError), settings);
    listening.push(web);
    const operatorApp = createApp(services, [...routes, ...operatorRoutes], onInternalError);
    const socket = await listenOnSocket(socketPathOf(settings.dataDir), operatorApp);
    if (socket) listening.push(socket);
    return { address: web.address, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const createServices = (settings: Settings, store: TimedStore): Services => ({
  store,
  settings,
  iris: createIris(settings.baseIri),
  witnesses: createWitnessIndex(store, settings.baseIri),
  results: createResultCache(settings.resultCacheBytes),
});

/** The lock is ours, so a socket file that is still there was left by a process that is gone. */
const listenOnSocket = async (
  socketPath: string,
  app: Parameters<typeof listen>[0],
): Promise<Listening | undefined> => {
  if (!fitsSocket(socketPath)) {
    tell(
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

import { runProgram } from './cli/program.ts';
import type { Composition } from './cli/composition.ts';
import { endWhenNobodyReads, tell } from './cli/terminal.ts';
import { loadInstallationData } from './import/installation-data.ts';
import type { Log } from './log.ts';
import { createIris } from './model/iris.ts';
import type { Settings } from './settings.ts';
import { warmAnalysis } from './sparql/answer.ts';
import { makeBackup } from './store/backup/make-backup.ts';
import { rebuildDirectory } from './store/backup/rebuild.ts';
import { restoreBackup } from './store/backup/restore-backup.ts';
import type { Care } from './store/care.ts';
import { createEmbeddedStore } from './store/embedded.ts';
import { verifyDirectory } from './store/verify/verify-directory.ts';

/**
 * The composition root: the one file that names an adapter. `npm start` runs it with `serve`,
 * `npm run isnad -- COMMAND` with any command. What serves is loaded only when something is to be served.
 */
let serviceLog: Promise<Log> | undefined;
/** The log of the service; a command only tells its user. */
const logOf = (settings: Settings): Promise<Log> => (serviceLog ??= openLog(settings));
const openLog = async (settings: Settings): Promise<Log> => {
  const { createLog } = await import('./log.ts');
  return createLog(settings);
};

const openStore: Composition['openStore'] = async (settings, purpose, onReplay) => {
  const { scrubIntervalHours: _, ...common } = settings;
  // One user who asks one thing: long and short work may share an engine.
  const own =
    purpose === 'command'
      ? { engineReaders: 1, heavyLane: false, warmSpare: false, onNotice: tell }
      : {
          followHistory: true,
          scrubIntervalHours: settings.scrubIntervalHours,
          onNotice: (await logOf(settings)).warn,
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
  const [serve, log] = await Promise.all([import('./serve.ts'), logOf(settings)]);
  return serve.startServer(settings, log);
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

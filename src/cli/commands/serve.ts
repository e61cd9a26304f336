import { Command } from 'commander';
import type { Settings } from '../../settings.ts';
import type { Composition, OpenedStore, StartedServer } from '../composition.ts';
import { addSettingOptions, settingsOf } from '../options.ts';
import { limitStop, listenForStop } from '../stop-signals.ts';
import { createProgressLine, say, tell } from '../terminal.ts';

/** `isnad serve`: opens the data directory and serves it until a signal ends it. */
export const serveCommand = (composition: Composition): Command =>
  addSettingOptions(new Command('serve'), ['dataDir', 'port', 'host', 'seed', 'baseIri'])
    .description('Serve the graph over HTTP (this is what npm start runs).')
    .addHelpText('after', '\nExample:\n  npm run isnad -- serve --port 8080 --data-dir ./heritage')
    .action(async (options: Record<string, unknown>) => {
      const settings = settingsOf(composition.environment, options);
      const signals = listenForStop();
      // Listening first, so that those who watch can tell a long start from a dead service.
      const server = await composition.startServer(settings);
      const store = await openBehind(composition, settings, server);
      try {
        await server.open(store);
        signals.waitFor();
        say(`Isnad is ready at ${server.address} (commit ${store.head().sequence}).`);
        await signals.asked;
      } catch (error) {
        await stop(settings, server, store);
        throw error;
      }
      tell('Stopping: finishing what is under way.');
      await stop(settings, server, store);
    });

/** Opens the store while the server says how far that is. */
const openBehind = async (
  { openStore }: Composition,
  settings: Settings,
  server: StartedServer,
): Promise<OpenedStore> => {
  const progress = createProgressLine();
  try {
    return await openStore(settings, 'serve', (done, total) => {
      progress.show('replay', done, total);
      server.tellProgress(done, total);
    });
  } catch (error) {
    await server.close(0);
    throw error;
  } finally {
    progress.end();
  }
};

const stop = async (
  { shutdownTimeoutMs }: Settings,
  server: StartedServer,
  store: OpenedStore,
): Promise<void> => {
  const isOver = limitStop(shutdownTimeoutMs);
  const isWhole = await server.close(shutdownTimeoutMs);
  if (!isWhole) tell('Some requests took too long and were cut off.');
  await store.close();
  isOver();
};

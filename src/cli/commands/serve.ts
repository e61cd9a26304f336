import { Command } from 'commander';
import type { Composition } from '../composition.ts';
import { addSettingOptions, settingsOf } from '../options.ts';
import { createProgressLine, say, tell } from '../terminal.ts';

/** `isnad serve`: opens the data directory and serves it until a signal ends it. */
export const serveCommand = ({ environment, openStore, startServer }: Composition): Command =>
  addSettingOptions(new Command('serve'), ['dataDir', 'port', 'host', 'seed', 'baseIri'])
    .description('Serve the graph over HTTP (this is what npm start runs).')
    .addHelpText('after', '\nExample:\n  npm run isnad -- serve --port 8080 --data-dir ./heritage')
    .action(async (options: Record<string, unknown>) => {
      const settings = settingsOf(environment, options);
      const progress = createProgressLine();
      const store = await openStore(settings, 'serve', (done, total) =>
        progress.show('replay', done, total),
      );
      progress.end();
      try {
        const server = await startServer(settings, store);
        say(`Isnad is ready at ${server.address} (commit ${store.head().sequence}).`);
        await untilSignalled();
        tell('Stopping: finishing what is under way.');
        await server.close();
      } finally {
        await store.close();
      }
    });

/** Resolves at the first SIGINT or SIGTERM. */
const untilSignalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

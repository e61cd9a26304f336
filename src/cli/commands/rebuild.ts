import { Command } from 'commander';
import type { Composition } from '../composition.ts';
import { addSettingOptions, settingsOf } from '../options.ts';
import { createProgressLine, say } from '../terminal.ts';

/** `isnad rebuild`: removes what is derived from the journal; the next start makes it again. */
export const rebuildCommand = ({ environment, care }: Composition): Command =>
  addSettingOptions(new Command('rebuild'), ['dataDir'])
    .description(
      'Remove images and indexes, once the journal has verified; a start makes them again.',
    )
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  npm run isnad -- rebuild --data-dir ./.isnad')
    .action(async (options: Record<string, unknown>) => {
      const { dataDir } = settingsOf(environment, options);
      const progress = createProgressLine();
      const { removed, bytes } = await care.rebuild(dataDir, progress.show);
      progress.end();
      if (options['json'] === true) say(JSON.stringify({ removed, bytes }));
      else if (removed.length === 0) say('There was nothing to remove.');
      else
        say(`Removed ${removed.join(' and ')} (${bytes} bytes); the next start makes them again.`);
    });

import { Command } from 'commander';
import type { Composition } from '../composition.ts';
import { addSettingOptions, settingsOf } from '../options.ts';
import { createProgressLine, say } from '../terminal.ts';

/** `isnad restore`: makes a data directory from a backup, once all of it has verified. */
export const restoreCommand = ({ environment, care }: Composition): Command =>
  addSettingOptions(new Command('restore'), ['dataDir'])
    .description('Make a new data directory from a backup, once all of it has verified.')
    .argument('<backup>', 'the directory that backup made')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  npm run isnad -- restore ../isnad-backup-monday --data-dir ./restored',
    )
    .action(async (backup: string, options: Record<string, unknown>) => {
      const { dataDir } = settingsOf(environment, options);
      const progress = createProgressLine();
      const restored = await care.restore(backup, dataDir, progress.show);
      progress.end();
      if (options['json'] === true) say(JSON.stringify(restored));
      else
        say(
          `Restored commit ${restored.sequence} (${restored.hash.slice(0, 12)}) into ${dataDir}.`,
        );
    });

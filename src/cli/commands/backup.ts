import { Command } from 'commander';
import type { Composition } from '../composition.ts';
import { addSettingOptions, settingsOf } from '../options.ts';
import { createProgressLine, say } from '../terminal.ts';

/** `isnad backup`: copies a data directory at one commit, served or not. */
export const backupCommand = ({ environment, care }: Composition): Command =>
  addSettingOptions(new Command('backup'), ['dataDir'])
    .description('Copy a data directory at its newest commit, also while it is being served.')
    .argument('<directory>', 'where to; it must not exist yet')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  npm run isnad -- backup ../isnad-backup-monday')
    .action(async (target: string, options: Record<string, unknown>) => {
      const { dataDir } = settingsOf(environment, options);
      const progress = createProgressLine();
      const backup = await care.backup(dataDir, target, progress.show);
      progress.end();
      if (options['json'] === true) say(JSON.stringify(backup));
      else
        say(
          `Backed up commit ${backup.sequence} (${backup.hash.slice(0, 12)}) in ${target}: ` +
            `${backup.files} files, ${backup.bytes} bytes, all verified.`,
        );
    });

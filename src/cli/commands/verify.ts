import { Command } from 'commander';
import type { Composition } from '../composition.ts';
import { exitCodes } from '../exit-codes.ts';
import { withWorkplace } from '../open-workplace.ts';
import { addSettingOptions, settingsOf } from '../options.ts';
import { createProgressLine, say } from '../terminal.ts';

/** `isnad verify`: checks everything a data directory says of itself; any doubt is exit code 1. */
export const verifyCommand = (composition: Composition): Command =>
  addSettingOptions(new Command('verify'), ['dataDir', 'baseIri'])
    .description('Check checksums, chain, payloads, counts and graph hashes; changes nothing.')
    .option('--engines', 'check instead that every engine holds what the journal states')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  npm run isnad -- verify --data-dir ./.isnad')
    .action(async (options: Record<string, unknown>) => {
      if (options['engines'] === true) {
        await checkEngines(composition, options);
        return;
      }
      const { dataDir } = settingsOf(composition.environment, options);
      const progress = createProgressLine();
      const found = await composition.care.verify(dataDir, progress.show);
      progress.end();
      if (found.doubts.length > 0) process.exitCode = exitCodes.failed;
      if (options['json'] === true) {
        say(JSON.stringify(found, undefined, 2));
        return;
      }
      for (const doubt of found.doubts) say(`DOUBT: ${doubt}`);
      for (const note of found.notes) say(`Note: ${note}`);
      const outcome =
        found.doubts.length === 0 ? 'All is as it was written' : `${found.doubts.length} doubt(s)`;
      say(
        `${outcome}: ${found.commits} of ${found.head.sequence} commits checked in ` +
          `${found.segments} segment(s), head ${found.head.hash.slice(0, 12)}.`,
      );
    });

const checkEngines = async (
  composition: Composition,
  options: Record<string, unknown>,
): Promise<void> => {
  await withWorkplace(composition, options, async (workplace) => {
    const doubts = await workplace.checkEngines();
    if (doubts.length > 0) process.exitCode = exitCodes.failed;
    if (options['json'] === true) say(JSON.stringify({ doubts }, undefined, 2));
    else for (const doubt of doubts) say(`DOUBT: ${doubt}`);
    if (doubts.length === 0 && options['json'] !== true)
      say('Every engine holds what the journal states.');
  });
};

import { Command } from 'commander';
import type { Composition } from '../composition.ts';
import { addSettingOptions } from '../options.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';
import { say, textTable } from '../terminal.ts';

/** `isnad stats`: how much there is, by graph and by record type. */
export const statsCommand = (composition: Composition): Command =>
  addServerOptions(addSettingOptions(new Command('stats'), ['dataDir', 'baseIri']))
    .description('Show the number of quads by graph and of records by type.')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  npm run isnad -- stats --json')
    .action(async (options: Record<string, unknown>) => {
      await withWorkplace(composition, options, async (workplace) => {
        const statistics = await workplace.statistics();
        if (options['json'] === true) {
          say(JSON.stringify(statistics, undefined, 2));
          return;
        }
        const { commit, graphs, records } = statistics;
        say(`Commit ${commit.sequence} (${commit.hash.slice(0, 12)})\n`);
        say(textTable([['graph', 'quads'], ...graphs.map((g) => [g.graph, String(g.quads)])]));
        say('');
        say(
          textTable([['record type', 'records'], ...records.map((r) => [r.type, String(r.count)])]),
        );
      });
    });

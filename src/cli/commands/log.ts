import { Command } from 'commander';
import type { Composition } from '../composition.ts';
import { addSettingOptions, wholeNumber } from '../options.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';
import { say, textTable } from '../terminal.ts';

const limitMax = 500;

interface LogOptions extends Record<string, unknown> {
  readonly graph?: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** `isnad log`: the commits, newest first. */
export const logCommand = (composition: Composition): Command =>
  addServerOptions(addSettingOptions(new Command('log'), ['dataDir', 'baseIri']))
    .description('Show the commits, newest first: who wrote what, when and how much.')
    .option('--graph <iri>', 'only those that wrote into this graph')
    .option('--limit <number>', `how many, up to ${limitMax}`, '20')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  npm run isnad -- log --limit 5')
    .action(async ({ graph, limit, json, ...options }: LogOptions) => {
      const request = { graph, limit: wholeNumber('--limit', limit, 1, limitMax) };
      await withWorkplace(composition, options, async ({ time }) => {
        const { commits } = await time.log(request);
        if (json === true) {
          say(JSON.stringify(commits, undefined, 2));
          return;
        }
        const rows = commits.map((commit) => [
          String(commit.sequence),
          `${commit.recordedAt.slice(0, 19)}Z`,
          commit.actor,
          commit.activity,
          `+${commit.addedQuads}`,
          `−${commit.removedQuads}`,
          commit.withheldQuads === undefined
            ? commit.message
            : `${commit.message} [${commit.withheldQuads} withheld]`,
        ]);
        say(
          textTable([
            ['commit', 'recorded', 'by', 'activity', 'added', 'removed', 'message'],
            ...rows,
          ]),
        );
      });
    });

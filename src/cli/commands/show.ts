import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import type { CommitView } from '../../catalogue/commits.ts';
import type { Composition } from '../composition.ts';
import { readBody } from '../http-client.ts';
import { addSettingOptions, commitNumber } from '../options.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';
import { say, textTable } from '../terminal.ts';

interface ShowOptions extends Record<string, unknown> {
  readonly at?: string;
  readonly json?: boolean;
}

/** `isnad show N`: one commit; with `--at N`, what a record or graph was at a commit. */
export const showCommand = (composition: Composition): Command =>
  addServerOptions(addSettingOptions(new Command('show'), ['dataDir', 'baseIri']))
    .description('Show a commit, or with --at what a record or graph was at a commit, as N-Quads.')
    .argument('<what>', 'number of the commit; with --at the IRI of a record or graph')
    .option('--at <commit>', 'show the state after this commit')
    .option('--json', 'as JSON; of a state, a list of its lines')
    .addHelpText(
      'after',
      '\nExample:\n  npm run isnad -- show 12\n' +
        '  npm run isnad -- show --at 12 http://localhost:3030/dataset/scholars',
    )
    .action(async (what: string, { at, json, ...options }: ShowOptions) => {
      const number = commitNumber(at === undefined ? 'The commit' : '--at', at ?? what, 1);
      await withWorkplace(composition, options, async ({ time }) => {
        if (at === undefined) {
          const commit = await time.commit(number);
          if (json === true) say(JSON.stringify(commit, undefined, 2));
          else sayCommit(commit);
          return;
        }
        const state = await time.state(number, what);
        if (json !== true) {
          await pipeline(Readable.from(state), process.stdout, { end: false });
          return;
        }
        const lines = (await readBody(state)).toString('utf8').split('\n').slice(0, -1);
        say(JSON.stringify(lines, undefined, 2));
      });
    });

const sayCommit = (commit: CommitView): void => {
  say(`Commit ${commit.sequence} (${commit.hash})`);
  say(`${commit.recordedAt}, ${commit.activity} by ${commit.actor}`);
  say(`\n${commit.message}\n`);
  if (commit.withheldQuads !== undefined)
    say(`${commit.withheldQuads} of its quads are withheld by a redaction.\n`);
  const rows = commit.graphs.map(({ graph, addedQuads, removedQuads, created, dropped }) => [
    graph === '' ? '(default graph)' : graph,
    `+${addedQuads}`,
    `−${removedQuads}`,
    [created ? 'created' : '', dropped ? 'dropped' : ''].join(''),
  ]);
  say(textTable([['graph', 'added', 'removed', ''], ...rows]));
};

import { Command } from 'commander';
import type { Composition } from '../composition.ts';
import { addSettingOptions, commitNumber } from '../options.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';
import { say } from '../terminal.ts';

interface UndoOptions extends Record<string, unknown> {
  readonly partial?: boolean;
  readonly message?: string;
  readonly json?: boolean;
}

/** `isnad undo N`: takes a commit back, as a commit of its own. */
export const undoCommand = (composition: Composition): Command =>
  addServerOptions(addSettingOptions(new Command('undo'), ['dataDir', 'baseIri']))
    .description('Take a commit back: remove what it added, add what it removed.')
    .argument('<commit>', 'number of the commit')
    .option('--partial', 'leave quads as they are that later commits touched, and undo the rest')
    .option('--message <text>', 'why; by default that it is the undo of that commit')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  npm run isnad -- undo 12 --message "Wrong file imported"')
    .action(async (commit: string, { partial, message, json, ...options }: UndoOptions) => {
      const sequence = commitNumber('The commit', commit, 1);
      await withWorkplace(composition, options, async ({ time }) => {
        const outcome = await time.undo({ sequence, partial: partial ?? false, message });
        if (json === true) {
          say(JSON.stringify(outcome, undefined, 2));
          return;
        }
        const { commit: made, leftQuads } = outcome;
        say(
          made === undefined
            ? `Nothing of commit ${sequence} was left to undo.`
            : `Commit ${made.sequence} takes commit ${sequence} back: +${made.addedQuads} −${made.removedQuads} quads.`,
        );
        if (leftQuads > 0)
          say(`${leftQuads} quads were left as they are: touched by later commits, or withheld.`);
      });
    });

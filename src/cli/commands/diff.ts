import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import type { Composition } from '../composition.ts';
import { addSettingOptions, commitNumber } from '../options.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';

interface DiffOptions extends Record<string, unknown> {
  readonly graph?: string;
  readonly json?: boolean;
}

/** `isnad diff A B`: what changed between two commits, as RDF Patch. */
export const diffCommand = (composition: Composition): Command =>
  addServerOptions(addSettingOptions(new Command('diff'), ['dataDir', 'baseIri']))
    .description(
      'Show what changed from one commit to another, as RDF Patch: D lines out, A lines in.',
    )
    .argument('<from>', 'number of a commit; 0 is the empty store')
    .argument('<to>', 'number of another one; an earlier one gives the way back')
    .option('--graph <iri>', 'only this graph')
    .option('--json', 'as JSON, with the first 1000 lines')
    .addHelpText('after', '\nExample:\n  npm run isnad -- diff 11 12')
    .action(async (from: string, to: string, { graph, json, ...options }: DiffOptions) => {
      const ends = { from: commitNumber('from', from, 0), to: commitNumber('to', to, 0) };
      await withWorkplace(composition, options, async ({ time }) => {
        const form = json === true ? 'json' : 'patch';
        const pieces = await time.diff({ ...ends, graph, form });
        await pipeline(Readable.from(pieces), process.stdout, { end: false });
        if (json === true) process.stdout.write('\n');
      });
    });

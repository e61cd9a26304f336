import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { createIris, isDatasetSlug } from '../../model/iris.ts';
import { IsnadError } from '../../errors.ts';
import type { Composition } from '../composition.ts';
import { checkOutputFile, writeWhole } from '../output-file.ts';
import { addSettingOptions, commitNumber } from '../options.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';
import { tell } from '../terminal.ts';

/** `isnad export`: writes graphs as canonical N-Quads, sorted, so that two exports can be compared. */
export const exportCommand = (composition: Composition): Command =>
  addServerOptions(addSettingOptions(new Command('export'), ['dataDir', 'baseIri']))
    .description('Write the data as N-Quads: everything, or the datasets and graphs named.')
    .option('--dataset <slug...>', 'only these datasets')
    .option('--graph <iri...>', 'only these graphs')
    .option('--at <commit>', 'as it was at this commit instead of the newest')
    .option('--output <file>', 'write to this file instead of standard output')
    .addHelpText(
      'after',
      '\nExample:\n  npm run isnad -- export --dataset scholars --output scholars.nq',
    )
    .action(async (options: ExportOptions) => {
      if (options.output !== undefined) await checkOutputFile('--output', options.output);
      await withWorkplace(composition, options, async (workplace) => {
        const iris = createIris(await workplace.baseIri());
        const graphs = [
          ...(options.graph ?? []),
          ...(options.dataset ?? []).map((slug) => iris.dataset(checkedSlug(slug))),
        ];
        const at = options.at === undefined ? undefined : commitNumber('--at', options.at, 1);
        const pieces = Readable.from(workplace.exportGraphs(graphs, at));
        if (options.output === undefined) {
          await pipeline(pieces, process.stdout, { end: false });
          return;
        }
        await writeWhole(options.output, pieces);
        tell(`Written to ${options.output}.`);
      });
    });

interface ExportOptions extends Record<string, unknown> {
  readonly dataset?: readonly string[];
  readonly graph?: readonly string[];
  readonly output?: string;
  readonly at?: string;
}

const checkedSlug = (slug: string): string => {
  if (isDatasetSlug(slug)) return slug;
  throw new IsnadError('wrong-use', `"${slug}" cannot name a dataset.`);
};

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { IsnadError } from '../../errors.ts';
import { importFormats, type ImportRequest } from '../../import/import-request.ts';
import type { ImportResult } from '../../import/import-delivery.ts';
import { reportFormats, renderReport } from '../../import/report.ts';
import type { Composition } from '../composition.ts';
import { exitCodes } from '../exit-codes.ts';
import { checkOutputFile } from '../output-file.ts';
import { addSettingOptions, choiceOf } from '../options.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';
import { createProgressLine, say, tell } from '../terminal.ts';

interface ImportOptions extends Record<string, unknown> {
  readonly format: string;
  readonly dataset: string;
  readonly licence: string;
  readonly title: string;
  readonly rightsHolder?: string;
  readonly attribution?: string;
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly report?: string;
}

/** `isnad import PATH`: brings a delivery in as one commit, or shows with --dry-run what it would change. */
export const importCommand = (composition: Composition): Command =>
  addServerOptions(addSettingOptions(new Command('import'), ['dataDir', 'baseIri', 'seed']))
    .description('Import a delivery into a dataset, as one commit.')
    .argument('<path>', 'directory, archive or file of the delivery')
    .requiredOption('--dataset <slug>', 'dataset to import into; made if it is new')
    .requiredOption('--licence <iri>', 'licence of the dataset')
    .requiredOption('--title <text>', 'title of the dataset')
    .option('--format <name>', `format of the delivery: ${importFormats.join(', ')}`, 'tei')
    .option('--rights-holder <text>', 'who holds the rights')
    .option('--attribution <text>', 'the line to be shown with the data')
    .option('--source <iri>', 'where the delivery was published')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--report <file>', 'write all findings to this file: .html, .csv, .json or .txt')
    .option('--json', 'the report as JSON on standard output')
    .addHelpText(
      'after',
      '\nExample:\n  npm run isnad -- import ./corpus-coranicum-tei --format tei --dataset corpus-coranicum \\\n' +
        '    --licence https://creativecommons.org/licenses/by-sa/4.0/ --title "Corpus Coranicum"',
    )
    .action(async (delivery: string, options: ImportOptions) => {
      const reportFormat =
        options.report === undefined ? undefined : formatOfReport(options.report);
      if (options.report !== undefined) await checkOutputFile('--report', options.report);
      await withWorkplace(composition, options, async (workplace) => {
        const progress = createProgressLine();
        const result = await workplace
          .importDelivery(requestOf(delivery, options), (step) =>
            progress.show(step.stage, step.done, step.total),
          )
          .finally(() => progress.end());
        if (options.report !== undefined && reportFormat !== undefined) {
          await writeFile(options.report, renderReport(result, reportFormat));
          tell(`Report written to ${options.report}.`);
        }
        show(result, options.json === true);
      });
    });

const requestOf = (delivery: string, options: ImportOptions): ImportRequest => ({
  path: path.resolve(delivery),
  format: choiceOf('--format', options.format, importFormats),
  dataset: {
    slug: options.dataset,
    licence: options.licence,
    title: options.title,
    ...(options.rightsHolder === undefined ? {} : { rightsHolder: options.rightsHolder }),
    ...(options.attribution === undefined ? {} : { attribution: options.attribution }),
    ...(options.source === undefined ? {} : { source: options.source }),
  },
  dryRun: options.dryRun === true,
});

const show = (result: ImportResult, asJson: boolean): void => {
  say(renderReport(result, asJson ? 'json' : 'txt'));
  if (result.blocked) process.exitCode = exitCodes.failed;
};

const formatOfReport = (file: string) => {
  const suffix = path.extname(file).slice(1);
  const found = reportFormats.find((format) => format === suffix);
  if (found !== undefined) return found;
  throw new IsnadError(
    'wrong-use',
    `A report cannot be written to ${file}: its name must end in .${reportFormats.join(', .')}.`,
  );
};

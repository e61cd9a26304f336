import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { IsnadError } from '../../errors.ts';
import { installationFolders } from '../../import/installation-data.ts';
import { validationReportFormats } from '../../import/shapes/report-formats.ts';
import { mediaTypeByFormat, rdfMediaTypes } from '../../rdf/media-types.ts';
import type { Composition } from '../composition.ts';
import { exitCodes } from '../exit-codes.ts';
import { addSettingOptions, choiceOf, settingsOf } from '../options.ts';
import { say } from '../terminal.ts';

interface ValidateOptions extends Record<string, unknown> {
  readonly format?: string;
  readonly report: string;
  readonly json?: boolean;
}

/** `isnad validate FILE`: checks an RDF file against the shapes; nothing is stored. */
export const validateCommand = ({ environment }: Composition): Command =>
  addSettingOptions(new Command('validate'), ['baseIri'])
    .description('Check an RDF file against the shapes.')
    .argument('<file>', 'file in Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD')
    .option('--format <name>', 'format of the file, where its name does not tell')
    .option('--report <form>', `form of the report: ${validationReportFormats.join(', ')}`, 'text')
    .option('--json', 'the same as --report json')
    .addHelpText('after', '\nExample:\n  npm run isnad -- validate data/seed/scholars.ttl')
    .action(async (file: string, options: ValidateOptions) => {
      const form = choiceOf(
        '--report',
        options.json === true ? 'json' : options.report,
        validationReportFormats,
      );
      const mediaType = mediaTypeOf(file, options.format);
      const content = await readContent(file);
      const { baseIri } = settingsOf(environment, options);
      const { readValidator, validateDocument, renderValidationReport } =
        await import('../../import/shapes/validate-document.ts');
      const validator = await readValidator(installationFolders.ontology);
      const summary = await validateDocument(validator, content, { mediaType, baseIri, file });
      say((await renderValidationReport(summary, form)).trimEnd());
      if (summary.counts.violation > 0) process.exitCode = exitCodes.failed;
    });

const readContent = async (file: string): Promise<Buffer> => {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new IsnadError('wrong-use', `The file ${file} cannot be read.`, { cause });
  }
};

const mediaTypeOf = (file: string, format: string | undefined) => {
  const name = format ?? path.extname(file).slice(1);
  const found = mediaTypeByFormat(name, rdfMediaTypes);
  if (found !== undefined) return found;
  throw new IsnadError(
    'wrong-use',
    `"${name}" is no RDF format; name one with --format: ttl, nt, nq, trig, rdf or jsonld.`,
  );
};

import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import {
  bindingsMediaTypes,
  mediaTypeByFormat,
  mediaTypes,
  rdfMediaTypes,
  type MediaType,
} from '../../rdf/media-types.ts';
import { IsnadError } from '../../errors.ts';
import type { Composition } from '../composition.ts';
import { readBody } from '../http-client.ts';
import { addSettingOptions, choiceOf } from '../options.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';

const formats = Object.values(mediaTypes).map(({ format }) => format);

/** `isnad query FILE|-`: runs one SPARQL query and writes its answer to standard output. */
export const queryCommand = (composition: Composition): Command =>
  addServerOptions(addSettingOptions(new Command('query'), ['dataDir', 'baseIri']))
    .description('Run a SPARQL query from a file, or from standard input (-).')
    .argument('<file>', 'file with the query, or - for standard input')
    .option('--format <name>', `form of the answer: ${formats.join(', ')}`)
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      '\nExample:\n  npm run isnad -- query queries/holdings-by-script.rq --format csv',
    )
    .action(async (file: string, options: QueryOptions) => {
      const text = await readQuery(file);
      const mediaType = mediaTypeOf(options);
      await withWorkplace(composition, options, async (workplace) => {
        const answer = await workplace.query(text, mediaType);
        process.stdout.write(answer.body);
      });
    });

interface QueryOptions extends Record<string, unknown> {
  readonly format?: string;
  readonly json?: boolean;
}

const readQuery = async (file: string): Promise<string> => {
  if (file === '-') return (await readBody(process.stdin)).toString('utf8');
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new IsnadError('wrong-use', `The query file ${file} cannot be read.`, { cause });
  }
};

const mediaTypeOf = ({ format, json }: QueryOptions): MediaType | undefined => {
  const name = json === true ? 'json' : format;
  if (name === undefined) return undefined;
  const chosen = choiceOf('--format', name, formats);
  return mediaTypeByFormat(chosen, [...bindingsMediaTypes, ...rdfMediaTypes]);
};

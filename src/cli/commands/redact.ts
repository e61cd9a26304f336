import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { IsnadError } from '../../errors.ts';
import { canonicalLines } from '../../rdf/canonical.ts';
import { parseNQuads } from '../../rdf/nquads.ts';
import type { Redaction, RedactionOf } from '../../store/time.ts';
import type { Composition } from '../composition.ts';
import { addSettingOptions, commitNumber } from '../options.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';
import { createProgressLine, say, textTable } from '../terminal.ts';

interface RedactOptions extends Record<string, unknown> {
  readonly commit?: string;
  readonly graph?: string;
  readonly record?: string;
  readonly lines?: string;
  readonly reason: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** How many lines and commits are shown; `--json` shows more lines and all commits. */
const shownMax = 20;

/** `isnad redact`: withholds lines from every commit; without --yes it only shows what that would be. */
export const redactCommand = (composition: Composition): Command =>
  addServerOptions(addSettingOptions(new Command('redact'), ['dataDir', 'baseIri', 'seed']))
    .description('Withhold lines from every commit for good; shows what, and does it with --yes.')
    .option('--commit <number>', 'what this commit added')
    .option('--graph <iri>', 'with --commit: only in this graph')
    .option('--record <iri>', 'this record, with what belongs to it')
    .option('--lines <file>', 'exactly the quads of this N-Quads file')
    .requiredOption('--reason <text>', 'why; everybody can read it, so not what is withheld')
    .option('--dry-run', 'only show what would be withheld; so it is without --yes')
    .option('--yes', 'withhold it: this cannot be undone')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  npm run isnad -- redact --record http://localhost:3030/id/person/x \\\n' +
        '    --reason "Court order 12/2026" --yes',
    )
    .action(async (options: RedactOptions) => {
      const dryRun = isDryRun(options);
      const request = { of: await selectionOf(options), reason: options.reason, dryRun };
      await withWorkplace(composition, options, async (workplace) => {
        const progress = createProgressLine();
        const redaction = await workplace
          .redact(request, progress.show)
          .finally(() => progress.end());
        if (options.json === true) say(JSON.stringify(redaction, undefined, 2));
        else sayRedaction(redaction, request.of);
      });
    });

const isDryRun = ({ dryRun, yes }: RedactOptions): boolean => {
  if (dryRun === true && yes === true)
    throw new IsnadError('wrong-use', 'Either --dry-run or --yes, not both.');
  return yes !== true;
};

const selectionOf = async (options: RedactOptions): Promise<RedactionOf> => {
  const { commit, graph, record, lines } = options;
  const given = [commit, record, lines].filter((each) => each !== undefined);
  if (given.length !== 1 || (graph !== undefined && commit === undefined))
    throw new IsnadError(
      'wrong-use',
      'Name what to withhold by one of --commit (with --graph or without), --record and --lines.',
    );
  if (record !== undefined) return { kind: 'record', iri: record };
  if (lines !== undefined) return { kind: 'lines', lines: await readQuads(lines) };
  const sequence = commitNumber('--commit', commit ?? '', 1);
  return { kind: 'commit', sequence, ...(graph === undefined ? {} : { graph }) };
};

/** The quads of a file in the form in which the journal holds them. */
const readQuads = async (file: string): Promise<string[]> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new IsnadError('wrong-use', `The file ${file} cannot be read.`, { cause });
  });
  const quads = canonicalLines(parseNQuads(text));
  if (quads.length > 0) return quads;
  throw new IsnadError('wrong-use', `The file ${file} holds no quads.`);
};

const sayRedaction = (redaction: Redaction, of: RedactionOf): void => {
  const { commits, lines, listed, payloads, presentQuads, setAside, commit } = redaction;
  for (const line of listed.slice(0, shownMax)) say(line);
  if (lines > shownMax) say(`… and ${lines - shownMax} more lines.`);
  say('');
  const rows = commits
    .slice(0, shownMax)
    .map((each) => [String(each.sequence), String(each.lines), each.graph || '(default graph)']);
  say(textTable([['commit', 'lines', 'graph'], ...rows]));
  if (commits.length > shownMax) say(`… and ${commits.length - shownMax} more rows.`);
  say('');
  if (of.kind === 'lines' && of.lines.length > lines)
    say(`${of.lines.length - lines} of the ${of.lines.length} lines given are in no commit.`);
  const verb = commit ? 'were' : 'would be';
  for (const file of setAside)
    say(`The set-aside file ${file} ${commit ? 'was' : 'would be'} removed.`);
  say(
    `${lines} lines ${verb} withheld from ${payloads} payloads; the store held ${presentQuads} of them.`,
  );
  say(
    commit
      ? `Commit ${commit.sequence} withholds them. Backups made before still hold them.`
      : 'Nothing was changed. With --yes this is done; it cannot be undone.',
  );
};

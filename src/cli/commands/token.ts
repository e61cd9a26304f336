import { Command } from 'commander';
import { scopeForms } from '../../access/scope.ts';
import type { TokenView } from '../../access/tokens.ts';
import type { Composition } from '../composition.ts';
import { addServerOptions, withWorkplace } from '../open-workplace.ts';
import { addSettingOptions } from '../options.ts';
import { say, tell, textTable } from '../terminal.ts';

interface CreateOptions extends Record<string, unknown> {
  readonly name: string;
  readonly scope: readonly string[];
  readonly expires?: string;
  readonly json?: boolean;
}

interface ShowOptions extends Record<string, unknown> {
  readonly json?: boolean;
}

const example = (words: string): string => `\nExample:\n  npm run isnad -- token ${words}`;

/** A command of the group, with the options that all of them share. */
const subcommand = (name: string, description: string): Command =>
  addServerOptions(addSettingOptions(new Command(name), ['dataDir', 'baseIri', 'seed']))
    .description(description)
    .exitOverride();

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

const createCommand = (composition: Composition): Command =>
  subcommand('create', 'Make a token and print it, this once; only its hash is kept.')
    .requiredOption('--name <name>', 'whose it is; commits name it as their actor')
    .requiredOption(
      '--scope <scope>',
      `what it allows: ${scopeForms.join(', ')}; may be repeated`,
      collect,
    )
    .option('--expires <when>', 'a date (2027-01-31), a time, or days from now (90d)')
    .option('--json', 'as JSON, with what is kept of it')
    .addHelpText('after', example('create --name curator --scope write:scholars --expires 365d'))
    .action(async ({ name, scope, expires, json, ...options }: CreateOptions) => {
      await withWorkplace(composition, options, async ({ tokens }) => {
        const created = await tokens.create({ name, scopes: scope, expires });
        if (json === true) {
          say(JSON.stringify(created, undefined, 2));
          return;
        }
        say(created.token);
        tell('Keep it: it cannot be shown again.');
      });
    });

const rowOf = (token: TokenView): string[] => [
  token.id,
  token.name,
  token.scopes.join(' '),
  token.state,
  token.createdAt.slice(0, 10),
  token.revokedAt?.slice(0, 10) ?? token.expiresAt?.slice(0, 10) ?? '',
];

const listCommand = (composition: Composition): Command =>
  subcommand('list', 'Show every token there ever was, and whether it is valid.')
    .option('--json', 'as JSON')
    .addHelpText('after', example('list'))
    .action(async ({ json, ...options }: ShowOptions) => {
      await withWorkplace(composition, options, async ({ tokens }) => {
        const all = await tokens.list();
        const header = ['id', 'name', 'scopes', 'state', 'created', 'ends'];
        say(
          json === true
            ? JSON.stringify({ tokens: all }, undefined, 2)
            : textTable([header, ...all.map(rowOf)]),
        );
      });
    });

const revokeCommand = (composition: Composition): Command =>
  subcommand('revoke', 'End a token at once.')
    .argument('<token>', 'its id, or the name of a valid one')
    .option('--json', 'as JSON')
    .addHelpText('after', example('revoke curator'))
    .action(async (token: string, { json, ...options }: ShowOptions) => {
      await withWorkplace(composition, options, async ({ tokens }) => {
        const revoked = await tokens.revoke(token);
        say(
          json === true
            ? JSON.stringify(revoked, undefined, 2)
            : `The token “${revoked.name}” (${revoked.id}) is revoked.`,
        );
      });
    });

/** `isnad token`: who may write. */
export const tokenCommand = (composition: Composition): Command =>
  new Command('token')
    .description('Make, list and revoke the tokens by which writes are allowed over HTTP.')
    .addCommand(createCommand(composition))
    .addCommand(listCommand(composition))
    .addCommand(revokeCommand(composition))
    .addHelpText('after', example('create --name curator --scope write:scholars'));

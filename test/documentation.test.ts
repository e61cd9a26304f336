import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scopeForms } from '../src/access/scope.ts';
import { createProgram } from '../src/cli/program.ts';
import { errorCatalogue } from '../src/errors.ts';
import { settingDescriptions } from '../src/settings.ts';

const page = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, '..', 'docs', name), 'utf8');

/** The names in the first column of a page's tables, as `| \`name …\` |`. */
const firstColumn = (text: string): string[] =>
  [...text.matchAll(/^\| `([\w.-]+)[^`]*` \|/gm)].map(([, name = '']) => name);

const unused = () => Promise.reject(new Error('not called here'));
const program = createProgram({
  environment: {},
  openStore: () => Promise.reject(new Error('not opened here')),
  startServer: () => Promise.reject(new Error('not started here')),
  care: { backup: unused, restore: unused, verify: unused, rebuild: unused },
});

describe('the documentation', () => {
  it('finds the names in a table, and none where there is no table', () => {
    expect(firstColumn('| `a-b` | x |\n| `import PATH` | y |\ntext `c`')).toEqual([
      'a-b',
      'import',
    ]);
  });

  it('lists every setting with its variable and default, and no other', () => {
    const text = page('settings.md');
    expect(firstColumn(text)).toEqual(settingDescriptions().map(({ name }) => name));
    for (const { env, default: fallback, help } of settingDescriptions()) {
      expect(text).toContain(`| \`${env}\` | \`${fallback}\` | ${help} |`);
    }
  });

  it('lists every error code with its meaning and action, and no other', () => {
    const text = page('errors.md');
    expect(firstColumn(text)).toEqual(Object.keys(errorCatalogue));
    for (const { meaning, action } of Object.values(errorCatalogue)) {
      expect(text).toContain(`| ${meaning} | ${action} |`);
    }
  });

  it('lists every command, and no other', () => {
    expect(firstColumn(page('cli.md'))).toEqual(program.commands.map((command) => command.name()));
  });

  it('lists every command of a group, and no other, each with an example', () => {
    for (const group of program.commands.filter(({ commands }) => commands.length > 0)) {
      const listed = [...page('cli.md').matchAll(new RegExp(`^- \`${group.name()} (\\w+)`, 'gm'))];
      expect(listed.map(([, name]) => name)).toEqual(group.commands.map((each) => each.name()));
      for (const command of group.commands) {
        let shown = '';
        command.configureOutput({ writeOut: (text) => (shown += text) });
        command.outputHelp();
        expect(shown).toContain(`Example:\n  npm run isnad -- ${group.name()} ${command.name()}`);
      }
    }
  });

  it('explains every scope of a token, and no other', () => {
    const rows = page('http.md').split('| scope | may |\n')[1]?.split('\n\n')[0] ?? '';
    expect([...rows.matchAll(/^\| `([^`]+)` \|/gm)].map(([, form]) => form)).toEqual(scopeForms);
  });

  it('lists every named question, and no other', () => {
    const files = globSync('*.rq', { cwd: path.join(import.meta.dirname, '..', 'queries') });
    expect(firstColumn(page('queries.md'))).toEqual(
      files.map((file) => file.slice(0, -3)).toSorted(),
    );
  });

  it.each(program.commands.map((command) => [command.name(), command] as const))(
    'the help of %s has a description and an example',
    (name, command) => {
      let shown = '';
      command.configureOutput({ writeOut: (text) => (shown += text) });
      command.outputHelp();
      expect(command.description()).not.toBe('');
      expect(shown).toContain(`Example:\n  npm run isnad -- ${name}`);
    },
  );
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const { scripts, dependencies } = JSON.parse(
  readFileSync(path.join(root, 'package.json'), 'utf8'),
) as Record<'scripts' | 'dependencies', Record<string, string>>;

/** What `src/check-node.js` says, and its exit code, under a Node.js of this version. */
const checkedAs = (version: string): { said: string[]; exitCode?: number } => {
  const program = readFileSync(path.join(root, 'src', 'check-node.js'), 'utf8');
  const run = `const said = [];
    const pretended = { version: 'v${version}', versions: { node: '${version}' },
      stderr: { write: (text) => said.push(text) } };
    (function (process) { ${program} })(pretended);
    process.stdout.write(JSON.stringify({ said, exitCode: pretended.exitCode }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', run], { encoding: 'utf8' }));
};

describe('the scripts of the package', () => {
  it('say so in one line when Node.js is too old, and only then', () => {
    expect(scripts).toMatchObject({
      prestart: 'node src/check-node.js',
      preisnad: 'node src/check-node.js',
    });
    expect(checkedAs('20.20.2')).toEqual({
      said: [
        'runtime-too-old: Node.js 26 or later is needed, and this is v20.20.2. Run npm ci, which brings it.\n',
      ],
      exitCode: 2,
    });
    expect(checkedAs('26.0.0')).toEqual({ said: [] });
    expect(checkedAs('100.1.0')).toEqual({ said: [] });
  });

  it('need no dependency that ARCHITECTURE.md does not explain', () => {
    const page = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
    const table = page.slice(page.indexOf('## Why each dependency is there'));
    const explained = [...table.matchAll(/^\| ([^|]+) \|/gm)]
      .flatMap(([, names = '']) => names.split(', ').map((name) => name.trim()))
      .filter((name) => name !== 'package' && !/^-+$/.test(name));
    expect(explained.toSorted()).toEqual(Object.keys(dependencies).toSorted());
  });
});

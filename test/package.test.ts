import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const { scripts, dependencies } = JSON.parse(
  readFileSync(path.join(root, 'package.json'), 'utf8'),
) as Record<'scripts' | 'dependencies', Record<string, string>>;

/** The program between the quotes of a script `node -e "…"`. */
const programOf = (name: string): string => /^node -e "(.*)"$/.exec(scripts[name] ?? '')?.[1] ?? '';

/** Runs a script's program as a Node.js of this version would, and gives what it says and its code. */
const runAs = (version: string, name: string): { said: string[]; code: number | undefined } => {
  const result: { said: string[]; code: number | undefined } = { said: [], code: undefined };
  const run = `const said = []; let code;
    (function (process, console) { ${programOf(name)} })(
      { version: 'v${version}', versions: { node: '${version}' }, exit: (given) => { code = given; } },
      { error: (text) => said.push(text) });
    process.stdout.write(JSON.stringify({ said, code }));`;
  return Object.assign(
    result,
    JSON.parse(execFileSync(process.execPath, ['-e', run], { encoding: 'utf8' })),
  );
};

describe('the scripts of the package', () => {
  it.each(['prestart', 'preisnad'])('%s says so when Node.js is too old, and only then', (name) => {
    const { said, code } = runAs('20.20.2', name);
    expect(said).toEqual([
      'runtime-too-old: Node.js 26 or later is needed, and this is v20.20.2. Run npm ci, which brings it.',
    ]);
    expect(code).toBe(2);
    expect(runAs('26.0.0', name)).toEqual({ said: [], code: undefined });
    expect(runAs('100.1.0', name)).toEqual({ said: [], code: undefined });
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

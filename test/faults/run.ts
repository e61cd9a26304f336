/**
 * Runs every proof, one after the other, and prints a table of their figures:
 *
 *     node test/faults/run.ts [--short|--full] [NAME…]
 *
 * Exits with 1 when one fails. The short forms together take a few minutes; the full ones hours.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from './child.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { full: { type: 'boolean', default: false }, short: { type: 'boolean' } },
});

/** No short form may take longer than this, in milliseconds: a proof that hangs has failed. */
const shortLimitMs = 240_000;

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .filter((file) =>
    /^await prove\(/m.test(readFileSync(path.join(import.meta.dirname, file), 'utf8')),
  )
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => positionals.length === 0 || positionals.includes(name));

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const runProof = async (name: string): Promise<{ name: string; line: string; ok: boolean }> => {
  const child = startChild([`test/faults/${name}.ts`, values.full ? '--full' : '--short']);
  const timer = values.full ? undefined : setTimeout(() => void child.kill(), shortLimitMs);
  const code = await child.ended;
  clearTimeout(timer);
  for (const line of child.lines.slice(0, -1)) say(line);
  for (const line of code === 0 ? [] : child.complaints) say(`  ${name}: ${line}`);
  const last = child.lines.at(-1) ?? `FAILED ${name}: ended with ${code} and without a figure`;
  say(last);
  return { name, line: last, ok: code === 0 };
};

const results = [];
for (const name of names) results.push(await runProof(name));

say('');
say('| proof | outcome | figure |');
say('|---|---|---|');
for (const { name, line, ok } of results) {
  const [, outcome, figure] = /^(\w+) [\w-]+: (.*)$/.exec(line) ?? ['', 'FAILED', line];
  say(`| ${name} | ${ok ? outcome : 'FAILED'} | ${figure} |`);
}
const failed = results.filter(({ ok }) => !ok).length;
say(`${results.length - failed} proofs passed or were skipped, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

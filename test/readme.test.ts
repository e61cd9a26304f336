import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ServerProcess } from './server-process.ts';

/**
 * Walks the README as a newcomer would: starts the real server on a new data directory, asks what
 * its `curl` lines ask, and compares the answers with those printed there, to the letter.
 */
const root = path.join(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

interface Example {
  readonly command: string;
  readonly expected: string;
}

/** Each block of shell that is followed by a block with its output. */
const examplesIn = (text: string): Example[] =>
  [
    ...text.matchAll(/```sh\n(curl [\s\S]*?)\n```\n+```(?:csv|json|turtle|text)\n([\s\S]*?)\n```/g),
  ].map(([, command = '', expected = '']) => ({
    command: command.replaceAll(/\\\n\s*/g, ''),
    expected,
  }));

/** The request that a `curl` line of the README makes: `-H` headers, `-d` bodies, one address. */
const requestOf = (command: string): { url: string; init: RequestInit } => {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
  const valuesOf = (option: string): string[] =>
    words.flatMap((word, index) => (word === option ? [words[index + 1] ?? ''] : []));
  const headers = valuesOf('-H').map((header): [string, string] => {
    const [name = '', ...value] = header.split(':');
    return [name, value.join(':').trim()];
  });
  const [body] = valuesOf('--data-binary');
  const address = words.findLast((word) => /^(?:https?:\/\/)?localhost/.test(word));
  if (address === undefined) throw new Error(`No address in: ${command}`);
  const url = address.startsWith('http') ? address : `http://${address}`;
  return { url, init: { headers, ...(body === undefined ? {} : { method: 'POST', body }) } };
};

let dataDir = '';
let server: ServerProcess | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'isnad-readme-'));
  server = await startServer(dataDir);
});

afterAll(async () => {
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the README', () => {
  it('names the two commands a newcomer needs', () => {
    expect(readme).toContain('npm ci && npm start');
    expect(readme).toContain('npm ci && npm test');
  });

  it('shows at least two questions with their real answers', () => {
    expect(examplesIn(readme).length).toBeGreaterThanOrEqual(2);
  });

  it.each(examplesIn(readme))(
    'gets the printed answer for: $command',
    async ({ command, expected }) => {
      const { url, init } = requestOf(command);
      const answer = await fetch(
        url.replace('http://localhost:3030/', server?.address ?? ''),
        init,
      );
      expect(answer.status).toBe(200);
      expect((await answer.text()).replaceAll('\r\n', '\n').trimEnd()).toBe(expected);
    },
  );

  it('links only to files that exist, and to every page of the documentation', () => {
    const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
      ([, target = '']) => target,
    );
    expect(linked.length).toBeGreaterThan(5);
    const present = new Set(
      globSync('{docs/*.md,docs/images/*,*.md,LICENSE,data/*.md,queries}', { cwd: root }),
    );
    expect(linked.filter((target) => !present.has(target.replace(/\/$/, '')))).toEqual([]);
    const pages = globSync('docs/*.md', { cwd: root });
    expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
  });
});

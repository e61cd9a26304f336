import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram, startServer, type ServerProcess } from '../server-process.ts';

let folder = '';
let dataDir = '';
beforeAll(async () => {
  process.env['ISNAD_SEED'] = 'none';
  folder = await mkdtemp(path.join(tmpdir(), 'isnad-token-'));
  dataDir = path.join(folder, 'data');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs one command on the data directory to its end. */
const run = (...words: string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve, reject) => {
    const child = startProgram([
      ...words,
      ...(words.includes('--server') ? [] : ['--data-dir', dataDir]),
    ]);
    let [out, err] = ['', ''];
    child.stdout?.on('data', (data: Buffer) => (out += data.toString('utf8')));
    child.stderr?.on('data', (data: Buffer) => (err += data.toString('utf8')));
    child.once('error', reject).once('close', (code) => resolve({ code, out, err }));
  });

const create = (...words: string[]) => run('token', 'create', ...words);
const write = async (
  { address }: ServerProcess,
  token: string,
  update: string,
): Promise<number> => {
  const answer = await fetch(new URL('/update', address), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sparql-update' },
    body: update,
  });
  return answer.status;
};

describe('isnad token', () => {
  let made = '';

  it('makes one in a directory that nobody serves, prints it alone, and tells that it is the only time', async () => {
    const { code, out, err } = await create('--name', 'ada', '--scope', 'admin');
    expect(code).toBe(0);
    expect(out).toMatch(/^isnad_[0-9a-f]{16}_[\w-]{43}\n$/);
    expect(err).toContain('cannot be shown again');
    made = out.trim();
  });

  it.each([
    ['a scope there is not', ['--name', 'x', '--scope', 'write']],
    ['no scope', ['--name', 'x']],
    ['no name', ['--scope', 'read']],
    ['a time nobody can read', ['--name', 'x', '--scope', 'read', '--expires', 'soon']],
  ])('ends with 2 for %s', async (_, words) => {
    const { code, out, err } = await create(...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
  });

  it(
    'works through the process that serves the directory, at once',
    { timeout: 90_000 },
    async () => {
      const server = await startServer(dataDir);
      try {
        expect(await write(server, made, 'INSERT DATA { <a:s> <a:p> 1 }')).toBe(204);
        const scopes = ['--scope', 'write:one', '--scope', 'read'];
        const second = await create('--name', 'bob', ...scopes, '--expires', '30d', '--json');
        const { token, ...kept }: { token: string } = JSON.parse(second.out);
        expect(kept).toMatchObject({ name: 'bob', scopes: ['write:one', 'read'], state: 'valid' });
        const inOne = 'INSERT DATA { GRAPH <http://localhost:3030/dataset/one> { <a:s> <a:p> 1 } }';
        expect(await write(server, token, inOne)).toBe(204);
        expect(await write(server, token, 'INSERT DATA { <a:s> <a:p> 2 }')).toBe(403);

        const elsewhere = ['--server', server.address, '--token'];
        const listed = await run('token', 'list', '--json', ...elsewhere, made);
        const { tokens }: { tokens: { name: string }[] } = JSON.parse(listed.out);
        expect(tokens.map(({ name }) => name)).toEqual(['ada', 'bob']);
        const forbidden = await run('token', 'list', ...elsewhere, token);
        expect([forbidden.code, forbidden.out]).toEqual([1, '']);
        expect(forbidden.err).toContain('forbidden');

        expect((await run('token', 'revoke', 'bob')).out).toContain('is revoked');
        expect(await write(server, token, inOne)).toBe(401);
        const log = await run('log', '--json');
        expect(JSON.parse(log.out)).toMatchObject([{ actor: 'bob' }, { actor: 'ada' }]);
      } finally {
        expect(await server.stop()).toBe(0);
      }
    },
  );

  it('knows them after a restart, the revoked ones too', async () => {
    const { out } = await run('token', 'list');
    expect(out).toMatch(/ada\s+admin\s+valid/);
    expect(out).toMatch(/bob\s+write:one read\s+revoked/);
    expect((await run('token', 'revoke', 'bob')).code).toBe(1);
  });
});

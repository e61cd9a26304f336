/**
 * Starts the real server as `npm start` does, in an empty folder with the default data directory, and
 * asks it what its users ask. Exits with 1 at the first answer that is not as it should be.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '..');

const startServer = async (folder: string): Promise<{ server: ChildProcess; address: string }> => {
  const words = [path.join(root, 'src/start.ts'), 'serve', '--port', '0'];
  const server = spawn(process.execPath, words, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout! });
  for await (const line of lines) {
    const address = /ready at (http\S+)/.exec(line)?.[1];
    if (address !== undefined) return { server, address };
  }
  throw new Error('The server ended before it was ready.');
};

const ask = async (address: string, where: string, accept: string) => {
  const answer = await fetch(new URL(where, address), { headers: { accept }, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
};

const questions = async (address: string): Promise<void> => {
  const json = 'application/sparql-results+json';
  const count = encodeURIComponent(
    'SELECT (COUNT(*) AS ?n) { ?v a <https://w3id.org/isnad/ontology#Verse> }',
  );
  const verses = await ask(address, `/sparql?query=${count}`, json);
  assert.equal(verses.status, 200);
  assert.equal(JSON.parse(verses.body).results.bindings[0].n.value, '6236');

  const broken = await ask(address, '/sparql?query=SELECT', json);
  assert.equal(broken.status, 400);
  assert.equal(JSON.parse(broken.body).code, 'query-syntax');

  const verse = await ask(address, '/quran/2:255', 'application/ld+json');
  assert.equal(verse.status, 200);

  const page = await ask(address, '/?lang=ar', 'text/html');
  assert.equal(page.status, 200);
  assert.match(page.body, /dir="rtl"/);

  const impossible = await ask(address, '/quran/2:300', 'application/ld+json');
  assert.equal(impossible.status, 400);
  assert.match(impossible.body, /286/);

  const unasked = await fetch(new URL('/update', address), {
    method: 'POST',
    headers: { 'content-type': 'application/sparql-update' },
    body: 'CLEAR ALL',
  });
  assert.equal(unasked.status, 401);
  assert.equal(JSON.parse(await unasked.text()).code, 'token-missing');

  for (const where of ['/live', '/ready', '/datasets', '/queries']) {
    assert.equal((await ask(address, where, '*/*')).status, 200, where);
  }
};

const folder = await mkdtemp(path.join(tmpdir(), 'isnad-ci-'));
const { server, address } = await startServer(folder);
try {
  await questions(address);
  console.log(`The server at ${address} answered every question.`);
} finally {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
}

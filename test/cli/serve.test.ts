import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
let folder = '';
let dataDir = '';

interface Serving {
  readonly child: ChildProcess;
  readonly address: string;
  readonly told: () => string;
  readonly ended: Promise<number | string | null>;
}

/** The real program, with settings of its own; gives the first answers before it is ready too. */
const serve = async (env: Record<string, string>, port = 0): Promise<Serving> => {
  const words = ['src/main.ts', 'serve', '--port', String(port), '--data-dir', dataDir];
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, ISNAD_SEED: 'none', ISNAD_LOG_FORMAT: 'json', ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let told = '';
  child.stderr.on('data', (data: Buffer) => (told += data.toString('utf8')));
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  if (port !== 0) return { child, address: `http://127.0.0.1:${port}/`, told: () => told, ended };
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /ready at (http\S+)/.exec(line)?.[1];
    if (address !== undefined) return { child, address, told: () => told, ended };
  }
  throw new Error(`It ended before it was ready: ${told}`);
};

/** Sends to the socket of the data directory. */
const overSocket = async (method: string, pathname: string, type = '', body = '') => {
  const socketPath = path.join(dataDir, 'isnad.sock');
  const sent = httpRequest({
    socketPath,
    method,
    path: pathname,
    headers: { 'content-type': type },
  });
  sent.end(body);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the event is documented to give
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode, body: Buffer.concat(chunks).toString() };
};

const update = (text: string) => overSocket('POST', '/update', 'application/sparql-update', text);

/** A join that is never done within a test. */
const endless = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }';

const freePort = async (): Promise<number> => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const bound = holder.address();
  holder.close();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'isnad-serve-'));
  dataDir = path.join(folder, 'data');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a served data directory', () => {
  it('is watched, checked, and stopped once what is under way is finished', async () => {
    const { child, address, told, ended } = await serve({
      ISNAD_SCRUB_INTERVAL_HOURS: '0.0002',
      ISNAD_QUERY_TIMEOUT_MS: '2000',
    });
    const triples = Array.from({ length: 300 }, (_, n) => `<a:s${n % 97}> <a:p${n % 7}> "o${n}" .`);
    expect(await update(`INSERT DATA { ${triples.join(' ')} }`)).toMatchObject({ status: 204 });
    await expect
      .poll(async () => (await fetch(`${address}ready`)).json(), { timeout: 10_000, interval: 200 })
      .toMatchObject({ status: 'ready', commit: 1, writer: 'answered' });
    const metric = async (name: string): Promise<number> => {
      const text = await (await fetch(`${address}metrics`)).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    };
    expect(await metric('isnad_last_commit_sequence')).toBe(1);
    expect(await metric('isnad_commits_total{activity="update"}')).toBe(1);
    expect(await metric('isnad_store_open')).toBe(1);
    await expect
      .poll(() => metric('isnad_scrub_runs_total'), { timeout: 10_000 })
      .toBeGreaterThan(0);
    expect(await metric('isnad_scrub_doubts')).toBe(0);
    const checked = await overSocket('POST', '/operator/check');
    expect(JSON.parse(checked.body)).toEqual({ doubts: [] });
    const overTcp = await fetch(`${address}operator/check`, { method: 'POST' });
    expect(overTcp.status).toBe(404);

    const running = fetch(`${address}sparql?${new URLSearchParams({ query: endless })}`);
    running.catch(() => undefined);
    await expect.poll(() => metric('isnad_queries_running{lane="heavy"}')).toBe(1);
    const quick = fetch(`${address}sparql?${new URLSearchParams({ query: 'ASK { ?s ?p "o1" }' })}`);
    expect((await quick).status).toBe(200);
    child.kill('SIGTERM');
    // The query runs into its own deadline first, and its client is told so.
    expect((await running).status).toBe(504);
    expect(await ended).toBe(0);
    expect(told()).toContain('Stopping');
    const lines = told()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        route: '/sparql',
        status: '504',
        code: 'query-timeout',
      }),
    );
    expect(told()).not.toContain('?a ?b ?c');
  }, 60_000);

  it('cuts off what takes longer than the time limit', async () => {
    const { child, address, told, ended } = await serve({
      ISNAD_QUERY_TIMEOUT_MS: '60000',
      ISNAD_SHUTDOWN_TIMEOUT_MS: '300',
    });
    const running = fetch(`${address}sparql?${new URLSearchParams({ query: endless })}`);
    const lost = running.catch((error: unknown) => error);
    await delay(500);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(await lost).toBeInstanceOf(Error);
    expect(told()).toContain('cut off');
  }, 60_000);

  it('ends at once at the second signal', async () => {
    const { child, address, ended } = await serve({
      ISNAD_QUERY_TIMEOUT_MS: '60000',
      ISNAD_SHUTDOWN_TIMEOUT_MS: '60000',
    });
    const running = fetch(`${address}sparql?${new URLSearchParams({ query: endless })}`);
    running.catch(() => undefined);
    await delay(500);
    child.kill('SIGTERM');
    await delay(300);
    expect(child.exitCode).toBe(null);
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
  }, 60_000);

  it('answers while its store is being opened, and ends at the first signal then', async () => {
    await rm(path.join(dataDir, 'images'), { recursive: true, force: true });
    const { child, address, ended } = await serve({}, await freePort());
    const first = async (): Promise<number> =>
      fetch(`${address}ready`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(first, { timeout: 20_000, interval: 5 }).not.toBe(0);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await readFile(path.join(dataDir, 'journal', 'head'))).not.toHaveLength(0);
  }, 60_000);
});

/**
 * Runs the W3C's SPARQL 1.1 suites over HTTP against the real server, started as an operator starts it, with a
 * token made at the command line. Exits with 1 when anything but the expected failures differs.
 *
 *     npx node test/conformance/run.ts
 *
 * The suites and their runner lie beside the project and stay there; only the runner's packages are installed,
 * in a folder that git ignores.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type ConformanceReport, surprises } from './compare.ts';
import { expectedFailures } from './expected-failures.ts';

const root = path.join(import.meta.dirname, '..', '..');
const suites = path.join(root, '..', 'shared', 'conformance');
const runner = path.join(root, 'node_modules', '.cache', 'conformance');
const run = promisify(execFile);

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** A port that is free now: the service's base IRI must be known before it starts. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server has such an address
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const prepareRunner = async (): Promise<void> => {
  mkdirSync(runner, { recursive: true });
  for (const file of ['run.mjs', 'package.json'])
    cpSync(path.join(suites, file), path.join(runner, file), { force: true });
  if (existsSync(path.join(runner, 'node_modules', 'n3'))) return;
  await run('npm', ['install', '--no-fund', '--no-audit', '--no-package-lock'], { cwd: runner });
};

interface Service {
  readonly process: ChildProcess;
  readonly address: string;
  readonly token: string;
}

const startService = async (folder: string): Promise<Service> => {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/`;
  const env = {
    ...process.env,
    ISNAD_SEED: 'none',
    ISNAD_DEFAULT_GRAPH: 'standard',
    ISNAD_BASE_IRI: address,
    ISNAD_DATA_DIR: path.join(folder, 'data'),
    ISNAD_LOG_LEVEL: 'warn',
  };
  const program = path.join(root, 'src', 'start.ts');
  const server = spawn(process.execPath, [program, 'serve', '--port', String(port)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    if (!line.includes('ready at')) continue;
    const words = [program, 'token', 'create', '--name', 'conformance', '--scope', 'admin'];
    const { stdout } = await run(process.execPath, [...words, '--json'], { env });
    const { token }: { readonly token: string } = JSON.parse(stdout);
    return { process: server, address, token };
  }
  throw new Error('The server ended before it was ready.');
};

/** Lets the runner speak to the service; its own exit code says only whether anything failed at all. */
const ask = async ({ address, token }: Service, folder: string): Promise<ConformanceReport> => {
  const report = path.join(folder, 'report.json');
  const options = {
    root: path.join(suites, 'rdf-tests'),
    query: `${address}sparql`,
    update: `${address}update`,
    gsp: `${address}graphs`,
    header: `Authorization: Bearer ${token}`,
    json: report,
  };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, [path.join(runner, 'run.mjs'), ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((resolve) => child.once('exit', resolve));
  const read: ConformanceReport = JSON.parse(readFileSync(report, 'utf8'));
  return read;
};

const tell = (report: ConformanceReport): void => {
  for (const [suite, { total, pass }] of Object.entries(report))
    say(`${suite}: ${pass} of ${total}`);
  const found = surprises(report, expectedFailures);
  for (const each of found) say(`  ${each}`);
  say(found.length === 0 ? 'As expected.' : `${found.length} things are not as expected.`);
  if (found.length > 0) process.exitCode = 1;
};

await prepareRunner();
const folder = await mkdtemp(path.join(tmpdir(), 'isnad-conformance-'));
let service: Service | undefined;
try {
  service = await startService(folder);
  tell(await ask(service, folder));
} finally {
  if (service) {
    const { process: server } = service;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}

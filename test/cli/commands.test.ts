import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram, startServer } from '../server-process.ts';

let folder = '';
let dataDir = '';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one command to its end. */
const run = (words: readonly string[], input = ''): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = startProgram(words);
    let [out, err] = ['', ''];
    child.stdout?.on('data', (data: Buffer) => (out += data.toString('utf8')));
    child.stderr?.on('data', (data: Buffer) => (err += data.toString('utf8')));
    child.once('error', reject).once('close', (code) => resolve({ code, out, err }));
    child.stdin?.end(input);
  });

const inDataDir = (...words: string[]): string[] => [...words, '--data-dir', dataDir];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'isnad-cli-'));
  dataDir = path.join(folder, 'data');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const importWords = [
  'import',
  'data/samples/tei',
  '--dataset',
  'sample',
  '--title',
  'Sample',
].concat('--licence', 'https://creativecommons.org/licenses/by/4.0/');

const countSuras =
  'PREFIX isnad: <https://w3id.org/isnad/ontology#> SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a isnad:Sura }';

describe('the command line', () => {
  it('explains itself and ends with 0', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('serve');
    expect(out).toContain('Exit codes: 0 done, 1 findings or failure, 2 wrong use.');
  });

  it.each([
    ['an unknown command', ['publish']],
    ['a missing argument', ['query']],
    ['an unknown option', ['stats', '--colour']],
    ['a setting that is not allowed', ['stats', '--base-iri', 'no-iri']],
    ['a file that is not there', ['validate', 'nowhere.ttl']],
    ['a report that cannot be written', [...importWords, '--report', 'nowhere/report.html']],
    ['an output that is a folder', ['export', '--output', 'docs']],
    ['a redaction of nothing named', ['redact', '--reason', 'By order']],
    ['a report form nobody knows', ['validate', 'data/seed/scholars.ttl', '--report', 'pdf']],
  ])('ends with 2 for %s, and says why', async (_, words) => {
    const { code, out, err } = await run(words);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
    expect(err).not.toContain('    at ');
  });

  it('fills a new data directory and answers from it without a server', async () => {
    const asked = await run(inDataDir('query', '-', '--format', 'csv'), countSuras);
    expect(asked.err).toBe('');
    expect(asked).toMatchObject({ code: 0, out: 'n\r\n114\r\n' });

    const stats = await run(inDataDir('stats', '--json'));
    const { graphs, records, commit } = JSON.parse(stats.out);
    expect(commit.sequence).toBe(1);
    expect(graphs.length).toBeGreaterThan(10);
    expect(records).toContainEqual({ type: 'Event', count: 23 });
  });

  it('says where a query is wrong and ends with 1', async () => {
    const { code, err } = await run(inDataDir('query', '-'), 'SELECT *\nWHERE { ?s ?p');
    expect(code).toBe(1);
    expect(err).toContain('query-syntax');
    expect(err).toContain('line 2');
  });

  it('exports a dataset as sorted N-Quads, and refuses one that is not there', async () => {
    const output = path.join(folder, 'scholars.nq');
    expect(
      await run(inDataDir('export', '--dataset', 'scholars', '--output', output)),
    ).toMatchObject({ code: 0 });
    const lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(1000);
    expect(
      lines.every((line) => line.endsWith(' <http://localhost:3030/dataset/scholars> .')),
    ).toBe(true);
    const { code, err } = await run(inDataDir('export', '--dataset', 'no-such-dataset'));
    expect(code).toBe(1);
    expect(err).toContain('no-such-dataset');
  });

  it('validates a file: 0 when it is accepted, 1 when a shape is violated', async () => {
    expect(await run(['validate', 'data/seed/scholars.ttl'])).toMatchObject({ code: 0 });
    const file = path.join(folder, 'wrong.ttl');
    await writeFile(file, '<id/person/x> a <https://w3id.org/isnad/ontology#Person> .');
    const { code, out } = await run(['validate', file, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ accepted: false });
  });

  it('speaks to the process that serves the directory, which no second one may serve', async () => {
    const server = await startServer(dataDir);
    try {
      const asked = await run(inDataDir('query', '-', '--format', 'csv'), countSuras);
      expect(asked).toMatchObject({ code: 0, out: 'n\r\n114\r\n' });
      const elsewhere = await run(['stats', '--json', '--server', server.address]);
      expect(JSON.parse(elsewhere.out).commit.sequence).toBe(1);
      const exported = await run(inDataDir('export', '--dataset', 'events'));
      expect(exported.out.split('\n').length).toBeGreaterThan(100);

      const wrong = await run(inDataDir('query', '-'), 'SELECT *\nWHERE { ?s ?p');
      expect(wrong.code).toBe(1);
      expect(wrong.err).toContain('line 2');

      const second = await run(inDataDir('serve', '--port', '0'));
      expect(second.code).toBe(1);
      expect(second.err).toContain('store-locked');
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });

  it('asks a serving process for the past, and to take a commit back', async () => {
    const server = await startServer(dataDir);
    try {
      const log = await run(inDataDir('log', '--json'));
      expect(JSON.parse(log.out)).toMatchObject([{ sequence: 1, activity: 'seed' }]);
      const graph = 'http://localhost:3030/dataset/events';
      const state = await run(inDataDir('show', '--at', '1', graph));
      expect(state.out.split('\n').length).toBeGreaterThan(100);
      const record = 'http://localhost:3030/dataset/events';
      const words = ['redact', '--record', record, '--reason', 'By order', '--json'];
      const preview = await run(inDataDir(...words));
      expect(JSON.parse(preview.out)).toMatchObject({ commits: [{ sequence: 1 }], setAside: [] });
      expect(JSON.parse(preview.out)).not.toHaveProperty('commit');
      const earlier = await run(inDataDir('export', '--dataset', 'events', '--at', '1'));
      expect(earlier.out).toBe(state.out);
      const checked = await run(inDataDir('verify', '--engines'));
      expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('Every engine') });
      const refused = await run(inDataDir('undo', '99'));
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.err).toContain('not-found');
    } finally {
      expect(await server.stop()).toBe(0);
    }
  }, 60_000);

  it('ends, and leaves the directory free, when its port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const bound = holder.address();
    const port = String(typeof bound === 'object' ? bound?.port : '');
    try {
      const { code, err } = await run(inDataDir('serve', '--port', port));
      expect(code).toBe(1);
      expect(err).toContain('address-unavailable');
      expect(err).not.toContain('    at ');
    } finally {
      holder.close();
    }
    expect(await run(inDataDir('stats'))).toMatchObject({ code: 0, err: '' });
  });

  it('says in two lines that no service answers at an address', async () => {
    const { code, err } = await run(['stats', '--server', 'http://127.0.0.1:9/']);
    expect(code).toBe(1);
    expect(err.trimEnd().split('\n')).toHaveLength(2);
    expect(err).toContain('server-unreachable');
  });

  it('works on a directory whose path is too long for a socket', async () => {
    const deep = path.join(folder, 'd'.repeat(110));
    const words = ['stats', '--json', '--data-dir', deep];
    const asked = await run(words);
    expect(asked).toMatchObject({ code: 0, err: '' });
  });

  it('ends without a word when nobody reads on', async () => {
    const child = startProgram(inDataDir('export'));
    let err = '';
    child.stderr?.on('data', (data: Buffer) => (err += data.toString('utf8')));
    child.stdout?.once('data', () => child.stdout?.destroy());
    await once(child, 'close');
    expect(err).toBe('');
  });
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { logDropped } from '../../src/http/dropped-connections.ts';
import { createMetrics } from '../../src/http/metrics/registry.ts';
import type { AnsweredRequest } from '../../src/http/observe-requests.ts';
import { createOpeningApp } from '../../src/http/opening-app.ts';
import { createReadiness } from '../../src/http/readiness.ts';
import { logRequest } from '../../src/http/request-log.ts';
import { requestIdFrom } from '../../src/http/request-id.ts';
import { routes } from '../../src/http/routes.ts';
import { listen } from '../../src/http/server.ts';
import { IsnadError } from '../../src/errors.ts';
import { createLog, textOf } from '../../src/log.ts';
import { createIris } from '../../src/model/iris.ts';
import { createWitnessIndex } from '../../src/search/witness-index.ts';
import { readSettings } from '../../src/settings.ts';
import { createMemoryStore } from '../fixtures/memory-store.ts';
import { base, heritage } from './serve.ts';

const place = { host: '127.0.0.1', port: 0 };

/** The whole application with the lines it logs. */
const startLogged = async () => {
  const lines: string[] = [];
  const answered: AnsweredRequest[] = [];
  const store = createMemoryStore(heritage, base);
  const witnesses = createWitnessIndex(store, base);
  const services = { store, witnesses, settings: readSettings({}), iris: createIris(base) };
  const log = createLog({ logLevel: 'info', logFormat: 'json' }, { write: (l) => lines.push(l) });
  const app = createApp(
    services,
    routes,
    () => undefined,
    (request) => {
      answered.push(request);
      logRequest(log, request);
    },
  );
  const { address, close } = await listen(app, place);
  onTestFinished(async () => {
    witnesses.close();
    await close();
  });
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, address), { headers, redirect: 'manual' });
  return { lines, answered, get };
};

describe('the identifier of a request', () => {
  it('is the one it brings, if that is well-formed, in answer, problem and log', async () => {
    const { lines, get } = await startLogged();
    const answer = await get('/nowhere', { 'x-request-id': 'proxy-0042' });
    expect(answer.headers.get('x-request-id')).toBe('proxy-0042');
    expect(await answer.json()).toMatchObject({ instance: 'urn:isnad:request:proxy-0042' });
    await expect.poll(() => lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      requestId: 'proxy-0042',
      route: 'none',
      status: '404',
      code: 'route-not-found',
    });
  });

  it.each(['', 'short', 'a'.repeat(65), 'with space', 'urn:uuid:1234567', '<script>alert'])(
    'is a new one where “%s” was brought',
    (given) => {
      expect(requestIdFrom({ 'x-request-id': given })).toMatch(/^[\da-f-]{36}$/);
    },
  );
});

describe('the log', () => {
  it('has the pattern of a route, never the address, the query, the token or the client', async () => {
    const { lines, get } = await startLogged();
    await get('/sparql?query=SELECT%20%2A%20%7B%20%3Fsecret%20%3Fp%20%3Fo%20%7D', {
      authorization: 'Bearer secret-token',
      'user-agent': 'secret-browser',
    });
    await get('/doc/person/secret-name');
    await get('/live');
    await expect.poll(() => lines).toHaveLength(2);
    const [query, record] = lines.map((line) => JSON.parse(line));
    expect(query).toMatchObject({ msg: 'request', method: 'GET', route: '/sparql', status: '200' });
    expect(record).toMatchObject({ route: '/doc/:type/:localId', status: '404' });
    expect(Object.keys(query).toSorted()).toEqual(
      ['level', 'method', 'ms', 'msg', 'requestId', 'route', 'status', 'time'].toSorted(),
    );
    expect(lines.join('')).not.toMatch(/secret|127\.0\.0\.1/);
  });

  it('says what lies behind an answer of the service’s own fault', () => {
    const lines: string[] = [];
    const log = createLog({ logLevel: 'warn', logFormat: 'text' }, { write: (l) => lines.push(l) });
    const known = { requestId: 'request-1', method: 'GET', milliseconds: 12.34 };
    const error = { code: 'store-busy', cause: 'a\nline\u001B[31m' };
    logRequest(log, { ...known, route: '/sparql', status: '503', error });
    logRequest(log, { ...known, route: '/sparql', status: '200' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^\S+Z warn {2}request failed requestId=request-1 method=GET route=\/sparql status=503 ms=12.3 code=store-busy cause="/,
    );
    expect(lines[0]?.split('\n')).toHaveLength(2);
    expect(lines[0]).not.toContain('\u001B');
  });

  it('is one line, whatever is in it', () => {
    const line = textOf('warn', 't', 'a\r\nb\u0007', { x: 'y z="1"', none: undefined });
    expect(line).toBe('t warn  a b  x="y z=\\"1\\""\n');
  });
});

describe('a service whose store is being opened', () => {
  it('says so with the progress on every path, and that the process is alive', async () => {
    const progress = { done: 1, total: 8 };
    const metrics = createMetrics(() => {
      throw new Error('not read here');
    });
    const app = createOpeningApp(
      () => progress,
      metrics,
      () => undefined,
    );
    const { address, close } = await listen(app, place);
    onTestFinished(async () => void (await close()));
    for (const path of ['ready', '', 'sparql?query=x', 'id/person/x']) {
      const answer = await fetch(new URL(path, address), { headers: { accept: 'text/html' } });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ code: 'store-opening', percent: 12, total: 8 });
    }
    expect((await fetch(new URL('live', address))).status).toBe(200);
  });
});

describe('readiness', () => {
  const store = createMemoryStore(heritage, base);

  it('is tried once for all who ask within a second, and again later', async () => {
    let tries = 0;
    const readiness = createReadiness(store, base, {
      tryOut: () => {
        tries += 1;
        return Promise.resolve({ answered: 2, busy: 1, writer: 'answered' });
      },
    });
    const found = await Promise.all([readiness(), readiness(), readiness()]);
    expect(found[0]).toEqual({
      status: 'ready',
      commit: 1,
      answered: 2,
      busy: 1,
      writer: 'answered',
    });
    await readiness();
    expect(tries).toBe(1);
    await expect.poll(() => readiness().then(() => tries), { timeout: 5000 }).toBe(2);
  });

  it('asks a query when every engine is at work, and says what does not work', async () => {
    const before = store.queryCount();
    await createReadiness(store, base, {
      tryOut: () => Promise.resolve({ answered: 0, busy: 2, writer: 'busy' }),
    })();
    expect(store.queryCount()).toBe(before + 1);
    const broken = createReadiness(store, base, {
      tryOut: () => Promise.reject(new IsnadError('store-busy', 'A file could not be synced.')),
    });
    await expect(broken()).rejects.toMatchObject({ code: 'store-busy' });
    await expect(broken()).rejects.toThrow('A file could not be synced.');
  });
});

describe('a client that takes nothing of its answer', () => {
  it('loses its connection, while one that waits for a slow answer does not', async () => {
    let cut = 0;
    const stalling = await listen(
      (request, response) => {
        response.once('close', () => (cut += response.writableFinished ? 0 : 1));
        if (request.url === '/slow') setTimeout(() => response.end('late'), 700);
        else response.end(Buffer.alloc(64 * 1024 * 1024));
      },
      place,
      { answerStallTimeoutMs: 300 },
    );
    onTestFinished(async () => void (await stalling.close(0)));
    const slow = await fetch(new URL('slow', stalling.address));
    expect(await slow.text()).toBe('late');
    const { port } = new URL(stalling.address);
    const client = connect(Number(port), '127.0.0.1');
    client.pause();
    await once(client, 'connect');
    client.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(() => cut, { timeout: 5000 }).toBe(1);
    client.destroy();
  });
});

describe('a connection beyond those that are held', () => {
  it('is closed at once and counted, and there is room again when another has gone', async () => {
    let dropped = 0;
    const onDropped = () => (dropped += 1);
    const limits = { connectionsMax: 2, onDropped };
    const server = await listen((_request, response) => response.end('here'), place, limits);
    onTestFinished(async () => void (await server.close(0)));
    const port = Number(new URL(server.address).port);
    const held = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    onTestFinished(() => held.forEach((socket) => socket.destroy()));
    for (const socket of held) await once(socket, 'connect');
    await expect(fetch(server.address)).rejects.toThrow('fetch failed');
    expect(dropped).toBe(1);
    held[0]?.destroy();
    await expect
      .poll(() =>
        fetch(server.address).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });

  it('is told of in the log once a minute, with how many there were', () => {
    const lines: string[] = [];
    const write = (line: string) => lines.push(line);
    const log = createLog({ logLevel: 'info', logFormat: 'json' }, { write });
    const tell = logDropped(log, 800);
    for (let n = 0; n < 5; n += 1) tell();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', dropped: 1, connectionsMax: 800 },
    ]);
  });
});

describe('closing', () => {
  it('lets what runs finish, and cuts off what takes too long', async () => {
    const started = Promise.withResolvers<void>();
    const begin = (afterMs: number) =>
      listen((_request, response) => {
        setTimeout(() => response.end('done'), afterMs);
        started.resolve();
      }, place);
    const quick = await begin(200);
    const answer = fetch(quick.address);
    await started.promise;
    expect(await quick.close(5000)).toBe(true);
    expect(await (await answer).text()).toBe('done');
    const slow = await begin(60_000);
    const lost = fetch(slow.address).catch((error: unknown) => error);
    await delay(100);
    expect(await slow.close(100)).toBe(false);
    expect(await lost).toBeInstanceOf(Error);
  });
});

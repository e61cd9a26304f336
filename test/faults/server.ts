import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { startChild, type Child } from './child.ts';

/** The real server in a process of its own, as `npm start` starts it, without seed data. */
export interface Server {
  readonly child: Child;
  readonly host: string;
  readonly port: number;
  /** The operator's socket. */
  readonly socketPath: string;
  readonly ask: (request: Ask) => Promise<Answer>;
  /** Resident memory of the process, in bytes. */
  readonly residentBytes: () => number;
  readonly openFiles: () => number;
}

export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Over the operator's socket instead of TCP. */
  readonly socket?: boolean;
  /** Gives up after so many milliseconds. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly ms: number;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });
const defaultPatienceMs = 60_000;

const send = (place: http.RequestOptions, request: Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const { method = 'GET', headers, body, signal, patienceMs = defaultPatienceMs } = request;
    const sent = http.request(
      {
        ...place,
        agent,
        method,
        path: request.path,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        },
        ...(signal === undefined ? {} : { signal }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          clearTimeout(timer);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
            ms: performance.now() - startedAt,
          });
        });
      },
    );
    const timer = setTimeout(
      () => sent.destroy(new Error(`no answer within ${patienceMs} ms`)),
      patienceMs,
    );
    sent.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.end(body);
  });

/** Serves a data directory on a free port; resolves once the server says that it is ready. */
export const startServer = async (
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Server> => {
  const words = ['src/start.ts', 'serve', '--port', '0', '--data-dir', dataDir];
  const child = startChild(words, { env: { ISNAD_SEED: 'none', ...env } });
  const ready = await child.line(/ready at http/);
  const [, host, port] = /ready at http:\/\/([^:/]+):(\d+)/.exec(ready ?? '') ?? [];
  if (host === undefined)
    throw new Error(`The server ended before it was ready: ${child.complaints.join(' ')}`);
  const socketPath = path.join(dataDir, 'isnad.sock');
  const tcp = { host, port: Number(port) };
  return {
    child,
    ...tcp,
    socketPath,
    ask: async (request) => send(request.socket === true ? { socketPath } : tcp, request),
    residentBytes: () => {
      const status = readFileSync(`/proc/${child.process.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
    },
    openFiles: () => readdirSync(`/proc/${child.process.pid}/fd`).length,
  };
};

const csv = { accept: 'text/csv' };

/** A query over HTTP that asks for CSV. */
export const sparql = (query: string, more: Partial<Ask> = {}): Ask => ({
  method: 'POST',
  path: '/sparql',
  headers: { ...csv, 'content-type': 'application/sparql-query' },
  body: query,
  ...more,
});

/** A SPARQL update over the operator's socket. */
export const update = (text: string): Ask => ({
  method: 'POST',
  path: '/update',
  headers: { 'content-type': 'application/sparql-update' },
  body: text,
  socket: true,
});

/** The stable error code of a problem document, or nothing for any other answer. */
export const problemCode = ({ body, headers }: Answer): string | undefined => {
  if (headers['content-type']?.includes('problem+json') !== true) return undefined;
  const problem: { readonly code?: string } = JSON.parse(body);
  return problem.code;
};

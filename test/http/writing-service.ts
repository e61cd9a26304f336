import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Tokens } from '../../src/access/tokens.ts';
import { identifyByToken, identifyOperator } from '../../src/http/access/identify.ts';
import { createApp } from '../../src/http/app.ts';
import { operatorRoutes } from '../../src/http/operator-routes.ts';
import { routes } from '../../src/http/routes.ts';
import { listen } from '../../src/http/server.ts';
import { createIris } from '../../src/model/iris.ts';
import { createWitnessIndex } from '../../src/search/witness-index.ts';
import { readSettings } from '../../src/settings.ts';
import { answerUpdate, type UpdateServices } from '../../src/sparql/update/answer-update.ts';
import { createEmbeddedStore } from '../../src/store/embedded.ts';
import type { TimedStore } from '../../src/store/time.ts';

export const base = 'http://localhost:3030/';
export const iris = createIris(base);

/** Who asks in tests: by a token of that scope, through the socket, or nobody in particular. */
export const principals = {
  anonymous: [],
  reader: ['read'],
  'reader of one': ['read:one'],
  'writer of one': ['write:one'],
  'writer of two': ['write:two'],
  admin: ['admin'],
} as const satisfies Record<string, readonly string[]>;
export type PrincipalName = keyof typeof principals | 'operator';

export interface WritingService {
  readonly store: TimedStore;
  readonly tokens: Tokens;
  readonly dataDir: string;
  readonly faults: readonly unknown[];
  /** Asks as somebody; in a tests' table by their name. */
  readonly ask: (as: PrincipalName, pathname: string, init?: RequestInit) => Promise<Response>;
  readonly send: (pathname: string, init?: RequestInit) => Promise<Response>;
  /** A query's answer, of what is there now. */
  readonly holds: (pattern: string) => Promise<boolean>;
  /** Closes the store and opens the directory again, as after a restart. */
  readonly close: (keepDirectory?: boolean) => Promise<void>;
}

const tokenOf = (tokens: Tokens, name: keyof typeof principals): string | undefined => {
  const scopes = principals[name];
  return scopes.length === 0 ? undefined : tokens.create({ name, scopes }, 'test').token;
};

/** These tests are not about time. */
const patient = { ISNAD_QUERY_TIMEOUT_MS: '60000' };
const triesMax = 10;

/**
 * Lets what analyses updates start, which has seconds for it: too few on a machine that is busy with other
 * tests. The update changes nothing.
 */
const warmUp = async (services: UpdateServices): Promise<void> => {
  for (let tries = 1; tries <= triesMax; tries += 1)
    try {
      await answerUpdate(services, { text: 'CLEAR SILENT GRAPH <a:none>', actor: 'test' });
      return;
    } catch (error) {
      if (tries === triesMax) throw error;
    }
};

/** The whole service over a real store: by token over TCP, and as its operator at a second address. */
export const startWritingService = async (
  directory?: string,
  settings: Record<string, string> = {},
): Promise<WritingService> => {
  const dataDir = directory ?? mkdtempSync(path.join(tmpdir(), 'isnad-http-'));
  const common = { engineReaders: 1, engineMemoryMb: 'auto', queryQueueMax: 50 } as const;
  const store = await createEmbeddedStore({ dataDir, baseIri: base, ...common });
  const tokens = new Tokens(dataDir);
  if (directory !== undefined)
    for (const { id, state } of tokens.list()) if (state === 'valid') tokens.revoke(id, 'test');
  const texts = new Map<string, string | undefined>();
  for (const name of Object.keys(principals) as (keyof typeof principals)[])
    texts.set(name, tokenOf(tokens, name));
  const witnesses = createWitnessIndex(store, base);
  const faults: unknown[] = [];
  const services = {
    store,
    witnesses,
    settings: readSettings({ ...patient, ...settings }),
    iris,
    tokens,
  };
  await warmUp(services);
  const appFor = (identify: typeof identifyOperator, all: typeof routes) =>
    createApp({ ...services, identify }, all, (error) => faults.push(error));
  const place = { host: '127.0.0.1', port: 0 };
  const tcp = await listen(appFor(identifyByToken(tokens), routes), place);
  const socket = await listen(appFor(identifyOperator, [...routes, ...operatorRoutes]), place);
  const send: WritingService['send'] = (pathname, init) =>
    fetch(new URL(pathname, tcp.address), { redirect: 'manual', ...init });
  return {
    store,
    tokens,
    dataDir,
    faults,
    send,
    ask: (as, pathname, init = {}) => {
      const address = as === 'operator' ? socket.address : tcp.address;
      const token = texts.get(as);
      const headers = new Headers(init.headers);
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
      return fetch(new URL(pathname, address), { redirect: 'manual', ...init, headers });
    },
    holds: async (pattern) => {
      const query = new URLSearchParams({ query: `ASK { ${pattern} }`, format: 'json' });
      const answer: { boolean: boolean } = await (await send(`/sparql?${query}`)).json();
      return answer.boolean;
    },
    close: async (keepDirectory = false) => {
      await Promise.all([tcp.close(), socket.close()]);
      witnesses.close();
      await store.close();
      if (!keepDirectory) rmSync(dataDir, { recursive: true });
    },
  };
};

export const sparqlUpdate = 'application/sparql-update';
export const turtle = 'text/turtle';

/** A POST of a SPARQL update. */
export const updating = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': sparqlUpdate, ...headers },
  body,
});

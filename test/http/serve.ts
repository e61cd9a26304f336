import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createApp } from '../../src/http/app.ts';
import type { Route } from '../../src/http/route.ts';
import { routes } from '../../src/http/routes.ts';
import { listen } from '../../src/http/server.ts';
import { createIris } from '../../src/model/iris.ts';
import { createWitnessIndex } from '../../src/search/witness-index.ts';
import { readSettings } from '../../src/settings.ts';
import { createMemoryStore, type MemoryStore } from '../fixtures/memory-store.ts';

export const base = 'http://localhost:3030/';

/** The synthetic world that the tests of answers share. */
export const heritage = readFileSync(
  path.join(import.meta.dirname, '..', 'fixtures', 'heritage.trig'),
  'utf8',
);

export interface TestService {
  /** Where it answers, as `http://127.0.0.1:…/`. */
  readonly address: string;
  readonly store: MemoryStore;
  /** Errors that were the service's own fault. */
  readonly faults: readonly unknown[];
  /** Asks a path without following redirects; Accept is that of a program unless given. */
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  readonly send: (path: string, init: RequestInit) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** What a browser says it takes. */
export const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** The headers of a client that holds a copy; left alone, fetch would ask for a new one. */
export const holding = (etag: string): Record<string, string> => ({
  'if-none-match': etag,
  'cache-control': 'max-age=0',
});

/** The whole web application over a store on this thread, on a free port of this machine. */
export const startService = async (further: readonly Route[] = []): Promise<TestService> => {
  const store = createMemoryStore(heritage, base);
  const witnesses = createWitnessIndex(store, base);
  const faults: unknown[] = [];
  const services = { store, witnesses, settings: readSettings({}), iris: createIris(base) };
  const app = createApp(services, [...routes, ...further], (error) => faults.push(error));
  const { address, close } = await listen(app, { host: '127.0.0.1', port: 0 });
  const send: TestService['send'] = (pathname, init) =>
    fetch(new URL(pathname, address), { redirect: 'manual', ...init });
  return {
    address,
    store,
    faults,
    send,
    get: (pathname, headers = {}) => send(pathname, { headers }),
    close: async () => {
      witnesses.close();
      await close();
    },
  };
};

import path from 'node:path';
import type { Command } from 'commander';
import { createIris } from '../model/iris.ts';
import type { Composition } from './composition.ts';
import { send, type ServerLocation } from './http-client.ts';
import { createLocalWorkplace } from './local-workplace.ts';
import { settingsOf } from './options.ts';
import { createRemoteWorkplace } from './remote-workplace.ts';
import { createProgressLine } from './terminal.ts';
import type { Workplace } from './workplace.ts';

/** Adds `--server` and `--token`, for a service on another machine. */
export const addServerOptions = (command: Command): Command =>
  command
    .option('--server <url>', 'work on a running service instead of a data directory')
    .option('--token <token>', 'token for that service');

/** The socket through which commands speak to the process that serves a data directory. */
export const socketPathOf = (dataDir: string): string => path.join(dataDir, 'isnad.sock');

/** A socket's path may not be longer than this on any system Isnad runs on. */
const socketPathBytesMax = 103;

/** Whether a socket can have this path; where it cannot, no process can be spoken to through it. */
export const fitsSocket = (socketPath: string): boolean =>
  Buffer.byteLength(socketPath) <= socketPathBytesMax;

/**
 * Opens what the command is to work on, runs it, and closes it again: the service named by
 * `--server`; else the process that serves the data directory, through its socket; else the data
 * directory itself.
 */
export const withWorkplace = async (
  composition: Composition,
  options: Readonly<Record<string, unknown>>,
  work: (workplace: Workplace) => Promise<void>,
): Promise<void> => {
  const workplace = await openWorkplace(composition, options);
  try {
    await work(workplace);
  } finally {
    await workplace.close();
  }
};

const openWorkplace = async (
  composition: Composition,
  options: Readonly<Record<string, unknown>>,
): Promise<Workplace> => {
  const { server, token } = options;
  if (typeof server === 'string') {
    const url = server.endsWith('/') ? server : `${server}/`;
    return createRemoteWorkplace({ url, token: typeof token === 'string' ? token : undefined });
  }
  const settings = settingsOf(composition.environment, options);
  const socketPath = socketPathOf(settings.dataDir);
  if (fitsSocket(socketPath) && (await isServed({ socketPath })))
    return createRemoteWorkplace({ socketPath });
  const progress = createProgressLine();
  const store = await composition.openStore(settings, 'command', (done, total) =>
    progress.show('replay', done, total),
  );
  progress.end();
  return createLocalWorkplace(store, settings, createIris(settings.baseIri));
};

const nobodyListens = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']);

/** Whether a process answers on the socket; a socket file left by a dead process does not count. */
const isServed = async (location: ServerLocation): Promise<boolean> => {
  try {
    const answer = await send(location, { method: 'GET', path: '/live' });
    answer.resume();
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (nobodyListens.has(code)) return false;
    throw error;
  }
};

import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The real program, started as `npm start` and `npm run isnad` start it. */
const root = path.join(import.meta.dirname, '..');

export const startProgram = (words: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['src/start.ts', ...words], { cwd: root });

export interface ServerProcess {
  /** Where it answers, ending in a slash. */
  readonly address: string;
  /** Asks it to end and resolves with its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Serves a data directory on a free port; resolves once the server says that it is ready. */
export const startServer = async (dataDir: string): Promise<ServerProcess> => {
  const server = startProgram(['serve', '--port', '0', '--data-dir', dataDir]);
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  const stop = (): Promise<number | null> => {
    server.kill('SIGTERM');
    return ended;
  };
  if (server.stdout === null) throw new Error('The server has no output.');
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /ready at (http\S+)/.exec(line)?.[1];
    if (address !== undefined) return { address, stop };
  }
  throw new Error('The server ended before it was ready.');
};

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A Node.js process that a proof starts, listens to line by line, and kills. */
export interface Child {
  readonly process: ChildProcess;
  /** Every line of its standard output so far. */
  readonly lines: readonly string[];
  /** Every line of its standard error so far. */
  readonly complaints: readonly string[];
  /** Resolves with the first line that fits, or with nothing when the process ends before. */
  readonly line: (pattern: RegExp) => Promise<string | undefined>;
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Kills it as a loss of the process does, and resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Asks it to end; resolves with its exit code. */
  readonly stop: () => Promise<number | NodeJS.Signals>;
}

export const root = path.join(import.meta.dirname, '../..');

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node.js itself, before the program's name. */
  readonly nodeOptions?: readonly string[];
}

const collect = (stream: NodeJS.ReadableStream, into: string[], onLine: () => void) => {
  const output = createInterface({ input: stream });
  output.on('line', (line) => {
    into.push(line);
    onLine();
  });
  return once(output, 'close');
};

/** Starts `node WORDS…` in the project's root. */
export const startChild = (words: readonly string[], options: ChildOptions = {}): Child => {
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), ...words], {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const complaints: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const each of waiting) each();
  };
  const closed = Promise.all([
    collect(child.stdout, lines, wake),
    collect(child.stderr, complaints, wake),
  ]);
  let isOver = false;
  const ended = once(child, 'exit').then(async ([code, signal]) => {
    await closed;
    isOver = true;
    wake();
    return (code ?? signal) as number | NodeJS.Signals;
  });
  const line = (pattern: RegExp): Promise<string | undefined> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = lines.find((each) => pattern.test(each));
        if (found === undefined && !isOver) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const send = async (signal: NodeJS.Signals) => {
    if (!isOver) child.kill(signal);
    return ended;
  };
  const kill = async (): Promise<void> => {
    await send('SIGKILL');
  };
  return { process: child, lines, complaints, line, ended, kill, stop: () => send('SIGTERM') };
};

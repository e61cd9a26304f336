/**
 * Lets reading fail in a process of a proof and in all of its threads: to be loaded before anything else, by
 * `--import`, with `ISNAD_READ_FAULT` saying what is to fail. It counts every opening, reading and looking up
 * of files below one directory, by whichever thread, and from `armReadFault` on lets one of them fail as the
 * system would: that one only, or with it all that reads the same file later.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';

export interface ReadFault {
  readonly below: string;
  /** Which reading fails, counted from 0; −1 for none. */
  readonly at: number;
  readonly code: 'EIO' | 'EMFILE' | 'ENOMEM' | 'EACCES';
  /** Whether the same file cannot be read afterwards either. */
  readonly lasting: boolean;
}

const key = 'isnad:read-faults';
const pathBytesMax = 4096;
const at = { armed: 0, count: 1, failed: 2, length: 3 } as const;

interface Shared {
  readonly numbers: Int32Array;
  readonly path: Uint8Array;
}

const share = (): Shared => {
  const made: Shared = {
    numbers: new Int32Array(new SharedArrayBuffer(4 * Object.keys(at).length)),
    path: new Uint8Array(new SharedArrayBuffer(pathBytesMax)),
  };
  setEnvironmentData(key, made);
  return made;
};

const shared = isMainThread ? share() : (getEnvironmentData(key) as unknown as Shared);
const fault: ReadFault = JSON.parse(process.env['ISNAD_READ_FAULT'] ?? '{"at":-1}');
const own = { ...fs };

/** What failed, as the operation and the file. */
const noteFailed = (what: string): void => {
  const bytes = Buffer.from(what).subarray(0, pathBytesMax);
  shared.path.set(bytes);
  Atomics.store(shared.numbers, at.length, bytes.length);
  Atomics.store(shared.numbers, at.failed, 1);
};

const failedReading = (): string =>
  Buffer.from(shared.path.slice(0, Atomics.load(shared.numbers, at.length))).toString();

const fails = (operation: string, below: string): boolean => {
  if (Atomics.load(shared.numbers, at.armed) === 0) return false;
  const count = Atomics.add(shared.numbers, at.count, 1);
  if (count === fault.at) {
    noteFailed(`${operation} ${below}`);
    return true;
  }
  if (!fault.lasting || Atomics.load(shared.numbers, at.failed) === 0) return false;
  return failedReading().endsWith(` ${below}`);
};

/** A file as the fault names it; nothing for one that lies elsewhere. */
const relative = (file: unknown): string | undefined => {
  if (fault.below === undefined || typeof file === 'number') return undefined;
  const below = path.relative(fault.below, path.resolve(String(file)));
  return below.startsWith('..') ? undefined : below || '.';
};

const check = (operation: string, below: string | undefined): void => {
  if (below === undefined || !fails(operation, below)) return;
  const text = `${fault.code}: injected, ${operation} '${below}'`;
  throw Object.assign(new Error(text), { code: fault.code, errno: -5, syscall: operation });
};

const opened = new Map<number, string>();

const replaced = {
  openSync: (file: string, flags: string | number = 'r', mode?: number) => {
    const below = flags === 'r' ? relative(file) : undefined;
    check('open', below);
    const descriptor = own.openSync(file, flags, mode);
    if (below !== undefined) opened.set(descriptor, below);
    return descriptor;
  },
  closeSync: (descriptor: number) => {
    opened.delete(descriptor);
    own.closeSync(descriptor);
  },
  readSync: (descriptor: number, ...rest: never[]) => {
    check('read', opened.get(descriptor));
    return (own.readSync as (...given: unknown[]) => number)(descriptor, ...rest);
  },
  fstatSync: (descriptor: number) => {
    check('fstat', opened.get(descriptor));
    return own.fstatSync(descriptor);
  },
  existsSync: (file: string) => {
    const below = relative(file);
    return !(below !== undefined && fails('stat', below)) && own.existsSync(file);
  },
};

/** Operations that name their file first. */
const named = { readFileSync: 'open', statSync: 'stat', readdirSync: 'scandir' } as const;

const checkedSync = Object.fromEntries(
  Object.entries(named).map(([name, operation]) => {
    const real = own[name as keyof typeof named] as (...given: unknown[]) => unknown;
    const checked = (file: unknown, ...rest: unknown[]): unknown => {
      check(operation, relative(file));
      return real(file, ...rest);
    };
    return [name, checked];
  }),
);

const promised = { ...fs.promises };
const checkedPromises = Object.fromEntries(
  (['open', 'readFile', 'stat', 'readdir'] as const).map((name) => {
    const real = promised[name] as (...given: unknown[]) => Promise<unknown>;
    const checked = async (file: unknown, ...rest: unknown[]): Promise<unknown> => {
      if (name !== 'open' || rest[0] === undefined || rest[0] === 'r') check(name, relative(file));
      return real(file, ...rest);
    };
    return [name, checked];
  }),
);

Object.assign(fs, replaced, checkedSync);
Object.assign(fs.promises, checkedPromises);
syncBuiltinESMExports();

/** From now on readings count. */
export const armReadFault = (): void => {
  Atomics.store(shared.numbers, at.armed, 1);
};

/** From now on nothing fails any more; how many readings there were, and which one failed. */
export const disarmReadFault = (): { readonly readings: number; readonly failed?: string } => {
  Atomics.store(shared.numbers, at.armed, 0);
  const readings = Atomics.load(shared.numbers, at.count);
  const hasFailed = Atomics.load(shared.numbers, at.failed) === 1;
  return { readings, ...(hasFailed ? { failed: failedReading() } : {}) };
};

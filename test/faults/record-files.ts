import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

/**
 * A shim over Node's own file operations: while it is in place, everything this thread does to files
 * below one directory is recorded, whichever room does it, and may be made to fail. Nothing in `src/`
 * knows of it, so no operation can be forgotten.
 *
 * A write, truncation, or change of names is recorded when it begins, because the disk may have it
 * from then on; a sync when it has returned, with the moment it began, because it covers what had
 * been written by then.
 */
export type FileEvent =
  | { readonly op: 'create' | 'mkdir' | 'remove'; readonly path: string }
  | {
      readonly op: 'write';
      readonly path: string;
      readonly offset: number;
      readonly bytes: Buffer;
    }
  | { readonly op: 'truncate'; readonly path: string; readonly size: number }
  | { readonly op: 'rename'; readonly path: string; readonly to: string }
  | { readonly op: 'sync' | 'sync-directory'; readonly path: string; readonly since: number }
  | { readonly op: 'acknowledge'; readonly path: string; readonly n: number };

export interface Recording {
  readonly events: FileEvent[];
  /** Puts Node's own operations back. */
  readonly stop: () => void;
}

export interface RecordOptions {
  /** Called before each operation that changes or syncs files; what it throws, the operation throws. */
  readonly before?: (op: FileEvent['op'], file: string) => void;
}

type Handle = fs.promises.FileHandle;
type Anything = (...given: never[]) => unknown;

const originals = { ...fs.promises };

const bytesOf = (data: unknown): Buffer => {
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  throw new Error('This kind of data is not known to the recorder.');
};

const refuse = (name: string): Anything => {
  return () => {
    throw new Error(`${name} is not known to the recorder: teach it.`);
  };
};

/** Operations that change files and that this shim does not model: their use must not go unseen. */
const unknownOperations = ['appendFile', 'cp', 'link', 'symlink'] as const;
const unknownSyncOperations = [
  'appendFileSync',
  'copyFileSync',
  'cpSync',
  'linkSync',
  'symlinkSync',
  'truncateSync',
] as const;

/** Puts the shim in place for files below `root`. */
export const recordFiles = (root: string, options: RecordOptions = {}): Recording => {
  const events: FileEvent[] = [];
  const relative = (file: unknown): string | undefined => {
    const below = path.relative(root, path.resolve(String(file)));
    return below.startsWith('..') ? undefined : below || '.';
  };
  const before = (op: FileEvent['op'], file: string): void => options.before?.(op, file);

  const watch = (handle: Handle, file: string, isDirectory: boolean): Handle => {
    const own = {
      write: handle.write.bind(handle) as Anything,
      writeFile: handle.writeFile.bind(handle) as Anything,
      truncate: handle.truncate.bind(handle),
      sync: handle.sync.bind(handle),
      datasync: handle.datasync.bind(handle),
    };
    const sync = (real: () => Promise<void>) => async (): Promise<void> => {
      const op = isDirectory ? 'sync-directory' : 'sync';
      before(op, file);
      const since = events.length;
      await real();
      events.push({ op, path: file, since });
    };
    return Object.assign(handle, {
      write: async (data: never, offset: never, length: never, position: never) => {
        before('write', file);
        const from = Number(offset ?? 0);
        const all = bytesOf(data);
        const bytes = Buffer.from(all.subarray(from, from + Number(length ?? all.length - from)));
        if (typeof position !== 'number') throw new Error(`${file}: a write without a position`);
        events.push({ op: 'write', path: file, offset: position, bytes });
        return own.write(data, offset, length, position);
      },
      writeFile: async (data: never) => {
        before('write', file);
        events.push({ op: 'write', path: file, offset: 0, bytes: Buffer.from(bytesOf(data)) });
        return own.writeFile(data);
      },
      truncate: async (size = 0) => {
        before('truncate', file);
        events.push({ op: 'truncate', path: file, size });
        await own.truncate(size);
      },
      sync: sync(own.sync),
      datasync: sync(own.datasync),
      appendFile: refuse('FileHandle.appendFile'),
      writev: refuse('FileHandle.writev'),
    });
  };

  const changeName = (op: 'mkdir' | 'remove', name: 'mkdir' | 'rm' | 'unlink'): void => {
    const real = originals[name] as (...given: unknown[]) => Promise<unknown>;
    Object.assign(fs.promises, {
      [name]: async (file: unknown, ...rest: unknown[]) => {
        const below = relative(file);
        if (below !== undefined) {
          before(op, below);
          if (op === 'mkdir' || fs.existsSync(String(file))) events.push({ op, path: below });
        }
        return real(file, ...rest);
      },
    });
  };

  changeName('mkdir', 'mkdir');
  changeName('remove', 'rm');
  changeName('remove', 'unlink');
  Object.assign(fs.promises, {
    open: async (file: string, flags: string | number = 'r', mode?: number) => {
      const below = relative(file);
      if (below === undefined) return originals.open(file, flags, mode);
      const isNew = !fs.existsSync(file);
      if (isNew && flags !== 'r' && flags !== 'r+') {
        before('create', below);
        events.push({ op: 'create', path: below });
      } else if (flags === 'w') events.push({ op: 'truncate', path: below, size: 0 });
      const handle = await originals.open(file, flags, mode);
      return watch(handle, below, (await handle.stat()).isDirectory());
    },
    rename: async (from: string, to: string) => {
      const [below, target] = [relative(from), relative(to)];
      if (below !== undefined && target !== undefined) {
        before('rename', below);
        events.push({ op: 'rename', path: below, to: target });
      }
      await originals.rename(from, to);
    },
    truncate: async (file: string, size = 0) => {
      const below = relative(file);
      if (below !== undefined) {
        before('truncate', below);
        events.push({ op: 'truncate', path: below, size });
      }
      await originals.truncate(file, size);
    },
    copyFile: async (from: string, to: string) => {
      const below = relative(to);
      if (below !== undefined) {
        before('create', below);
        events.push({ op: 'create', path: below });
        events.push({ op: 'write', path: below, offset: 0, bytes: fs.readFileSync(from) });
      }
      await originals.copyFile(from, to);
    },
    writeFile: async (file: string, data: never, given: never) => {
      const below = relative(file);
      if (below !== undefined) {
        before('create', below);
        events.push({ op: 'create', path: below });
        events.push({ op: 'write', path: below, offset: 0, bytes: Buffer.from(bytesOf(data)) });
      }
      await originals.writeFile(file, data, given);
    },
  });
  for (const name of unknownOperations) Object.assign(fs.promises, { [name]: refuse(name) });
  const putBack = recordSyncOperations({ events, relative, before });
  syncBuiltinESMExports();
  const stop = (): void => {
    Object.assign(fs.promises, originals);
    putBack();
    syncBuiltinESMExports();
  };
  return { events, stop };
};

interface Sink {
  readonly events: FileEvent[];
  readonly relative: (file: unknown) => string | undefined;
  readonly before: (op: FileEvent['op'], file: string) => void;
}

/** The synchronous operations, as far as the store uses them; returns what puts Node's own back. */
const recordSyncOperations = ({ events, relative, before }: Sink): (() => void) => {
  const own = { ...fs };
  const opened = new Map<number, { readonly path: string; at: number; isDirectory: boolean }>();
  const note = (event: FileEvent): void => {
    before(event.op, event.path);
    events.push(event);
  };
  const sync = (real: (descriptor: number) => void) => (descriptor: number) => {
    const file = opened.get(descriptor);
    const op = file?.isDirectory === true ? 'sync-directory' : 'sync';
    if (file) before(op, file.path);
    const since = events.length;
    real(descriptor);
    if (file) events.push({ op, path: file.path, since });
  };
  const replaced = {
    openSync: (file: string, flags: string | number = 'r', mode?: number) => {
      const below = relative(file);
      const isNew = !own.existsSync(file);
      if (below !== undefined && isNew && flags !== 'r' && flags !== 'r+')
        note({ op: 'create', path: below });
      else if (below !== undefined && flags === 'w') note({ op: 'truncate', path: below, size: 0 });
      const descriptor = own.openSync(file, flags, mode);
      const isDirectory = own.fstatSync(descriptor).isDirectory();
      if (below !== undefined) opened.set(descriptor, { path: below, at: 0, isDirectory });
      return descriptor;
    },
    closeSync: (descriptor: number) => {
      opened.delete(descriptor);
      own.closeSync(descriptor);
    },
    writeSync: (descriptor: number, data: never, ...rest: (number | null | undefined)[]) => {
      const file = opened.get(descriptor);
      const all = bytesOf(data);
      const [from = 0, length, position] = rest;
      const bytes = Buffer.from(all.subarray(from ?? 0, (from ?? 0) + (length ?? all.length)));
      const offset = position ?? file?.at ?? 0;
      if (file) {
        note({ op: 'write', path: file.path, offset, bytes });
        if (typeof position !== 'number') file.at = offset + bytes.length;
      }
      return own.writeSync(descriptor, data, ...(rest as [number]));
    },
    fsyncSync: sync(own.fsyncSync),
    fdatasyncSync: sync(own.fdatasyncSync),
    ftruncateSync: (descriptor: number, size = 0) => {
      const file = opened.get(descriptor);
      if (file) note({ op: 'truncate', path: file.path, size });
      own.ftruncateSync(descriptor, size);
    },
    renameSync: (from: string, to: string) => {
      const [below, target] = [relative(from), relative(to)];
      if (below !== undefined && target !== undefined)
        note({ op: 'rename', path: below, to: target });
      own.renameSync(from, to);
    },
    writeFileSync: (file: string, data: never, given: never) => {
      const below = relative(file);
      if (below !== undefined) {
        const op = own.existsSync(file)
          ? ({ op: 'truncate', size: 0 } as const)
          : ({ op: 'create' } as const);
        note({ ...op, path: below });
        events.push({ op: 'write', path: below, offset: 0, bytes: Buffer.from(bytesOf(data)) });
      }
      own.writeFileSync(file, data, given);
    },
    mkdirSync: (file: string, given: never) => {
      const below = relative(file);
      if (below !== undefined && below !== '.' && !own.existsSync(file))
        note({ op: 'mkdir', path: below });
      return own.mkdirSync(file, given);
    },
    rmSync: (file: string, given: never) => {
      const below = relative(file);
      if (below !== undefined && own.existsSync(file)) note({ op: 'remove', path: below });
      own.rmSync(file, given);
    },
    unlinkSync: (file: string) => {
      const below = relative(file);
      if (below !== undefined) note({ op: 'remove', path: below });
      own.unlinkSync(file);
    },
  };
  Object.assign(fs, replaced);
  for (const name of unknownSyncOperations) {
    const real = own[name] as (...given: unknown[]) => unknown;
    Object.assign(fs, {
      [name]: (...given: unknown[]) => {
        if (
          given.slice(0, 2).some((each) => typeof each === 'string' && relative(each) !== undefined)
        )
          throw new Error(`${name} is not known to the recorder: teach it.`);
        return real(...given);
      },
    });
  }
  return () => {
    for (const name of [...Object.keys(replaced), ...unknownSyncOperations])
      Object.assign(fs, { [name]: own[name as keyof typeof own] });
  };
};

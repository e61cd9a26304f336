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
const unknownOperations = ['appendFile', 'cp', 'link', 'symlink', 'truncate'] as const;
const unknownSyncOperations = [
  'renameSync',
  'rmSync',
  'unlinkSync',
  'truncateSync',
  'ftruncateSync',
  'appendFileSync',
  'copyFileSync',
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
  const syncOriginals = { ...fs };
  for (const name of unknownOperations)
    if (name !== 'truncate') Object.assign(fs.promises, { [name]: refuse(name) });
  for (const name of unknownSyncOperations) {
    const real = syncOriginals[name] as (...given: unknown[]) => unknown;
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
  syncBuiltinESMExports();
  const stop = (): void => {
    Object.assign(fs.promises, originals);
    for (const name of unknownSyncOperations) Object.assign(fs, { [name]: syncOriginals[name] });
    syncBuiltinESMExports();
  };
  return { events, stop };
};

import path from 'node:path';
import type { FileEvent } from './record-files.ts';

/**
 * What a disk may hold after the power failed at one moment of a recording. The model is harsher than
 * a journaling file system: what was synced is there; of what was not, each write, truncation and
 * change of names may be there, be missing, or (a write) be there in some of its 512-byte sectors,
 * in any order.
 */
export type Fate = 'kept' | 'dropped' | { readonly sectors: (sector: number) => boolean };

/** The directories (their children by name) and files (their bytes) of an image. */
export type Tree = Map<string, Tree | { bytes: Buffer }>;

export const sectorBytes = 512;

interface Pending {
  /** Index of the event. */
  readonly at: number;
  readonly event: FileEvent;
}

/** A file's identity outlives its name: events name files by path, so renames are followed. */
const identities = (events: readonly FileEvent[]): readonly (string | undefined)[] => {
  const names = new Map<string, string>();
  return events.map((event, at) => {
    const { op, path: file } = event;
    if (op === 'create' || op === 'mkdir') names.set(file, `${file}#${at}`);
    const identity = names.get(file) ?? file;
    if (op === 'remove') names.delete(file);
    if (op !== 'rename') return identity;
    if (!names.has(file)) names.set(file, file);
    for (const [name, of] of names) {
      if (name !== file && !name.startsWith(`${file}/`)) continue;
      names.delete(name);
      names.set(event.to + name.slice(file.length), of);
    }
    return identity;
  });
};

const isNameChange = ({ op }: FileEvent): boolean =>
  op === 'create' || op === 'mkdir' || op === 'remove' || op === 'rename';

const isDataChange = ({ op }: FileEvent): boolean => op === 'write' || op === 'truncate';

/** Directory identities that must be synced for a change of names to last: either will do. */
const directoriesOf = (event: FileEvent): string[] => [
  path.dirname(event.path),
  ...(event.op === 'rename' ? [path.dirname(event.to)] : []),
];

/** The changes before `cut` of which no sync says that they are on the disk. */
export const pendingAt = (events: readonly FileEvent[], cut: number): Pending[] => {
  const identity = identities(events);
  const done = events.slice(0, cut);
  const syncedSince = new Map<string, number>();
  for (const [at, event] of done.entries())
    if (event.op === 'sync') syncedSince.set(identity[at] ?? '', event.since);
    else if (event.op === 'sync-directory') syncedSince.set(`dir:${event.path}`, event.since);
  const isDurable = (event: FileEvent, at: number): boolean => {
    if (isDataChange(event)) return (syncedSince.get(identity[at] ?? '') ?? 0) > at;
    return directoriesOf(event).some((of) => (syncedSince.get(`dir:${of}`) ?? 0) > at);
  };
  return done
    .map((event, at) => ({ event, at }))
    .filter(({ event }) => isNameChange(event) || isDataChange(event))
    .filter(({ event, at }) => !isDurable(event, at));
};

const extended = (bytes: Buffer, size: number): Buffer =>
  bytes.length >= size ? bytes : Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);

const applyWrite = (
  before: Buffer,
  { offset, bytes }: FileEvent & { op: 'write' },
  fate: Fate,
): Buffer => {
  if (fate === 'kept') {
    const after = Buffer.from(extended(before, offset + bytes.length));
    bytes.copy(after, offset);
    return after;
  }
  if (fate === 'dropped') return before;
  let after: Buffer = Buffer.from(before);
  const first = Math.floor(offset / sectorBytes);
  const last = Math.floor((offset + bytes.length - 1) / sectorBytes);
  for (let sector = first; sector <= last; sector += 1) {
    if (!fate.sectors(sector - first)) continue;
    const from = Math.max(offset, sector * sectorBytes);
    const to = Math.min(offset + bytes.length, (sector + 1) * sectorBytes);
    after = extended(after, to);
    bytes.copy(after, from, from - offset, to - offset);
  }
  return after;
};

const filesIn = (tree: Tree, below = ''): Map<string, { bytes: Buffer }> =>
  new Map(
    [...tree].flatMap(([name, child]) =>
      child instanceof Map
        ? [...filesIn(child, `${below}${name}/`)]
        : [[`${below}${name}`, child] as const],
    ),
  );

/** The image at `cut`; what is pending there meets the fate that `fateOf` names, all else is kept. */
export const buildImage = (
  start: Tree,
  events: readonly FileEvent[],
  cut: number,
  fateOf: (at: number) => Fate,
): Tree => {
  const tree = copyTree(start);
  const identity = identities(events);
  const files = filesIn(tree);
  const look = (file: string): { parent: Tree | undefined; name: string } => {
    const parts = file.split('/').filter((part) => part !== '' && part !== '.');
    const name = parts.pop() ?? '';
    let parent: Tree | undefined = tree;
    for (const part of parts) {
      const child: Tree | { bytes: Buffer } | undefined = parent?.get(part);
      parent = child instanceof Map ? child : undefined;
    }
    return { parent, name };
  };
  const fileOf = (at: number, event: FileEvent): { bytes: Buffer } | undefined => {
    const known = files.get(identity[at] ?? '');
    if (known) return known;
    const { parent, name } = look(event.path);
    const found = parent?.get(name);
    return found instanceof Map ? undefined : found;
  };
  for (const [at, event] of events.slice(0, cut).entries()) {
    const fate = fateOf(at);
    const id = identity[at] ?? '';
    if (event.op === 'create') {
      const file = { bytes: Buffer.alloc(0) };
      files.set(id, file);
      const { parent, name } = look(event.path);
      if (fate !== 'dropped') parent?.set(name, file);
    } else if (event.op === 'mkdir') {
      const directory: Tree = new Map();
      const { parent, name } = look(event.path);
      if (fate !== 'dropped' && !parent?.has(name)) parent?.set(name, directory);
    } else if (event.op === 'remove') {
      const { parent, name } = look(event.path);
      if (fate !== 'dropped') parent?.delete(name);
    } else if (event.op === 'rename') {
      const from = look(event.path);
      const to = look(event.to);
      const moved = from.parent?.get(from.name);
      if (fate === 'dropped' || !moved) continue;
      from.parent?.delete(from.name);
      to.parent?.set(to.name, moved);
    } else if (event.op === 'write') {
      const file = fileOf(at, event);
      if (file) file.bytes = applyWrite(file.bytes, event, fate);
    } else if (event.op === 'truncate' && fate !== 'dropped') {
      const file = fileOf(at, event);
      if (file) file.bytes = Buffer.from(extended(file.bytes, event.size).subarray(0, event.size));
    }
  }
  return tree;
};

/** A tree that shares nothing with the one given. */
export const copyTree = (tree: Tree): Tree =>
  new Map(
    [...tree].map(([name, child]) => [
      name,
      child instanceof Map ? copyTree(child) : { bytes: Buffer.from(child.bytes) },
    ]),
  );

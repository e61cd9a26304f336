/**
 * Damage to what is derived from the journal (images, checkpoints, the index of the history as it was closed
 * or as a killed process leaves it): flipped, cut, emptied, zeroed in part, missing, or from another data
 * directory. The store must answer exactly as without it, of the past too, because it falls back to what it
 * was derived from. (The whole manifest of another directory's checkpoint speaks
 * of another journal: that is refused.) One round is one damaged file and one opening.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';
import { codeOf, openStore } from './open-store.ts';
import { prove } from './proof.ts';
import { answersOf } from './store-answers.ts';

const graphs = 4;
const linesPerGraph = 8000;
/** Of SQLite's files. */
const pageBytes = 4096;
/** How many records are asked for their history. */
const askedRecords = 400;
const derived = ['images', 'checkpoints', 'indexes'];
/** Derived files are made when it is quiet; longer than this they do not take. */
const patienceMs = 20_000;

const content = (graph: string, salt: string) => ({
  graph,
  // Hard to compress, so that the journal is soon large enough for something to be derived from it.
  nquads: [
    Buffer.from(
      Array.from({ length: linesPerGraph }, (_, n) => {
        const value = createHash('sha256').update(`${salt} ${graph} ${n}`).digest('base64');
        return `<a:s${n}> <a:p> "${value}" <${graph}> .\n`;
      }).join(''),
    ),
  ],
});

/** Small commits that touch what the large ones brought, for the index to find. */
const changeSome = async (store: EmbeddedStore, numbers: readonly number[]): Promise<void> => {
  for (const n of numbers) {
    const graph = `a:g${n % graphs}`;
    const line = (value: number): Uint8Array =>
      Buffer.from(`<a:s${n % 5}> <a:q> "${value}" <${graph}> .\n`);
    const delta = { graph, added: [line(n), line(n + 1)], removed: [line(n - graphs)] };
    await store.write(
      { kind: 'delta', deltas: [delta] },
      { activity: 'update', actor: 'proof', message: `change ${n}` },
    );
  }
};

interface World {
  /** The directory before anything is damaged. */
  readonly whole: string;
  readonly files: readonly string[];
  /** What it answers without an index that was made before. */
  readonly expected: string;
}

const derivedFiles = (dataDir: string): string[] =>
  derived.flatMap((name) => {
    const directory = path.join(dataDir, name);
    if (!existsSync(directory)) return [];
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((file) => path.join(name, file))
      .filter((file) => statSync(path.join(dataDir, file)).isFile());
  });

const make = async (dataDir: string, salt: string): Promise<void> => {
  const store = await openStore(dataDir);
  for (let graph = 0; graph < graphs; graph += 1)
    await store.write(
      { kind: 'graphs', graphs: [content(`a:g${graph}`, salt)] },
      { activity: 'import', actor: 'proof', message: 'derived' },
    );
  await changeSome(store, [0, 1, 2, 3, 4, 5, 6, 7]);
  await store.makeCheckpoint();
  await pastOf(store);
  const until = Date.now() + patienceMs;
  const hasImage = (): boolean => derivedFiles(dataDir).some((file) => file.startsWith('images'));
  while (!hasImage() && Date.now() < until) await delay(100);
  await delay(500);
  await store.close();
};

/** Copies a data directory with an index that a process was killed over: what is newest stands in its WAL. */
const copyKilled = async (from: string, to: string): Promise<void> => {
  cpSync(from, to, { recursive: true });
  const store = await openStore(to);
  await changeSome(store, [8, 9, 10, 11]);
  await pastOf(store);
  const kept = path.join(to, 'kept');
  cpSync(path.join(to, 'indexes'), kept, { recursive: true });
  await store.close();
  rmSync(path.join(to, 'indexes'), { recursive: true });
  renameSync(kept, path.join(to, 'indexes'));
};

/** What the store says of its past. */
const pastOf = async (store: EmbeddedStore): Promise<string> => {
  const deadlineAt = Date.now() + 60_000;
  const said: unknown[] = [];
  for (let n = 0; n < askedRecords; n += 1) {
    const of = { kind: 'subject', iri: `a:s${n * (linesPerGraph / askedRecords)}` } as const;
    said.push(await store.time.history({ of, limit: 100, deadlineAt }));
  }
  for (const of of [
    { kind: 'subject', iri: 'a:s3' },
    { kind: 'subject', iri: 'a:s4077' },
    { kind: 'graph', graph: 'a:g1' },
  ] as const) {
    said.push(await store.time.history({ of, limit: 100, deadlineAt }));
    const { sequence } = store.head();
    const changes = await store.time.diff({ from: 2, to: sequence, of, deadlineAt });
    for (const { added, removed, ...counts } of changes)
      said.push(counts, ...[added, removed].map((pieces) => Buffer.concat(pieces).toString()));
  }
  return JSON.stringify(said);
};

/** What becomes of the store when a commit is taken back whose graph was written into since. */
const undoOf = async (store: EmbeddedStore): Promise<string> => {
  const given = { actor: 'proof', deadlineAt: Date.now() + 60_000 };
  const told: unknown[] = [];
  for (const sequence of [graphs + 3, 2]) {
    const { leftQuads, commit } = await store.time.undo({ ...given, sequence, partial: true });
    told.push(leftQuads, commit?.graphs);
  }
  return JSON.stringify(told);
};

/** All that it says: of the past, of the present, and what undos do. */
const allOf = async (store: EmbeddedStore): Promise<string> => {
  const [past, present] = [await pastOf(store), await answersOf(store)];
  return JSON.stringify([past, present, await undoOf(store)]);
};

const answersAt = async (dataDir: string): Promise<string> => {
  const store = await openStore(dataDir);
  const answers = await allOf(store);
  await store.close();
  return answers;
};

await prove('derived-damage', { short: 14, full: 300 }, async (proof) => {
  const foreign = proof.directory('foreign');
  const tried = proof.directory('tried');
  const closed = proof.directory('closed');
  const killed = proof.directory('killed');
  await make(closed, 'ours');
  await make(foreign, 'theirs');
  await copyKilled(closed, killed);
  const worlds: World[] = [];
  for (const whole of [closed, killed]) {
    const files = derivedFiles(whole);
    if (!files.some((file) => file.startsWith('indexes'))) throw new Error('There is no index.');
    cpSync(whole, tried, { recursive: true });
    rmSync(path.join(tried, 'indexes'), { recursive: true });
    worlds.push({ whole, files, expected: await answersAt(tried) });
    rmSync(tried, { recursive: true });
  }

  const damages: Readonly<Record<string, (file: string, name: string) => void>> = {
    'a flipped bit': (file) => {
      const bytes = readFileSync(file);
      const at = Math.floor(proof.random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(proof.random() * 8));
      writeFileSync(file, bytes);
    },
    'a flipped bit at its beginning': (file) => {
      const bytes = readFileSync(file);
      const at = Math.floor(proof.random() * Math.min(2000, bytes.length));
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(proof.random() * 8));
      writeFileSync(file, bytes);
    },
    'a flipped bit in every page': (file) => {
      const bytes = readFileSync(file);
      for (let page = 0; page < bytes.length; page += pageBytes) {
        const at = page + Math.floor(proof.random() * Math.min(pageBytes, bytes.length - page));
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(proof.random() * 8));
      }
      writeFileSync(file, bytes);
    },
    cut: (file) => truncateSync(file, Math.floor(proof.random() * statSync(file).size)),
    'noise in the middle': (file) => {
      const bytes = readFileSync(file);
      randomBytes(512).copy(bytes, Math.floor(bytes.length / 2));
      writeFileSync(file, bytes);
    },
    emptied: (file) => truncateSync(file, 0),
    missing: (file) => rmSync(file),
    'from another directory': (file, name) => {
      const other = derivedFiles(foreign).find(
        (each) => path.basename(each) === path.basename(name),
      );
      if (other !== undefined) cpSync(path.join(foreign, other), file);
    },
  };
  const kinds = Object.entries(damages);
  for (let round = 0; round < proof.rounds; round += 1) {
    const { whole, files, expected } = worlds[round % 2] ?? worlds[0]!;
    rmSync(tried, { recursive: true, force: true });
    cpSync(whole, tried, { recursive: true });
    const name = files[Math.floor(proof.random() * files.length)] ?? '';
    const [what, damage] = kinds[round % kinds.length] ?? ['missing', rmSync];
    damage(path.join(tried, name), name);
    // Engines begin with an image where there is one, and look at no checkpoint then.
    if (name.startsWith('checkpoints')) rmSync(path.join(tried, 'images'), { recursive: true });
    const isForeign = name.endsWith('manifest.json') && what === 'from another directory';
    try {
      if ((await answersAt(tried)) !== expected) proof.fail(`${name}, ${what}: another answer`);
      if (isForeign) proof.fail(`${name}, ${what}: it was not refused`);
    } catch (error) {
      if (!isForeign || codeOf(error) !== 'store-damaged')
        proof.fail(`${name}, ${what}: ${String(error)}`);
    }
  }
  return `${proof.rounds} openings beside damage (${kinds.map(([what]) => what).join(', ')}) to ${derived.join(', ')}: every answer the same`;
});

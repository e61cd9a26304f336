/**
 * Damage to what is derived from the journal (images, checkpoints, indexes): flipped, cut, emptied, zeroed
 * in part, missing, or from another data directory. The store must answer exactly as without it, because
 * it falls back to what it was derived from. (The whole manifest of another directory's checkpoint speaks
 * of another journal: that is refused.) One round is one damaged file and one opening.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf, openStore } from './open-store.ts';
import { prove } from './proof.ts';
import { answersOf } from './store-answers.ts';

const graphs = 4;
const linesPerGraph = 8000;
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
  await store.makeCheckpoint();
  const until = Date.now() + patienceMs;
  const hasImage = (): boolean => derivedFiles(dataDir).some((file) => file.startsWith('images'));
  while (!hasImage() && Date.now() < until) await delay(100);
  await delay(500);
  await store.close();
};

await prove('derived-damage', { short: 14, full: 300 }, async (proof) => {
  const [whole, foreign, tried] = ['whole', 'foreign', 'tried'].map((name) =>
    proof.directory(name),
  );
  if (whole === undefined || foreign === undefined || tried === undefined) throw new Error('names');
  await make(whole, 'ours');
  await make(foreign, 'theirs');
  const files = derivedFiles(whole);
  if (files.length === 0) throw new Error('Nothing was derived from the journal.');
  const expected = await openStore(whole).then(async (store) => {
    const answers = await answersOf(store);
    await store.close();
    return answers;
  });

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
    rmSync(tried, { recursive: true, force: true });
    cpSync(whole, tried, { recursive: true });
    const name = files[Math.floor(proof.random() * files.length)] ?? '';
    const [what, damage] = kinds[round % kinds.length] ?? ['missing', rmSync];
    damage(path.join(tried, name), name);
    // Engines begin with an image where there is one, and look at no checkpoint then.
    if (name.startsWith('checkpoints')) rmSync(path.join(tried, 'images'), { recursive: true });
    const isForeign = name.endsWith('manifest.json') && what === 'from another directory';
    try {
      const store = await openStore(tried);
      if ((await answersOf(store)) !== expected) proof.fail(`${name}, ${what}: another answer`);
      if (isForeign) proof.fail(`${name}, ${what}: it was not refused`);
      await store.close();
    } catch (error) {
      if (!isForeign || codeOf(error) !== 'store-damaged')
        proof.fail(`${name}, ${what}: ${String(error)}`);
    }
  }
  return `${proof.rounds} openings beside damage (${kinds.map(([what]) => what).join(', ')}) to ${[...new Set(files.map((file) => path.dirname(file).split('/')[0]))].join(', ')}: every answer the same`;
});

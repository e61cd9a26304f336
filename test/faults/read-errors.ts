/**
 * Errors of reading: each opening, reading and looking up of a file of the data directory, by whichever thread,
 * fails once, or with all that reads the same file later: while the store is opened, and while it works. It
 * must answer as it does without, or say that it cannot; what it could not read is still there afterwards, and
 * the next start is as good as ever. One round is one process with one such error.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { startChild } from './child.ts';
import { openStore } from './open-store.ts';
import { prove } from './proof.ts';
import type { ReadFault } from './read-faults.ts';
import { answersOf } from './store-answers.ts';

const modes = ['open', 'work'] as const;
const codes = ['EIO', 'EMFILE', 'ENOMEM', 'EACCES'] as const;
const linesPerGraph = 3000;
const patienceMs = 120_000;
/** What says that something cannot be read, and does not claim that it is damaged. */
const honest = new Set(['store-unreadable', 'store-busy', 'write-failed', 'internal', ...codes]);

interface Line {
  readonly step?: string;
  readonly found?: string;
  readonly code?: string;
  readonly message?: string;
  readonly notice?: string;
  readonly readings?: number;
  readonly failed?: string;
}

const content = (graph: string) => ({
  graph,
  nquads: [
    Buffer.from(
      Array.from({ length: linesPerGraph }, (_, n) => {
        const value = createHash('sha256').update(`${graph} ${n}`).digest('hex');
        return `<a:s${n}> <a:p> "${value}" <${graph}> .\n`;
      }).join(''),
    ),
  ],
});

/** A checkpoint at commit 2, an image at commit 3, and commits after it. */
const make = async (dataDir: string): Promise<void> => {
  const store = await openStore(dataDir);
  const write = async (graph: string): Promise<void> => {
    const graphs = [content(graph)];
    const description = { activity: 'import', actor: 'proof', message: graph } as const;
    await store.write({ kind: 'graphs', graphs }, description);
  };
  for (const graph of ['a:g0', 'a:g1']) await write(graph);
  await store.makeCheckpoint();
  await write('a:g2');
  await store.makeImage();
  for (const graph of ['a:g3', 'a:g4']) await write(graph);
  await store.close();
};

/** Graphs that were there before; a run may add another. */
const isOld = (graph: string): boolean => graph.startsWith('a:g');

const watched = ['journal', 'checkpoints', 'images'];

/** The files that an error of reading must not cost, with their hashes. */
const filesOf = (dataDir: string): Map<string, string> =>
  new Map(
    watched
      .map((name) => path.join(dataDir, name))
      .filter((directory) => existsSync(directory))
      .flatMap((directory) =>
        readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((file) =>
          path.join(directory, file),
        ),
      )
      .filter((file) => statSync(file).isFile())
      .map((file) => [
        path.relative(dataDir, file),
        createHash('sha256').update(readFileSync(file)).digest('hex'),
      ]),
  );

const run = async (dataDir: string, mode: string, fault: Omit<ReadFault, 'below'>) => {
  const child = startChild(['test/faults/read-child.ts', dataDir, mode], {
    env: { ISNAD_READ_FAULT: JSON.stringify({ ...fault, below: dataDir }) },
    nodeOptions: ['--import', './test/faults/read-faults.ts'],
  });
  const timer = setTimeout(() => void child.kill(), patienceMs);
  const code = await child.ended;
  clearTimeout(timer);
  const lines = child.lines.map((line): Line => JSON.parse(line));
  return { code, lines, complaints: child.complaints };
};

await prove('read-errors', { short: 6, full: 300 }, async (proof) => {
  const whole = proof.directory('whole');
  const tried = proof.directory('tried');
  await make(whole);
  const before = filesOf(whole);
  for (const name of ['image', 'quads', 'manifest.json'])
    if (![...before.keys()].some((file) => file.endsWith(name))) throw new Error(`no ${name}`);
  const renew = (): void => {
    rmSync(tried, { recursive: true, force: true });
    cpSync(whole, tried, { recursive: true });
  };
  const counts = { silent: 0, told: 0, refused: 0 };
  const reached = new Set<string>();

  const judge = (what: string, lines: readonly Line[], wanted: readonly Line[]): void => {
    let errors = 0;
    for (const { step, found, code, message } of lines) {
      if (step === undefined) continue;
      const expected = wanted.find((line) => line.step === step)?.found;
      if (code === undefined && found !== expected) proof.fail(`${what}: ${step} is another`);
      if (code === undefined) continue;
      errors += 1;
      if (!honest.has(code)) proof.fail(`${what}: ${step} ended as ${code}: ${message}`);
    }
    const notices = lines.filter(({ notice }) => notice !== undefined);
    for (const { notice = '' } of notices)
      if (/damaged|no whole/.test(notice)) proof.fail(`${what}: ${notice}`);
    if (errors > 0) counts.refused += 1;
    else if (notices.length > 0) counts.told += 1;
    else counts.silent += 1;
  };

  const checkFiles = (what: string, mode: string): void => {
    const after = filesOf(tried);
    const lost = [...before].filter(([file, hash]) => {
      // The segment that is written to grows, and an image gives way to a newer one.
      if (mode === 'work' && file.startsWith('journal')) return !after.has(file);
      if (mode === 'work' && file.startsWith('images'))
        return ![...after.keys()].some((each) => each.startsWith('images'));
      return after.get(file) !== hash;
    });
    for (const [file] of lost) proof.fail(`${what}: ${file} is gone or not as it was`);
  };

  const checkStart = async (what: string, late: string | undefined, wanted: string) => {
    const notices: string[] = [];
    const store = await openStore(tried, { onNotice: (notice) => notices.push(notice) });
    const graphs = (await store.listGraphs()).map(({ graph }) => graph);
    if (late !== undefined && !graphs.includes('a:late')) proof.fail(`${what}: a write is lost`);
    if ((await answersOf(store, isOld)) !== wanted) proof.fail(`${what}: another start differs`);
    if (notices.length > 0) proof.fail(`${what}: another start says ${notices.join(' ')}`);
    await store.close();
  };

  const cleanly = new Map<string, readonly Line[]>();
  for (const mode of modes) {
    renew();
    const { lines } = await run(tried, mode, { at: -1, code: 'EIO', lasting: false });
    cleanly.set(mode, lines);
  }
  renew();
  const store = await openStore(tried);
  const wanted = await answersOf(store, isOld);
  await store.close();

  const all = modes.flatMap((mode) => {
    const readings = cleanly.get(mode)?.at(-1)?.readings ?? 0;
    return Array.from({ length: 2 * readings }, (_, n) => ({
      mode,
      fault: {
        at: Math.floor(n / 2),
        code: codes[n % codes.length] ?? 'EIO',
        lasting: n % 2 === 1,
      },
    }));
  });
  const step = Math.max(1, all.length / proof.rounds);
  let rounds = 0;
  for (let index = proof.random() * step; index < all.length; index += step) {
    const { mode, fault } = all[Math.floor(index)] ?? {
      mode: 'open',
      fault: { at: 0, code: 'EIO', lasting: false } as const,
    };
    rounds += 1;
    renew();
    const { code, lines, complaints } = await run(tried, mode, fault);
    const { failed, readings } = lines.at(-1) ?? {};
    const what = `${mode}, reading ${fault.at} (${failed ?? 'not reached'}, ${fault.code}${fault.lasting ? ', lasting' : ''})`;
    if (readings === undefined || code !== 0) {
      proof.fail(`${what}: the process ended with ${code}: ${complaints.slice(0, 3).join(' ')}`);
      continue;
    }
    // Threads run beside each other: the last readings of one run may not come in another.
    if (failed !== undefined) reached.add(failed.replaceAll(/\d+/g, 'N'));
    judge(what, lines, cleanly.get(mode) ?? []);
    checkFiles(what, mode);
    const late = lines.find((line) => line.step === 'write')?.found;
    await checkStart(what, late, wanted);
  }
  for (const part of ['journal/', 'checkpoints/', 'images/'])
    if (proof.full && ![...reached].some((each) => each.includes(part)))
      proof.fail(`nothing failed below ${part}`);
  return `${rounds} runs with an error of reading (of ${all.length} there can be, at ${reached.size} kinds of places): ${counts.refused} said that something cannot be read, ${counts.told} went on without it and said so, ${counts.silent} did not need it; 0 other answers, 0 files lost`;
});

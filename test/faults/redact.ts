/**
 * Redactions that are cut short. First by a loss of power: everything a redaction does to files is recorded,
 * disks are built that may be left at every moment of it, and of the start that completes it, and each is
 * opened. Then by an error of every
 * single file operation. Then by kill -9 at random moments in a process that serves engines. Afterwards every state is wholly as before it, or wholly less
 * what was to be withheld, with its bytes nowhere; acknowledged means the latter. One round is one kill
 * and fifty disks.
 */
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { filesHolding } from '../store/redact/scan-bytes.ts';
import {
  appendWishes,
  doubtsIn,
  openSmall,
  redactIn,
  statesIn,
  without,
  type Model,
} from '../store/redact/small-journal.ts';
import { startChild } from './child.ts';
import { buildImage, type Fate, type Tree } from './disk-image.ts';
import { InjectedError } from './injected-error.ts';
import { codeOf, openStore } from './open-store.ts';
import { randomFate, shuffled, simpleFates } from './fates.ts';
import { ms, prove, quantile, type Proof } from './proof.ts';
import { recordFiles, type FileEvent } from './record-files.ts';
import { readTree, writeTree } from './trees.ts';

const iri = 'a:withheld';
/** Stands in every withheld line, and in no other. */
const secret = 's3cret-'.repeat(12);
const disksPerRound = 50;

const graphOf = (n: number): string => `a:g${n % 3}`;

const linesAbout = (subject: string, value: string, n: number, count: number): string[] =>
  Array.from(
    { length: count },
    (_, i) => `<${subject}> <a:p${i}> "${value}${n * 7919 + i}" <${graphOf(n)}> .\n`,
  );

/** Commit n adds lines of the record and others, and takes out some of three commits before. */
const wishOf = (n: number, others: number) => ({
  graph: graphOf(n),
  added: [...linesAbout(iri, secret, n, 2), ...linesAbout(`a:s${n}`, 'beside ', n, others)],
  removed: n > 3 ? linesAbout(iri, secret, n - 3, 1 + (n % 2)) : [],
});

const isWithheld = (line: string): boolean => line.startsWith(`<${iri}>`);

/** Every state less what is withheld. */
const lessWithheld = (states: readonly Model[]): Model[] =>
  states.map((state) =>
    without(state, new Set([...state.values()].flatMap((lines) => [...lines].filter(isWithheld)))),
  );

const plain = (states: readonly Model[]): Model[] =>
  states.map((state) => without(state, new Set()));

/** What a directory holds after a redaction that may have been cut short, or what is wrong with it. */
const judge = (
  dataDir: string,
  before: readonly Model[],
): { after: boolean; problems: string[] } => {
  const found = plain(statesIn(dataDir));
  const doubts = doubtsIn(dataDir);
  if (isDeepStrictEqual(found, plain(before))) return { after: false, problems: doubts };
  const wanted = lessWithheld([...before, before.at(-1) ?? new Map()]);
  const same = isDeepStrictEqual(found, wanted);
  const files = filesHolding(dataDir, secret).map((file) => path.relative(dataDir, file));
  return {
    after: true,
    problems: [
      ...doubts,
      ...(same ? [] : ['the states are neither those before nor those after']),
      ...files.map((file) => `${file} still holds what is withheld`),
    ],
  };
};

interface Recorded {
  readonly start: Tree;
  readonly events: readonly FileEvent[];
  readonly before: readonly Model[];
}

/** A redaction of a small journal in several segments, which was redacted once before. */
const recordRedaction = async (dataDir: string): Promise<Recorded> => {
  mkdirSync(dataDir);
  const journal = await openSmall(dataDir);
  await appendWishes(
    journal,
    new Map(),
    Array.from({ length: 14 }, (_, n) => wishOf(n + 1, 3)),
  );
  await redactIn(dataDir, journal, { kind: 'record', iri: 'a:s2' });
  await journal.close();
  const again = await openSmall(dataDir);
  const start = readTree(dataDir);
  const before = statesIn(dataDir);
  const recording = recordFiles(dataDir);
  try {
    await redactIn(dataDir, again, { kind: 'record', iri });
    recording.events.push({ op: 'acknowledge', path: '', n: 1 });
    await again.close();
  } finally {
    recording.stop();
  }
  return { start, events: recording.events, before };
};

/** The start after a crash between the redaction's commit and everything that follows it. */
const recordRecovery = async (
  dataDir: string,
  { start, events, before }: Recorded,
): Promise<Recorded> => {
  const cut = events.findIndex(({ op, path: file }) => op === 'rename' && file.endsWith('pending'));
  writeTree(
    dataDir,
    buildImage(start, events, cut, () => 'kept'),
  );
  const left = readTree(dataDir);
  const recording = recordFiles(dataDir);
  try {
    await (await openSmall(dataDir)).close();
  } finally {
    recording.stop();
  }
  return { start: left, events: recording.events, before };
};

interface Disk {
  readonly recorded: Recorded;
  readonly cut: number;
  readonly fateOf: (at: number) => Fate;
  /** Whether nothing may be as before any more. */
  readonly mustBeAfter: boolean;
}

const disksOf = (recorded: Recorded, isRecovery: boolean): Disk[] =>
  Array.from({ length: recorded.events.length + 1 }, (_, cut) => cut).flatMap((cut) =>
    simpleFates(recorded.events, cut).map((fateOf) => ({
      recorded,
      cut,
      fateOf,
      mustBeAfter: isRecovery || cut === recorded.events.length,
    })),
  );

const proveDisks = async (proof: Proof, recorded: Recorded): Promise<string> => {
  const recovery = await recordRecovery(proof.directory('recovered'), recorded);
  const systematic = [...disksOf(recorded, false), ...disksOf(recovery, true)];
  const count = proof.rounds * disksPerRound;
  const byChance = Array.from({ length: Math.max(0, count - systematic.length) }, (_, index) => {
    const isRecovery = index % 4 === 0;
    const one = isRecovery ? recovery : recorded;
    const cut = Math.floor(proof.random() * (one.events.length + 1));
    const fateOf = randomFate(one.events, cut, proof.random);
    return { recorded: one, cut, fateOf, mustBeAfter: isRecovery || cut === one.events.length };
  });
  const trials = [...shuffled(systematic, proof.random).slice(0, count), ...byChance];
  const image = proof.directory('image');
  let after = 0;
  for (const { recorded: one, cut, fateOf, mustBeAfter } of trials) {
    const where = `${one === recovery ? 'recovery' : 'redaction'}, moment ${cut} of ${one.events.length}`;
    writeTree(image, buildImage(one.start, one.events, cut, fateOf));
    try {
      await (await openSmall(image)).close();
      const found = judge(image, one.before);
      if (found.after) after += 1;
      else if (mustBeAfter) proof.fail(`${where}: committed, and nothing is withheld`);
      for (const problem of found.problems) proof.fail(`${where}: ${problem}`);
    } catch (error) {
      proof.fail(`${where}: ${String(error)}`);
    }
  }
  return (
    `${trials.length} disks (${Math.min(count, systematic.length)} systematic) from ` +
    `${recorded.events.length} operations of a redaction and ${recovery.events.length} of its recovery: ` +
    `${after} wholly after, ${trials.length - after} wholly before`
  );
};

/** One redaction in which one file operation fails, and then the next start. */
const failOnce = async (
  proof: Proof,
  { start, before }: Recorded,
  failing: number,
  code: string,
): Promise<boolean> => {
  const where = `operation ${failing} (${code})`;
  const dataDir = proof.directory('failing');
  writeTree(dataDir, start);
  const journal = await openSmall(dataDir);
  let operations = 0;
  const recording = recordFiles(dataDir, {
    before: (op, file) => {
      operations += 1;
      if (operations - 1 === failing) throw new InjectedError(code, op, file);
    },
  });
  const attempt = async (): Promise<string> =>
    redactIn(dataDir, journal, { kind: 'record', iri }).then(() => 'done', codeOf);
  const first = await attempt();
  recording.stop();
  if (!['done', 'write-failed', 'disk-full'].includes(first))
    proof.fail(`${where}: it failed as ${first}`);
  // Where the journal can still be written, asking again ends it.
  if (journal.writable) {
    const again = await attempt();
    if (again !== 'done' && again !== 'not-found') proof.fail(`${where}: again: ${again}`);
    if (!judge(dataDir, before).after) proof.fail(`${where}: asked again, and nothing is withheld`);
  }
  await journal.close();
  await (await openSmall(dataDir)).close();
  const found = judge(dataDir, before);
  if (first === 'done' && !found.after) proof.fail(`${where}: acknowledged, nothing is withheld`);
  for (const problem of found.problems) proof.fail(`${where}: ${problem}`);
  return operations > failing;
};

const proveErrors = async (proof: Proof, recorded: Recorded): Promise<string> => {
  let runs = 0;
  for (const code of ['EIO', 'ENOSPC'])
    for (let failing = 0; await failOnce(proof, recorded, failing, code); failing += 1) runs += 1;
  return `${runs} runs in which one operation fails`;
};

const text = (lines: readonly string[]): Buffer[] => [Buffer.from(lines.join(''))];

const bulkCommits = 24;
const bulkLines = 1500;

const proveKills = async (proof: Proof): Promise<string> => {
  const template = proof.directory('template');
  const store = await openStore(template);
  const wishes = Array.from({ length: bulkCommits }, (_, n) => wishOf(n + 1, bulkLines));
  for (const { graph, added, removed } of wishes) {
    const deltas = [{ graph, added: text(added), removed: text(removed) }];
    const description = { activity: 'update', actor: 'proof', message: 'A change' } as const;
    await store.write({ kind: 'delta', deltas }, description);
  }
  await store.makeImage();
  await store.close();
  const before = statesIn(template);
  const opened: number[] = [];
  let took = 0;
  let after = 0;
  let midway = 0;
  // The first is let come to its end, to know how long it takes.
  for (let round = 0; round <= proof.rounds; round += 1) {
    const dataDir = proof.directory(`killed-${round}`);
    cpSync(template, dataDir, { recursive: true });
    const child = startChild(['test/faults/redact-child.ts', dataDir, iri]);
    proof.atEnd(child.kill);
    await child.line(/^redacting$/);
    const startedAt = performance.now();
    if (round === 0) await child.line(/^done$/);
    else await delay(proof.random() * took * 1.1);
    took = round === 0 ? performance.now() - startedAt : took;
    await child.kill();
    const acknowledged = child.lines.includes('done');
    if (!acknowledged) midway += 1;
    const failed = child.lines.find((line) => line.startsWith('{'));
    if (failed !== undefined) proof.fail(`round ${round}: ${failed}`);
    const openedAt = performance.now();
    const again = await openStore(dataDir);
    opened.push(performance.now() - openedAt);
    for (const doubt of await again.checkEngines()) proof.fail(`round ${round}: ${doubt}`);
    await again.close();
    const found = judge(dataDir, before);
    if (found.after) after += 1;
    else if (acknowledged) proof.fail(`round ${round}: acknowledged, and nothing is withheld`);
    for (const problem of found.problems) proof.fail(`round ${round}: ${problem}`);
  }
  return (
    `${proof.rounds} kills within ${ms(took)}, ${midway} of them before the acknowledgement: ` +
    `${after - 1} wholly after, ${proof.rounds + 1 - after} wholly before; opened in p50 ${ms(quantile(opened, 0.5))}`
  );
};

await prove('redact', { short: 6, full: 100 }, async (proof) => {
  const recorded = await recordRedaction(proof.directory('recorded'));
  const disks = await proveDisks(proof, recorded);
  const errors = await proveErrors(proof, recorded);
  return `${disks}; ${errors}; ${await proveKills(proof)}`;
});

/**
 * Simulated loss of power: everything the journal does to files is recorded (its creation, commits of
 * one and of several, rolls, the recovery of a torn journal, the upgrade of an old one), disks are built that the
 * power may have left at every moment of it, and each is opened, read to the last quad, and written on.
 * One round is one disk.
 */
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './child.ts';
import { buildImage, type Fate, type Tree } from './disk-image.ts';
import { randomFate, shuffled, simpleFates } from './fates.ts';
import { commitDraft, openSmallJournal, readNumbered } from './journal-commits.ts';
import { ms, prove, quantile } from './proof.ts';
import { recordFiles, type FileEvent, type Recording } from './record-files.ts';
import { readTree, writeTree } from './trees.ts';

interface Scenario {
  readonly name: string;
  /** What is on the disk before, the data directory being its root. */
  readonly start: Tree;
  /** The newest numbered commit on it. */
  readonly startsAt: number;
  /** Commits at least that every image must hold, numbered or not. */
  readonly events: readonly FileEvent[];
}

interface Trial {
  readonly scenario: Scenario;
  readonly cut: number;
  readonly fateOf: (at: number) => Fate;
}

const commits = 24;
const writeAgainEvery = 8;

/** Runs and records: opens the journal below `dataDir` and appends commits up to `last`, in groups. */
const record = async (
  name: string,
  dataDir: string,
  startsAt: number,
  last: number,
): Promise<Scenario> => {
  const start = readTree(dataDir);
  const recording: Recording = recordFiles(dataDir);
  try {
    const journal = await openSmallJournal(path.join(dataDir, 'journal'));
    for (let n = startsAt + 1; n <= last;) {
      const group = Math.min(1 + (n % 3), last - n + 1);
      await journal.append(Array.from({ length: group }, (_, index) => commitDraft(n + index)));
      n += group;
      recording.events.push({ op: 'acknowledge', path: '', n: n - 1 });
    }
    await journal.close();
  } finally {
    recording.stop();
  }
  return { name, start, startsAt, events: recording.events };
};

await prove('power-loss', { short: 1200, full: 12_000 }, async (proof) => {
  const dataDir = proof.directory('recorded');
  mkdirSync(dataDir);
  const fresh = await record('new journal', dataDir, 0, commits);

  // The disk of a journal whose power failed in the middle of its largest write.
  const largest = fresh.events.findLastIndex(
    ({ op, ...event }) => op === 'write' && 'bytes' in event && event.bytes.length > 20_000,
  );
  const torn = buildImage(fresh.start, fresh.events, largest + 1, (at) =>
    at === largest ? { sectors: (sector) => sector !== 3 } : 'kept',
  );
  const tornDir = proof.directory('torn');
  writeTree(tornDir, torn);
  const copy = proof.directory('torn-read');
  cpSync(tornDir, copy, { recursive: true });
  const { n: tornAt } = await readNumbered(path.join(copy, 'journal'));
  const recovery = await record('recovery', tornDir, tornAt, tornAt + 4);

  const oldDir = proof.directory('old');
  cpSync(path.join(root, 'test/fixtures/journal-v1/journal'), path.join(oldDir, 'journal'), {
    recursive: true,
  });
  const upgrade = await record('upgrade', oldDir, 0, 6);

  const trials: Trial[] = [];
  const scenarios = [fresh, recovery, upgrade];
  for (const scenario of scenarios)
    for (let cut = 0; cut <= scenario.events.length; cut += 1)
      for (const fateOf of simpleFates(scenario.events, cut))
        trials.push({ scenario, cut, fateOf });
  const systematic = trials.length;
  while (trials.length < proof.rounds) {
    const scenario = scenarios[trials.length % scenarios.length] ?? fresh;
    const cut = Math.floor(proof.random() * (scenario.events.length + 1));
    trials.push({ scenario, cut, fateOf: randomFate(scenario.events, cut, proof.random) });
  }
  const chosen =
    systematic > proof.rounds ? shuffled(trials, proof.random).slice(0, proof.rounds) : trials;

  let lost = 0;
  let unopenable = 0;
  const openings: number[] = [];
  const image = proof.directory('image');
  const journal = path.join(image, 'journal');
  const check = async ({ scenario, cut, fateOf }: Trial, index: number): Promise<void> => {
    const where = `${scenario.name}, moment ${cut} of ${scenario.events.length}`;
    writeTree(image, buildImage(scenario.start, scenario.events, cut, fateOf));
    const acknowledgements = scenario.events.map((event) =>
      event.op === 'acknowledge' ? event.n : 0,
    );
    const acknowledged = Math.max(scenario.startsAt, ...acknowledgements.slice(0, cut));
    const begun = acknowledgements.slice(cut).find((n) => n > 0) ?? acknowledged;
    try {
      const startedAt = performance.now();
      const { n, problem } = await readNumbered(journal);
      openings.push(performance.now() - startedAt);
      if (n < acknowledged) lost += acknowledged - n;
      if (n < acknowledged || n > begun || problem !== undefined)
        proof.fail(`${where}: n=${n}, acknowledged ${acknowledged}; ${problem ?? 'whole'}`);
      if (index % writeAgainEvery !== 0) return;
      const again = await openSmallJournal(journal);
      await again.append([commitDraft(n + 1)]);
      await again.close();
      const after = await readNumbered(journal);
      if (after.n !== n + 1 || after.problem !== undefined)
        proof.fail(`${where}: after one more commit n=${after.n}; ${after.problem ?? 'whole'}`);
    } catch (error) {
      unopenable += 1;
      proof.fail(`${where}: ${String(error)}`);
    }
  };
  for (const [index, trial] of chosen.entries()) await check(trial, index);
  return (
    `${chosen.length} disks (${systematic} systematic) from ${scenarios.map(({ name, events }) => `${name} (${events.length} operations)`).join(', ')}: ` +
    `${lost} acknowledged lost, ${unopenable} unopenable; opened and read in p50 ${ms(quantile(openings, 0.5))}`
  );
});

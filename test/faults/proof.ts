import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * The frame of every proof: `node test/faults/NAME.ts [--full] [--rounds N] [--seed N]` prints what
 * failed and one last line with the proof's figure, and exits with 1 on any failure.
 */
export interface Proof {
  /** How often the proof tries what it tries; what one round is, each proof says. */
  readonly rounds: number;
  readonly full: boolean;
  /** A number from 0 to below 1; the same sequence for the same seed. */
  readonly random: () => number;
  /** A directory of the proof's own, removed when it ends. */
  readonly directory: (name: string) => string;
  /** Counts one thing that is not as promised. */
  readonly fail: (what: string) => void;
  /** Registers what must be done before the proof's directories are removed. */
  readonly atEnd: (work: () => unknown) => void;
}

/** Thrown by a proof that cannot be tried on this machine; it is shown, and counted as skipped. */
export class Skipped extends Error {}

const shownFailures = 20;

/** Mulberry32: small, seeded, and good enough to choose faults by. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const readArguments = (rounds: { readonly short: number; readonly full: number }) => {
  const { values } = parseArgs({
    options: {
      full: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const { full, seed } = values;
  const count = Number(values.rounds ?? (full ? rounds.full : rounds.short));
  if (!Number.isInteger(count) || count < 1) throw new Error(`--rounds ${values.rounds}?`);
  return { full, seed: Number(seed), rounds: count };
};

/**
 * Runs one proof to its end.
 *
 * @param work resolves with the figure: what was tried, how often, and the measured numbers
 */
export const prove = async (
  name: string,
  rounds: { readonly short: number; readonly full: number },
  work: (proof: Proof) => Promise<string>,
): Promise<void> => {
  const given = readArguments(rounds);
  const root = mkdtempSync(path.join(tmpdir(), `isnad-${name}-`));
  const endings: (() => unknown)[] = [];
  let failures = 0;
  const fail = (what: string): void => {
    failures += 1;
    if (failures <= shownFailures) say(`  ${name}: ${what}`);
  };
  const startedAt = performance.now();
  let figure: string;
  let verdict: string | undefined;
  try {
    figure = await work({
      ...given,
      random: seededRandom(given.seed),
      directory: (below) => path.join(root, below),
      fail,
      atEnd: (ending) => endings.push(ending),
    });
  } catch (error) {
    if (error instanceof Skipped) verdict = 'skipped';
    else fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
    figure = error instanceof Error ? error.message : String(error);
  }
  for (const ending of endings.toReversed()) await ending();
  rmSync(root, { recursive: true, force: true });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  verdict ??= failures === 0 ? 'passed' : 'FAILED';
  const blame = failures === 0 ? '' : `${failures} failures with --seed ${given.seed}; `;
  say(`${verdict} ${name}: ${blame}${figure} (${seconds} s)`);
  process.exit(failures === 0 ? 0 : 1);
};

/** The value below which the share `part` of the numbers lies. */
export const quantile = (numbers: readonly number[], part: number): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
};

/** Milliseconds for a figure. */
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

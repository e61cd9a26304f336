import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const program = path.join(import.meta.dirname, 'threads/end-threads.ts');

/** Runs it in a process of its own, which would be aborted. */
const outcomeOf = async (...words: readonly string[]): Promise<unknown> => {
  const child = spawn(process.execPath, [program, ...words], { stdio: 'ignore' });
  const [code, signal] = await once(child, 'exit');
  return code ?? signal;
};

describe('a thread that unpacks', () => {
  it('can be ended at any moment', { timeout: 120_000 }, async () => {
    expect(await outcomeOf('end', process.env['ISNAD_TEST_RUNS'] ?? '60')).toBe(0);
  });

  it('can end with its process at any moment', { timeout: 120_000 }, async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => outcomeOf('exit')));
    expect(outcomes).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

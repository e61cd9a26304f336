import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const program = path.join(import.meta.dirname, 'threads/end-threads.ts');

/** Runs it in a process of its own, which would be aborted. */
const outcomeOf = async (...words: readonly string[]): Promise<unknown> => {
  const child = spawn(process.execPath, [program, ...words], { stdio: 'ignore' });
  const [code, signal] = await once(child, 'exit');
  return code ?? signal;
};

describe('a thread', () => {
  it('that unpacks can be ended at any moment', { timeout: 120_000 }, async () => {
    expect(await outcomeOf('end', process.env['ISNAD_TEST_RUNS'] ?? '60')).toBe(0);
  });

  it.each(['busy', 'exit'])(
    'ends what must be whole, and begins no more of it (%s)',
    { timeout: 60_000 },
    async (how) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'isnad-threads-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const file = path.join(folder, 'done');
      expect(await outcomeOf(how, file)).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe('1\n');
    },
  );
});

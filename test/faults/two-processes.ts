/**
 * One process per data directory: while a server runs, a second is refused at once, names the first,
 * and changes no byte; a lock left by a killed process holds nobody up, also when its process number
 * belongs to another living process by now. One round is one kill and one new start.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startChild, type Child } from './child.ts';
import { ms, prove } from './proof.ts';

const fingerprint = (dataDir: string): string => {
  const hash = createHash('sha256');
  for (const name of readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const file = path.join(dataDir, name);
    if (statSync(file).isFile()) hash.update(name).update(readFileSync(file));
  }
  return hash.digest('hex');
};

await prove('two-processes', { short: 5, full: 100 }, async (proof) => {
  const dataDir = proof.directory('data');
  const open = async (): Promise<{ child: Child; answer: string; tookMs: number }> => {
    const startedAt = performance.now();
    const child = startChild(['test/faults/writer-child.ts', dataDir, 'hold']);
    proof.atEnd(child.kill);
    const answer = (await child.line(/^\{/)) ?? 'nothing';
    return { child, answer, tookMs: performance.now() - startedAt };
  };
  let worstMs = 0;
  let recovered = 0;
  for (let round = 0; round < proof.rounds; round += 1) {
    const first = await open();
    if (/"open":/.test(first.answer)) recovered += 1;
    else proof.fail(`round ${round}: the lock of a dead process held: ${first.answer}`);
    if (round < 3) {
      const before = fingerprint(dataDir);
      const second = await open();
      worstMs = Math.max(worstMs, second.tookMs);
      const code = await second.child.ended;
      if (code !== 1) proof.fail(`the second process ended with ${code}`);
      if (!second.answer.includes(`process ${first.child.process.pid}`))
        proof.fail(`the second process does not name the first: ${second.answer}`);
      if (fingerprint(dataDir) !== before) proof.fail('the second process changed the directory');
    }
    await first.child.kill();
    // The number of a process that lives: this one's.
    const owner = { pid: process.pid, since: new Date().toISOString() };
    writeFileSync(path.join(dataDir, 'lock-owner.json'), JSON.stringify(owner));
  }
  return `second process refused within ${ms(worstMs)} of its start, 0 bytes changed; ${recovered}/${proof.rounds} stale locks recovered`;
});

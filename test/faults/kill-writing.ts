/**
 * kill -9 at random moments while numbered transactions are written. After each kill the directory is
 * opened by the next process, which compares everything it holds with what the transactions wrote.
 * One round is one kill.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from './child.ts';
import { ms, prove, quantile } from './proof.ts';

interface Opened {
  readonly open?: number;
  readonly problem?: string;
  readonly code?: string;
}

const longestRunMs = 400;
/** Of the kills, how many come at any moment since the opening. */
const earlyShare = 0.25;

await prove('kill-writing', { short: 20, full: 500 }, async (proof) => {
  const dataDir = proof.directory('data');
  const starts: number[] = [];
  let acknowledged = 0;
  let lost = 0;
  let partial = 0;
  let refused = 0;
  // One round more than asked for, because what a kill did is seen by the process after it.
  for (let round = 0; round <= proof.rounds; round += 1) {
    const startedAt = performance.now();
    const child = startChild(['test/faults/writer-child.ts', dataDir]);
    proof.atEnd(child.kill);
    const first = (await child.line(/^\{/)) ?? '{"code":"no answer"}';
    starts.push(performance.now() - startedAt);
    const found: Opened = JSON.parse(first);
    if (found.open === undefined) {
      refused += 1;
      proof.fail(`round ${round}: the store did not open: ${first} ${child.complaints.join(' ')}`);
      break;
    }
    if (found.open < acknowledged) {
      lost += acknowledged - found.open;
      proof.fail(`round ${round}: ${acknowledged} was acknowledged, ${found.open} is there`);
    }
    if (found.open > acknowledged + 1)
      proof.fail(`round ${round}: ${found.open} is there, only ${acknowledged} was acknowledged`);
    if (found.problem !== undefined) {
      partial += 1;
      proof.fail(`round ${round}: ${found.problem}`);
    }
    // Now and then before the first write; mostly among those that follow it, however long it takes.
    if (proof.random() > earlyShare) await child.line(/^\d+$/);
    await delay(proof.random() * longestRunMs);
    await child.kill();
    const last = child.lines.filter((line) => /^\d+$/.test(line)).at(-1);
    acknowledged = Math.max(found.open, Number(last ?? 0));
  }
  if (acknowledged < proof.rounds)
    proof.fail(`only ${acknowledged} transactions were acknowledged`);
  return (
    `${proof.rounds} kills, ${acknowledged} transactions acknowledged, ${lost} lost, ${partial} partial, ` +
    `${refused} refused starts; start and compare p50 ${ms(quantile(starts, 0.5))}, p99 ${ms(quantile(starts, 0.99))}`
  );
});

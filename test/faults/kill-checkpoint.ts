/**
 * kill -9 while files are derived from the journal (images, checkpoints): transactions are written until a
 * derived file appears or changes, and the process is killed in the middle of its writing. The next
 * start must find everything. One round is one kill.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from './child.ts';
import { ms, prove, quantile } from './proof.ts';

const derived = ['images', 'checkpoints'];
/** A derived file is made when much has been written and then nothing for a while. */
const patienceMs = 15_000;
const longestDelayMs = 150;

/** Names and sizes of all derived files: it changes as soon as one is begun. */
const fingerprint = (dataDir: string): string =>
  derived
    .map((name) => path.join(dataDir, name))
    .filter((directory) => existsSync(directory))
    .flatMap((directory) =>
      readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((file) => {
        const stats = statSync(path.join(directory, file), { throwIfNoEntry: false });
        return `${file} ${stats?.size ?? 0}`;
      }),
    )
    .join();

await prove('kill-checkpoint', { short: 3, full: 100 }, async (proof) => {
  const dataDir = proof.directory('data');
  let acknowledged = 0;
  let midway = 0;
  const starts: number[] = [];
  for (let round = 0; round <= proof.rounds; round += 1) {
    const startedAt = performance.now();
    const child = startChild(['test/faults/writer-child.ts', dataDir, 'bulk']);
    proof.atEnd(child.kill);
    const first = (await child.line(/^\{/)) ?? '{"code":"no answer"}';
    starts.push(performance.now() - startedAt);
    const found: { open?: number; problem?: string } = JSON.parse(first);
    if (found.open === undefined || found.problem !== undefined || found.open < acknowledged)
      proof.fail(`round ${round}: ${acknowledged} was acknowledged, then: ${first}`);
    if (found.open === undefined || round === proof.rounds) break;
    await child.line(/^quiet$/);
    acknowledged = Number(child.lines.filter((line) => /^\d+$/.test(line)).at(-1) ?? found.open);
    const before = fingerprint(dataDir);
    const until = performance.now() + patienceMs;
    while (fingerprint(dataDir) === before && performance.now() < until) await delay(1);
    if (fingerprint(dataDir) !== before) midway += 1;
    await delay(proof.random() * longestDelayMs);
    await child.kill();
  }
  if (midway === 0) proof.fail('nothing was derived from the journal');
  return `${proof.rounds} kills, ${midway} while a derived file was written, ${acknowledged} transactions, 0 lost; start and compare p50 ${ms(quantile(starts, 0.5))}`;
});

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

/** A derived file is made when much has been written and then nothing for a while. */
const patienceMs = 15_000;
const longestDelayMs = 150;

/** Names and sizes of all derived files of a kind: it changes as soon as one is begun. */
const fingerprint = (dataDir: string, kind: 'images' | 'checkpoints'): string => {
  const directory = path.join(dataDir, kind);
  if (!existsSync(directory)) return '';
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => {
      const stats = statSync(path.join(directory, file), { throwIfNoEntry: false });
      return `${file} ${stats?.size ?? 0}`;
    })
    .join();
};

await prove('kill-checkpoint', { short: 4, full: 100 }, async (proof) => {
  const dataDir = proof.directory('data');
  let acknowledged = 0;
  const midway = { images: 0, checkpoints: 0 };
  const starts: number[] = [];
  for (let round = 0; round <= proof.rounds; round += 1) {
    const startedAt = performance.now();
    const mode = round % 2 === 0 ? 'checkpoint' : 'bulk';
    const child = startChild(['test/faults/writer-child.ts', dataDir, mode]);
    proof.atEnd(child.kill);
    const first = (await child.line(/^\{/)) ?? '{"code":"no answer"}';
    starts.push(performance.now() - startedAt);
    const found: { open?: number; problem?: string } = JSON.parse(first);
    if (found.open === undefined || found.problem !== undefined || found.open < acknowledged)
      proof.fail(`round ${round}: ${acknowledged} was acknowledged, then: ${first}`);
    if (found.open === undefined || round === proof.rounds) break;
    await child.line(/^quiet$/);
    acknowledged = Number(child.lines.filter((line) => /^\d+$/.test(line)).at(-1) ?? found.open);
    const kind = mode === 'bulk' ? 'images' : 'checkpoints';
    const before = fingerprint(dataDir, kind);
    const until = performance.now() + patienceMs;
    while (fingerprint(dataDir, kind) === before && performance.now() < until) await delay(1);
    if (fingerprint(dataDir, kind) !== before) midway[kind] += 1;
    await delay(proof.random() * longestDelayMs);
    await child.kill();
  }
  if (midway.images === 0) proof.fail('no image was made');
  if (midway.checkpoints === 0) proof.fail('no checkpoint was made');
  return `${proof.rounds} kills, ${midway.images} while an image was written, ${midway.checkpoints} while a checkpoint was, ${acknowledged} transactions, 0 lost; start and compare p50 ${ms(quantile(starts, 0.5))}`;
});

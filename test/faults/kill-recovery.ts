/**
 * kill -9 while a store recovers: a directory with a torn tail is opened again and again, each opening
 * is killed at a random moment of it, and the one that is left alone must find every transaction.
 * One round is one killed opening; every tenth adds new transactions and a new torn tail.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from './child.ts';
import { openStore } from './open-store.ts';
import { ms, prove } from './proof.ts';
import { inspect, writeTransaction } from './transactions.ts';

const roundsPerTail = 10;
const transactionsPerTail = 40;

/** Half a record: what a crash in the middle of a write leaves beyond the head. */
const tearTail = (dataDir: string, random: () => number): void => {
  const journal = path.join(dataDir, 'journal');
  const last = readdirSync(journal)
    .filter((name) => /^\d+\.isnad$/.test(name))
    .toSorted()
    .at(-1);
  const bytes = Buffer.from(Array.from({ length: 300 }, () => Math.floor(random() * 256)));
  appendFileSync(path.join(journal, last ?? ''), bytes);
};

await prove('kill-recovery', { short: 20, full: 300 }, async (proof) => {
  const dataDir = proof.directory('data');
  let written = 0;
  let openingMs = 0;
  for (let round = 0; round < proof.rounds; round += roundsPerTail) {
    const store = await openStore(dataDir);
    const { n, problem } = await inspect(store);
    if (n !== written || problem !== undefined)
      proof.fail(`round ${round}: n=${n} of ${written} is there; ${problem ?? 'whole'}`);
    for (let next = n + 1; next <= n + transactionsPerTail; next += 1)
      await writeTransaction(store, next);
    written = n + transactionsPerTail;
    await store.close();
    tearTail(dataDir, proof.random);
    if (openingMs === 0) {
      const startedAt = performance.now();
      const child = startChild(['test/faults/writer-child.ts', dataDir, 'hold']);
      await child.line(/^\{/);
      openingMs = performance.now() - startedAt;
      await child.kill();
      tearTail(dataDir, proof.random);
    }
    for (let kill = 0; kill < Math.min(roundsPerTail, proof.rounds - round); kill += 1) {
      const child = startChild(['test/faults/writer-child.ts', dataDir, 'hold']);
      proof.atEnd(child.kill);
      await delay(proof.random() * openingMs);
      await child.kill();
    }
  }
  const store = await openStore(dataDir);
  const { n, problem } = await inspect(store);
  if (n !== written || problem !== undefined)
    proof.fail(`at the end n=${n} of ${written} is there; ${problem ?? 'whole'}`);
  await store.close();
  return `${proof.rounds} openings killed within ${ms(openingMs)}, ${written} transactions, ${written - n} lost`;
});

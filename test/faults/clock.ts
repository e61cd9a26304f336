/**
 * The clock is never trusted for order: while transactions are written it jumps years back and forth,
 * and the store is closed and opened in between. One round is one transaction.
 */
import { openStore } from './open-store.ts';
import { prove } from './proof.ts';
import { inspect, writeTransaction } from './transactions.ts';

const yearMs = 365 * 24 * 3600 * 1000;
const transactionsPerOpening = 20;

await prove('clock', { short: 60, full: 2000 }, async (proof) => {
  const dataDir = proof.directory('data');
  let clock = Date.now();
  const jump = (): number => {
    const kind = proof.random();
    if (kind < 0.2) clock -= yearMs * proof.random();
    else if (kind < 0.3) clock += 10 * yearMs * proof.random();
    else if (kind < 0.8) clock += 1000 * proof.random();
    return Math.max(0, Math.min(clock, 8e15));
  };
  let store = await openStore(dataDir, { now: jump });
  let back = 0;
  for (let n = 1; n <= proof.rounds; n += 1) {
    await writeTransaction(store, n);
    if (n % transactionsPerOpening !== 0) continue;
    await store.close();
    store = await openStore(dataDir, { now: jump });
  }
  let previous = '';
  let sequence = 0;
  for await (const record of store.log()) {
    if (record.recordedAt < previous) back += 1;
    if (record.sequence !== sequence + 1) proof.fail(`${record.sequence} follows ${sequence}`);
    previous = record.recordedAt;
    sequence = record.sequence;
  }
  if (back > 0) proof.fail(`${back} commits are recorded earlier than the one before`);
  const { n, problem } = await inspect(store);
  if (n !== proof.rounds || problem !== undefined)
    proof.fail(`n=${n} of ${proof.rounds} is there; ${problem ?? 'whole'}`);
  await store.close();
  return `${proof.rounds} transactions under a jumping clock, ${back} out of order, ${proof.rounds - n} lost`;
});

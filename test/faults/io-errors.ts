/**
 * An input/output error at every single file operation of a run, one run for each: opening, writing
 * transactions, closing. A write that fails is not acknowledged, reads go on, after a failed sync nothing more
 * is written until the restart, and the restart finds every acknowledged transaction.
 * One round is one run with one failing operation.
 */
import type { EmbeddedStore } from '../../src/store/embedded-store.ts';
import { codeOf, openStore } from './open-store.ts';
import { InjectedError } from './injected-error.ts';
import { prove, type Proof } from './proof.ts';
import { recordFiles } from './record-files.ts';
import { inspect, writeTransaction } from './transactions.ts';

const transactions = 12;
const kinds = ['EIO', 'ENOSPC'] as const;
const honest = new Set(['write-failed', 'disk-full']);

const canRead = async (store: EmbeddedStore): Promise<boolean> => {
  const { body } = await store.query({
    query: 'SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }',
    mediaType: 'text/csv',
    defaultGraph: 'union',
    baseIri: 'http://localhost:3030/',
    deadlineAt: Date.now() + 20_000,
    resultBytesMax: 10_000,
  });
  return Buffer.from(body).toString().startsWith('n\r\n');
};

interface Run {
  readonly operations: number;
  readonly acknowledged: number;
  readonly wentOn: boolean;
}

/** One run in which the operation number `failing` fails; without one it counts them. */
const run = async (
  proof: Proof,
  dataDir: string,
  failing: number | undefined,
  code: string,
): Promise<Run> => {
  let operations = 0;
  let failed: string | undefined;
  let writtenAfterFailedSync = 0;
  const recording = recordFiles(dataDir, {
    before: (op, file) => {
      operations += 1;
      if (failed?.startsWith('sync') === true && op === 'write') writtenAfterFailedSync += 1;
      if (operations - 1 !== failing) return;
      failed = op;
      throw new InjectedError(code, op, file);
    },
  });
  let acknowledged = 0;
  let afterwards = 0;
  const writeOnce = async (store: EmbeddedStore): Promise<void> => {
    try {
      await writeTransaction(store, acknowledged + 1);
      acknowledged += 1;
      if (failed !== undefined) afterwards += 1;
    } catch (error) {
      if (!honest.has(codeOf(error)))
        proof.fail(`operation ${failing} (${failed}, ${code}): a write failed as ${String(error)}`);
      if (!(await canRead(store))) proof.fail(`operation ${failing}: a read failed`);
    }
  };
  try {
    const store = await openStore(dataDir);
    for (let n = 1; n <= transactions; n += 1) await writeOnce(store);
    await store.close();
  } catch (error) {
    if (failed === undefined) throw error;
  } finally {
    recording.stop();
  }
  if (writtenAfterFailedSync > 0 || (failed?.startsWith('sync') === true && afterwards > 0))
    proof.fail(`operation ${failing}: something was written after a failed ${failed}`);
  return { operations, acknowledged, wentOn: failed === 'write' && afterwards > 0 };
};

await prove('io-errors', { short: 16, full: 1000 }, async (proof) => {
  const whole = await run(proof, proof.directory('whole'), undefined, 'EIO');
  const all = Array.from({ length: whole.operations }, (_, at) => at).flatMap((at) =>
    kinds.map((code) => ({ at, code })),
  );
  const step = Math.max(1, all.length / proof.rounds);
  let lost = 0;
  let tried = 0;
  let wentOn = 0;
  for (let index = proof.random() * step; index < all.length; index += step) {
    const { at, code } = all[Math.floor(index)] ?? { at: 0, code: 'EIO' };
    const dataDir = proof.directory(`run-${tried}`);
    tried += 1;
    const ran = await run(proof, dataDir, at, code);
    if (ran.wentOn) wentOn += 1;
    const store = await openStore(dataDir);
    const { n, problem } = await inspect(store);
    if (n < ran.acknowledged) lost += ran.acknowledged - n;
    if (n < ran.acknowledged || n > ran.acknowledged + 1 || problem !== undefined)
      proof.fail(
        `operation ${at} (${code}): n=${n} after ${ran.acknowledged}; ${problem ?? 'whole'}`,
      );
    await writeTransaction(store, n + 1);
    await store.close();
  }
  return `${tried} runs, a failing operation each (of ${whole.operations}, EIO or ENOSPC): ${lost} acknowledged lost, 0 writes after a failed sync, ${wentOn} went on after a failed write`;
});

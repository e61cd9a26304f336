/**
 * A disk that fills up: a small tmpfs with so much ballast that only some kilobytes are left. Writes are
 * refused by the code of a full disk, reads go on, and once there is room again writes go on, with nothing
 * lost, also after a restart on the full disk. One round is one filling.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorStatus } from '../../src/http/error-status.ts';
import type { ErrorCode } from '../../src/errors.ts';
import { codeOf, openStore } from './open-store.ts';
import { prove, Skipped } from './proof.ts';
import { inspect, writeTransaction } from './transactions.ts';

const diskBytes = 16 * 1024 * 1024;
const refusalsPerRound = 5;
const writesBetween = 5;

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorStatus, code);

await prove('disk-full', { short: 3, full: 40 }, async (proof) => {
  const disk = proof.directory('disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', disk]);
  if (mounted.status !== 0)
    throw new Skipped(`a tmpfs cannot be mounted here (${String(mounted.stderr).trim()})`);
  proof.atEnd(() => spawnSync('umount', ['-l', disk]));
  const dataDir = path.join(disk, 'data');
  const ballast = path.join(disk, 'ballast');
  const free = (): number => {
    const { bavail, bsize } = statfsSync(disk);
    return bavail * bsize;
  };
  const leave = (bytes: number): void => {
    truncateSync(ballast, 0);
    writeFileSync(ballast, Buffer.alloc(Math.max(0, free() - bytes)));
  };
  writeFileSync(ballast, '');

  let store = await openStore(dataDir);
  let n = 0;
  let refused = 0;
  let lost = 0;
  const codes = new Set<string>();
  const check = async (where: string): Promise<void> => {
    const { n: found, problem } = await inspect(store);
    lost = Math.max(lost, n - found);
    if (found !== n || problem !== undefined)
      proof.fail(`${where}: n=${found} of ${n}; ${problem ?? 'whole'}`);
  };
  for (let round = 0; round < proof.rounds; round += 1) {
    leave(8192 + Math.floor(proof.random() * 65_536));
    for (let failures = 0; failures < refusalsPerRound;) {
      try {
        await writeTransaction(store, n + 1);
        n += 1;
      } catch (error) {
        failures += 1;
        refused += 1;
        codes.add(codeOf(error));
        await check('reading on the full disk');
      }
    }
    if (round % 2 === 1) {
      await store.close();
      store = await openStore(dataDir);
      await check('restart on the full disk');
    }
    truncateSync(ballast, 0);
    for (let more = 0; more < writesBetween; more += 1) {
      await writeTransaction(store, n + 1);
      n += 1;
    }
  }
  await store.close();
  store = await openStore(dataDir);
  await check('the last restart');
  await store.close();
  const statuses = [...codes].map(
    (code) => `${code} ${isErrorCode(code) ? errorStatus[code] : '?'}`,
  );
  for (const code of codes)
    if (!isErrorCode(code) || ![503, 507].includes(errorStatus[code]))
      proof.fail(`a write on a full disk failed as ${code}`);
  return `${proof.rounds} fillings of a ${diskBytes / 1024 / 1024} MB disk: ${refused} writes refused (${statuses.join(', ')}), every read answered, ${n} transactions acknowledged, ${lost} lost`;
});

import { existsSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { IsnadError, isIsnadError } from '../../errors.ts';
import type { CareProgress, Verification } from '../care.ts';
import { GraphStates } from '../journal/graph-states.ts';
import type { Place } from '../journal/place.ts';
import { readHead } from '../journal/read-head.ts';
import { toCommitRecord } from '../journal/record-format.ts';
import { listSegments, scanJournal, type ScanResult } from '../journal/scan.ts';
import { isUnfinished } from '../redact/recover.ts';
import { CheckpointCheck } from './verify-checkpoints.ts';
import { verifyJournal } from './verify-journal.ts';

/** How long the check may hold the thread before it lets others run, in milliseconds. */
const breathEveryMs = 20;

const runScan = async (
  directory: string,
  head: Place,
  checkpoints: CheckpointCheck,
  onProgress: CareProgress,
): Promise<ScanResult> => {
  const scan = scanJournal(directory, head);
  const states = new GraphStates();
  let breath = performance.now();
  for (let step = scan.next(); ; step = scan.next()) {
    if (step.done) return step.value;
    const { end, header } = step.value;
    states.apply(toCommitRecord(end, header).graphs);
    checkpoints.compare(end, states);
    if (performance.now() - breath < breathEveryMs) continue;
    onProgress('scan', step.value.end.sequence, head.sequence);
    await breathe();
    breath = performance.now();
  }
};

/** What a scan of the files finds: headers of segments, checksums, chain, the head, what lies beyond it. */
const scanDoubts = async (
  directory: string,
  head: Place,
  checkpoints: CheckpointCheck,
  onProgress: CareProgress,
): Promise<Pick<Verification, 'doubts' | 'notes'>> => {
  try {
    const { last, torn } = await runScan(directory, head, checkpoints, onProgress);
    const beyond = last.sequence - head.sequence;
    const notes = [
      ...(beyond > 0 ? [`${beyond} commit(s) beyond the head, which the next start keeps.`] : []),
      ...(torn
        ? [`Bytes of an unacknowledged write in segment ${torn.segment}: ${torn.problem}.`]
        : []),
    ];
    return { doubts: [], notes };
  } catch (error) {
    if (isIsnadError(error) && error.code === 'store-damaged')
      return { doubts: [error.message], notes: [] };
    throw error;
  }
};

const payloadDoubts = async (
  directory: string,
  head: Place,
  onProgress: CareProgress,
): Promise<{ readonly commits: number; readonly doubts: readonly string[] }> => {
  const doubts: string[] = [];
  let commits = 0;
  let breath = performance.now();
  for (const each of verifyJournal(directory, head)) {
    if (each.kind === 'finding') doubts.push(`Commit ${each.sequence}: ${each.problem}`);
    else commits = each.sequence;
    if (performance.now() - breath < breathEveryMs) continue;
    onProgress('verify', commits, head.sequence);
    await breathe();
    breath = performance.now();
  }
  onProgress('verify', commits, head.sequence);
  return { commits, doubts: [...new Set(doubts)] };
};

/**
 * Checks everything a data directory says of itself (`Care.verify`): every checksum, the chain, the head,
 * the SHA-256 of every payload, the quads and the hash that each commit states of its graphs, and that each
 * checkpoint is what the journal states at its commit. Takes no lock and changes nothing.
 */
export const verifyDirectory = async (
  dataDir: string,
  onProgress: CareProgress,
): Promise<Verification> => {
  const directory = path.join(dataDir, 'journal');
  if (!existsSync(directory)) throw new IsnadError('wrong-use', `${dataDir} holds no journal.`);
  // Before the head: a server that makes checkpoints meanwhile makes them of newer commits.
  const checkpoints = new CheckpointCheck(dataDir);
  const { place, whole } = readHead(directory);
  const scanned = await scanDoubts(directory, place, checkpoints, onProgress);
  const { commits, doubts } = await payloadDoubts(directory, place, onProgress);
  const derived = await checkpoints.finish();
  const slot = whole ? [] : ['One of the two slots of the head is unreadable; the other is used.'];
  const unfinished = isUnfinished(directory)
    ? ['A redaction is under way, or was cut short; the next start completes it.']
    : [];
  return {
    head: { sequence: place.sequence, hash: place.hash },
    commits,
    segments: listSegments(directory).length,
    doubts: [...new Set([...scanned.doubts, ...doubts, ...derived.doubts])],
    notes: [...scanned.notes, ...slot, ...unfinished, ...derived.notes],
  };
};

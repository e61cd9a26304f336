import * as oxigraph from 'oxigraph/web.js';
import { parentPort, workerData } from 'node:worker_threads';
import type { Place } from '../journal/place.ts';
import { readRedactions } from '../journal/redactions.ts';
import { isPassing } from '../passing-error.ts';
import type { EngineMessage, EngineReply, EngineStart, StartProblem } from './calls.ts';
import type { Engine } from './delta.ts';
import { judgeEngineError } from './engine-error.ts';
import { restoreImage, type RestoredImage } from './image/restore.ts';
import { CheckpointDamage, CheckpointUnread } from './load-checkpoint.ts';
import { Replica } from './replica.ts';
import type { Step } from './steps.ts';

/**
 * The worker of one engine. One message is one call; nothing here is asynchronous, so a call is either
 * done or, when it takes too long, ended by ending the whole worker.
 */
const start: EngineStart = workerData;
const port = parentPort;
if (!port) throw new Error('This module runs in a worker only.');

const engine: Engine = { ...oxigraph, exports: oxigraph.initSync({ module: start.module }) };
const reply = (message: EngineReply, transfer: ArrayBuffer[] = []): void =>
  port.postMessage(message, transfer);

const progressEveryMs = 50;
let toldAt = 0;
const tellProgress = (sequence: number): void => {
  const now = performance.now();
  if (now - toldAt < progressEveryMs) return;
  toldAt = now;
  reply({ kind: 'progress', sequence });
};

const problemOf = (error: unknown): StartProblem => ({
  damaged: !isPassing(error),
  reason: error instanceof Error ? error.message : String(error),
});

/**
 * Begins with what the image holds. One that cannot be read to its end leaves half of itself in the memory:
 * the main thread is told and starts another worker in place of this one, which only waits for its end. It
 * must not end by an error of its own, because the main thread may hear of that first.
 */
const begin = (): void => {
  let generation: number;
  try {
    ({ generation } = readRedactions(start.journalDirectory));
  } catch (error) {
    failAll(error);
    return;
  }
  let restored: RestoredImage | undefined;
  try {
    if (start.image !== undefined) restored = restoreImage(engine, start.image, start);
    if (restored && (restored.header.redactions ?? 0) !== generation)
      throw new Error('the image was made before a redaction');
  } catch (error) {
    // Whatever is wrong with an image, the journal is the truth.
    port.on('message', () => undefined);
    reply({ kind: 'bad-start', what: 'image', problem: problemOf(error) });
    return;
  }
  serve(new WatchedReplica(engine, start, restored, tellProgress));
};

const checkpointProblem = (thrown: CheckpointDamage | CheckpointUnread): StartProblem => ({
  damaged: thrown instanceof CheckpointDamage,
  reason: thrown.message,
});

/** Nothing to blame but the journal's own files: whatever is asked fails with what is wrong with them. */
const failAll = (thrown: unknown): void => {
  const { error } = judgeEngineError(thrown);
  port.on('message', () => reply({ kind: 'error', error, poisoned: true }));
};

/** Makes ready what queries need together with the reading of the journal. */
class WatchedReplica extends Replica {
  override advance(to: Place): void {
    super.advance(to);
    if (start.answersQueries) this.learn();
  }

  override follow(to: Place, steps: readonly Step[]): void {
    super.follow(to, steps);
    if (start.answersQueries) this.learn();
  }
}

const answer = (replica: Replica, { call, arguments: given }: EngineMessage): unknown =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- EngineClient.call pairs the two
  (replica[call] as (...given: readonly unknown[]) => unknown)(...given);

/** Buffers the worker has no further use for go over without a copy. */
const buffersIn = (result: unknown): ArrayBuffer[] => {
  if (result instanceof Uint8Array)
    return result.buffer instanceof ArrayBuffer ? [result.buffer] : [];
  if (Array.isArray(result)) return result.flatMap(buffersIn);
  if (typeof result === 'object' && result !== null)
    return Object.values(result).flatMap(buffersIn);
  return [];
};

const serve = (replica: Replica): void => {
  port.on('message', (message: EngineMessage) => {
    try {
      const result = answer(replica, message);
      reply(
        { kind: 'result', result, memoryBytes: engine.exports.memory.buffer.byteLength },
        buffersIn(result),
      );
    } catch (thrown) {
      if (thrown instanceof CheckpointDamage || thrown instanceof CheckpointUnread) {
        reply({ kind: 'bad-start', what: 'checkpoint', problem: checkpointProblem(thrown) });
        return;
      }
      const { error, poisoned } = judgeEngineError(thrown);
      // A store that stopped half-way through a change is no projection of the journal.
      const halfDone = message.call === 'advance' || message.call === 'follow' || replica.isTorn;
      reply({ kind: 'error', error, poisoned: poisoned || halfDone });
    }
  });
};

begin();

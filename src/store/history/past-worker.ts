import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError, type WireError } from '../../errors.ts';
import { readingError } from '../passing-error.ts';
import type { DiffRequest, GraphChange, History, HistoryRequest } from '../time.ts';
import { findTouches } from './find-touches.ts';
import { openIndexToRead } from './index-database.ts';
import { planUndo, type UndoPlan } from './plan-undo.ts';
import { readDiff, type PastSources } from './read-past.ts';

/** Questions without who asks, and until when. */
type HistoryQuestion = Pick<HistoryRequest, 'of' | 'before' | 'limit'>;
type DiffQuestion = Pick<DiffRequest, 'of' | 'from' | 'to'>;

/** What the worker can be asked, and what it answers. */
export interface PastCalls {
  readonly history: (request: HistoryQuestion) => Omit<History, 'commit'>;
  readonly diff: (request: DiffQuestion) => GraphChange[];
  /** @param head the newest commit, which the undo is planned at */
  readonly undo: (sequence: number, head: number) => UndoPlan;
}

export interface PastMessage {
  readonly call: keyof PastCalls;
  readonly given: readonly unknown[];
}

export type PastReply = { readonly result: unknown } | { readonly error: WireError };

export interface PastStart {
  readonly dataDir: string;
}

const { dataDir }: PastStart = workerData;
const port = parentPort;
if (!port) throw new Error('This module runs in a worker only.');

const journal = path.join(dataDir, 'journal');

const calls = (sources: PastSources): PastCalls => ({
  history: (request) => findTouches(sources.database, request),
  diff: (request) => readDiff(sources, request),
  undo: (sequence, head) => planUndo(sources, sequence, head),
});

/** Pieces of text go over without a copy. */
const buffersIn = (result: unknown): ArrayBuffer[] => {
  if (result instanceof Uint8Array)
    return result.buffer instanceof ArrayBuffer ? [result.buffer] : [];
  if (Array.isArray(result)) return result.flatMap(buffersIn);
  if (typeof result === 'object' && result !== null)
    return Object.values(result).flatMap(buffersIn);
  return [];
};

port.on('message', ({ call, given }: PastMessage) => {
  let reply: PastReply;
  try {
    // Opened for each call, since the index may be another file by now.
    const database = openIndexToRead(dataDir);
    try {
      const found = calls({ database, journal })[call];
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- PastClient.call pairs the two
      reply = { result: (found as (...all: readonly unknown[]) => unknown)(...given) };
    } finally {
      database.close();
    }
  } catch (error) {
    reply = { error: toWireError(readingError(error)) };
  }
  port.postMessage(reply, 'result' in reply ? buffersIn(reply.result) : []);
});

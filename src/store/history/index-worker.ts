import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { setImmediate as breathe } from 'node:timers/promises';
import { readRecords } from '../journal/read-records.ts';
import type { Place } from '../journal/place.ts';
import { isPassing } from '../passing-error.ts';
import { beginAnew, indexFile, newestIndexed, openIndex } from './index-database.ts';
import { IndexWriter } from './index-record.ts';
import { IndexSeal, sealClosed } from './index-seal.ts';

/** What the worker is started with: the directory, and the newest commit at that time. */
export interface IndexStart {
  readonly dataDir: string;
  readonly baseIri: string;
  readonly head: Place;
}

/** Told to the worker: follow the journal to a commit, or end. */
export type IndexTask = { readonly kind: 'follow'; readonly to: Place } | { readonly kind: 'end' };

/** Told by the worker: the newest commit of the index, or that it broke down. */
export type IndexNews =
  | { readonly kind: 'reached'; readonly sequence: number }
  | { readonly kind: 'failed'; readonly reason: string };

const start: IndexStart = workerData;
const port = parentPort;
if (!port) throw new Error('This module runs in a worker only.');

const directory = path.join(start.dataDir, 'journal');
const file = indexFile(start.dataDir);
const linesAtOnce = 20_000;
const recordsAtOnce = 500;

const tell = (news: IndexNews): void => port.postMessage(news);

/** The index as it is, if it follows the journal; else an empty one. */
const openFitting = (): ReturnType<typeof openIndex> => {
  const found = openIndex(start.dataDir, start.baseIri);
  const { sequence, hash } = newestIndexed(found);
  const fits =
    sequence < start.head.sequence ||
    (sequence === start.head.sequence && hash === start.head.hash);
  if (fits) return found;
  found.close();
  return beginAnew(file, start.baseIri);
};

let database = openFitting();
let writer = new IndexWriter(database);
let seal = new IndexSeal(file, database);
let target: Place = start.head;
let reached = newestIndexed(database);
const state = { ending: false, running: false };

const restart = (): void => {
  database.close();
  database = beginAnew(file, start.baseIri);
  writer = new IndexWriter(database);
  seal = new IndexSeal(file, database);
  reached = newestIndexed(database);
};

/** Indexes as much as one transaction takes; a chain that does not fit means another journal. */
const indexSome = (): void => {
  database.exec('BEGIN');
  let [lines, records] = [0, 0];
  let last = reached;
  try {
    for (const placed of readRecords(directory, reached, target)) {
      lines += writer.add(placed);
      records += 1;
      last = placed.end;
      if (lines >= linesAtOnce || records >= recordsAtOnce) break;
    }
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
  seal.renewIfGrown();
  reached = last;
  tell({ kind: 'reached', sequence: reached.sequence });
};

/** A journal of another history may hold a record where this index ended, but not with its hash. */
let anewAt = -1;
const indexOrRestart = (): void => {
  try {
    indexSome();
  } catch (error) {
    // Once for each target: damage of the journal itself shows again after the index was made anew.
    if (isPassing(error) || anewAt === target.sequence) throw error;
    anewAt = target.sequence;
    restart();
  }
};

const run = async (): Promise<void> => {
  if (state.running) return;
  state.running = true;
  try {
    while (!state.ending && reached.sequence < target.sequence) {
      indexOrRestart();
      await breathe();
    }
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    state.ending = true;
  }
  state.running = false;
  if (state.ending) {
    database.close();
    sealClosed(file);
    port.close();
  }
};

port.on('message', (task: IndexTask) => {
  if (task.kind === 'end') state.ending = true;
  else if (task.to.sequence > target.sequence) target = task.to;
  void run();
});
tell({ kind: 'reached', sequence: reached.sequence });
void run();

import { parentPort } from 'node:worker_threads';
import { toWireError, type WireError } from '../errors.ts';
import { analyseQuery, type QueryAnalysis } from './analyse.ts';
import type { Graphs } from './update/operations.ts';
import type { UpdatePlan } from './update/plan.ts';

/** What the worker does, by what it is asked for. A query and an update never enter by the same door. */
export interface AnalysisResults {
  readonly query: QueryAnalysis;
  readonly update: UpdatePlan;
}

/** A query to analyse or an update to plan. */
export interface AnalysisQuestion {
  readonly kind: keyof AnalysisResults;
  readonly text: string;
  readonly baseIri: string;
  /** For a query: whether to put it so that it counts once, also where that is seldom needed. */
  readonly putOnce?: boolean;
  /** For an update: the dataset the protocol names. */
  readonly using?: Graphs | undefined;
}

/** A question, numbered by the client. */
export interface AnalysisTask extends AnalysisQuestion {
  readonly id: number;
}

/** The outcome of one task. */
export type AnalysisReply =
  | { readonly id: number; readonly analysis: AnalysisResults[keyof AnalysisResults] }
  | { readonly id: number; readonly error: WireError };

/** What plans updates is loaded with the first of them: queries, which are many, start without it. */
const plan = async ({ text, baseIri, using }: AnalysisTask): Promise<AnalysisResults['update']> => {
  const { planUpdate } = await import('./update/plan.ts');
  return planUpdate(text, baseIri, using);
};

const reply = async (task: AnalysisTask): Promise<AnalysisReply> => {
  const { id, kind, text, baseIri, putOnce } = task;
  try {
    const analysis = kind === 'update' ? await plan(task) : analyseQuery(text, baseIri, putOnce);
    return { id, analysis };
  } catch (error) {
    return { id, error: toWireError(error) };
  }
};

const answer = async (task: AnalysisTask): Promise<void> => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
  parentPort?.postMessage(await reply(task));
};

parentPort?.on('message', (task: AnalysisTask) => void answer(task));

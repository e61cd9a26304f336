import { parentPort } from 'node:worker_threads';
import { toWireError, type WireError } from '../errors.ts';
import { analyseQuery, type QueryAnalysis } from './analyse.ts';

/** A query to analyse, numbered by the client. */
export interface AnalysisTask {
  readonly id: number;
  readonly text: string;
  readonly baseIri: string;
}

/** The outcome of one task. */
export type AnalysisReply =
  | { readonly id: number; readonly analysis: QueryAnalysis }
  | { readonly id: number; readonly error: WireError };

const reply = ({ id, text, baseIri }: AnalysisTask): AnalysisReply => {
  try {
    return { id, analysis: analyseQuery(text, baseIri) };
  } catch (error) {
    return { id, error: toWireError(error) };
  }
};

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port, not a window
parentPort?.on('message', (task: AnalysisTask) => parentPort?.postMessage(reply(task)));

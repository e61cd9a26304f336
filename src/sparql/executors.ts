import type { QueryAnswer, QueryRequest, Store } from '../store/store.ts';
import type { QueryAnalysis } from './analyse.ts';
import { soundAnswer } from './xml-answer.ts';

/** A query ready to be answered: what the store needs, and what is known of it. */
export interface PreparedQuery {
  readonly analysis: QueryAnalysis;
  readonly request: QueryRequest;
}

/** Answers a query, or passes it on by answering nothing. */
export type Executor = (query: PreparedQuery) => Promise<QueryAnswer> | undefined;

/** The executor of last resort: the store's engine takes every query. */
export const engineExecutor =
  (store: Store): Executor =>
  async ({ request }) => {
    const answer = await store.query(request);
    return { ...answer, body: soundAnswer(answer.mediaType, answer.body) };
  };

/** Asks each executor in turn; the first that takes the query answers it. */
export const execute = (
  executors: readonly Executor[],
  query: PreparedQuery,
): Promise<QueryAnswer> => {
  for (const executor of executors) {
    const answer = executor(query);
    if (answer) return answer;
  }
  throw new Error('No executor took the query, though the engine takes all.');
};

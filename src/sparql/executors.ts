import { isIsnadError } from '../errors.ts';
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

/**
 * The executor of last resort: the store's engine takes every query.
 *
 * @param putOnce analyses a query anew that the store needs in a form that counts once
 */
export const engineExecutor =
  (store: Store, putOnce: () => Promise<QueryAnalysis>): Executor =>
  async ({ request }) => {
    const answer = await askStore(store, request, putOnce);
    return { ...answer, body: soundAnswer(answer.mediaType, answer.body) };
  };

const askStore = async (
  store: Store,
  request: QueryRequest,
  putOnce: () => Promise<QueryAnalysis>,
): Promise<QueryAnswer> => {
  try {
    return await store.query(request);
  } catch (error) {
    if (!isIsnadError(error) || error.code !== 'once-form-needed') throw error;
  }
  const { once: _deferred, ...rest } = request;
  const { once } = await putOnce();
  return store.query(once ? { ...rest, once } : rest);
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

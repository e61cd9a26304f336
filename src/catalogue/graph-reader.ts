import { IsnadError } from '../errors.ts';
import type { Asker } from '../turns.ts';
import type { QueryServices } from '../sparql/query-services.ts';
import { selectRows, type Row } from '../sparql/select-rows.ts';
import type { Store } from '../store/store.ts';

/** One solution of a SELECT query, by variable. */
export type Solution = Row;

/** Reads the union of all public graphs for one answer. */
export interface GraphReader {
  readonly select: (query: string) => Promise<readonly Solution[]>;
}

/** How long one reading may take, and how much it may be. */
export interface ReadingLimits {
  readonly queryTimeoutMs: number;
  readonly resultBytesMax: number;
  readonly baseIri: string;
}

const attemptsMax = 5;

/**
 * Does `work` with a reader all of whose queries see the same commit: where a commit came in between,
 * the work is done again.
 *
 * @throws IsnadError `store-busy` when commits kept coming in between, or what the store threw
 */
export const readAtOneCommit = async <Result>(
  store: Store,
  limits: ReadingLimits,
  work: (reader: GraphReader) => Promise<Result>,
  asker: Asker = {},
): Promise<{ readonly result: Result; readonly commit: number }> => {
  const deadlineAt = Date.now() + limits.queryTimeoutMs;
  // Pages and records show all public graphs, whatever a query without FROM sees.
  const services: QueryServices = {
    store,
    iris: { base: limits.baseIri },
    settings: { ...limits, defaultGraph: 'union' },
  };
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const commits = new Set<number>();
    const select = async (query: string): Promise<readonly Solution[]> => {
      const { rows, commit } = await selectRows(services, query, { deadlineAt, ...asker });
      commits.add(commit);
      return rows;
    };
    const result = await work({ select });
    const [commit = store.head().sequence] = commits;
    if (commits.size <= 1) return { result, commit };
  }
  throw new IsnadError('store-busy', 'The data kept changing while it was being read.');
};

import type { Store } from '../store/store.ts';
import { valuesOf } from '../sparql/values-clause.ts';
import { readAtOneCommit, type ReadingLimits } from './graph-reader.ts';

/** Which of these IRIs something is stated of. */
export const findElsewhere = async (
  store: Store,
  limits: ReadingLimits,
  candidates: readonly string[],
): Promise<string[]> => {
  const { result } = await readAtOneCommit(store, limits, (reader) =>
    reader.select(`SELECT DISTINCT ?record { ${valuesOf('record', candidates)} ?record a ?type }`),
  );
  return result.flatMap(({ record }) => record?.value ?? []).toSorted();
};

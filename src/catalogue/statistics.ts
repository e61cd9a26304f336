import type { Iris } from '../model/iris.ts';
import { recordTypes } from '../model/record-types.ts';
import { rdf } from '../model/terms.ts';
import type { CommitRef, GraphSummary, Store } from '../store/store.ts';
import { readAtOneCommit, type ReadingLimits } from './graph-reader.ts';

/** How much an installation holds, at one commit. */
export interface Statistics {
  readonly baseIri: string;
  readonly commit: CommitRef;
  readonly graphs: readonly GraphSummary[];
  /** Record types that have records, the most numerous first. */
  readonly records: readonly { readonly type: string; readonly count: number }[];
}

/** A record described in two graphs is one record, so subjects are counted, not triples. */
const countByType = `SELECT ?type (COUNT(DISTINCT ?record) AS ?count)
  WHERE { ?record <${rdf.type}> ?type } GROUP BY ?type`;

/**
 * Counts quads by graph and records by type.
 *
 * @throws what the store throws
 */
export const readStatistics = async (
  store: Store,
  limits: ReadingLimits,
  iris: Iris,
): Promise<Statistics> => {
  const head = store.head();
  const graphs = await store.listGraphs();
  const { result } = await readAtOneCommit(store, limits, ({ select }) => select(countByType));
  const counts = new Map(result.map(({ type, count }) => [type?.value, Number(count?.value)]));
  const records = recordTypes.flatMap(({ iri, name }) => {
    const count = counts.get(iri);
    return count === undefined ? [] : [{ type: name, count }];
  });
  const sorted = records.toSorted((one, other) => other.count - one.count);
  return { baseIri: iris.base, commit: head, graphs, records: sorted };
};

import { recordTypes, type RecordTypeName } from '../model/record-types.ts';
import { rdfs } from '../model/terms.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type { Store } from '../store/store.ts';
import { textOf } from './datasets.ts';
import { valuesOf } from '../sparql/values-clause.ts';
import { readAtOneCommit, type GraphReader, type ReadingLimits } from './graph-reader.ts';
import { rememberByCommit } from './remember-by-commit.ts';

/** What an installation holds, at a glance. */
export interface Overview {
  /** Number of records of each type that has any. */
  readonly counts: ReadonlyMap<RecordTypeName, number>;
  /** A few records of each of these types, to begin with. */
  readonly samples: ReadonlyMap<RecordTypeName, readonly SampleRecord[]>;
}

export interface SampleRecord {
  readonly iri: string;
  readonly labels: readonly TaggedText[];
}

const samplesPerType = 2;

/** Types whose records make sense only beside others: they are counted but make no samples. */
const withoutSamples: ReadonlySet<string> = new Set([
  'Page',
  'Passage',
  'Assertion',
  'Dataset',
  'Import',
]);

/** Counts the records by type and picks some samples; once a commit. */
export const readOverview = rememberByCommit(
  async (store: Store, limits: ReadingLimits): Promise<Overview> => {
    const { result } = await readAtOneCommit(store, limits, async (reader) => {
      const counts = await readCounts(reader);
      const sampled = recordTypes.filter(
        ({ name }) => counts.has(name) && !withoutSamples.has(name),
      );
      const samples = new Map<RecordTypeName, readonly SampleRecord[]>();
      for (const { name, iri } of sampled) samples.set(name, await readSamples(reader, iri));
      return { counts, samples };
    });
    return result;
  },
);

const readCounts = async (reader: GraphReader): Promise<Map<RecordTypeName, number>> => {
  const found = await reader.select(`SELECT ?type (COUNT(DISTINCT ?record) AS ?count) {
    ${valuesOf(
      'type',
      recordTypes.map(({ iri }) => iri),
    )} ?record a ?type } GROUP BY ?type`);
  const byIri = new Map(found.map(({ type, count }) => [type?.value, Number(count?.value)]));
  return new Map(
    recordTypes.flatMap(({ name, iri }) => {
      const count = byIri.get(iri) ?? 0;
      return count === 0 ? [] : [[name, count] as const];
    }),
  );
};

const readSamples = async (reader: GraphReader, type: string): Promise<SampleRecord[]> => {
  const found = await reader.select(`SELECT DISTINCT ?record ?label {
    { SELECT DISTINCT ?record {
        ${valuesOf('type', [type])} ?record a ?type ; <${rdfs.label}> ?any
      } ORDER BY ?record LIMIT ${samplesPerType} }
    ?record <${rdfs.label}> ?label } ORDER BY ?record ?label`);
  const byRecord = Map.groupBy(found, ({ record }) => record?.value ?? '');
  return [...byRecord].map(([iri, rows]) => ({
    iri,
    labels: rows.flatMap(({ label }) => textOf(label)),
  }));
};

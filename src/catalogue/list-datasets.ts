import { isnad, rdf } from '../model/terms.ts';
import type { Quad } from '../rdf/terms.ts';
import type { DatasetNote } from '../search/witness-snapshot.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type { Store } from '../store/store.ts';
import { readDatasets } from './datasets.ts';
import { labelsOf } from './labels-of.ts';
import { valuesOf } from '../sparql/values-clause.ts';
import { readAtOneCommit, type ReadingLimits } from './graph-reader.ts';
import { quadOf } from './quad-of.ts';
import { rememberByCommit } from './remember-by-commit.ts';

/** A graph with what its dataset says of itself. */
export interface DatasetSummary {
  readonly iri: string;
  readonly quads: number;
  /** Nothing when the graph does not describe itself. */
  readonly note: DatasetNote | undefined;
}

/** All graphs with their size and, where they have one, their title and licence; once a commit. */
export const listDatasets = rememberByCommit(
  async (store: Store, limits: ReadingLimits): Promise<readonly DatasetSummary[]> => {
    const graphs = await store.listGraphs();
    const { result: notes } = await readAtOneCommit(store, limits, (reader) =>
      readDatasets(reader, new Set(graphs.map(({ graph }) => graph))),
    );
    return graphs.map(({ graph, quads }) => ({ iri: graph, quads, note: notes[graph] }));
  },
);

/** One dataset: what is stated of it, and what kinds of things it describes. */
export interface DatasetDescription extends DatasetSummary {
  readonly commit: number;
  /** The statements about the dataset itself. */
  readonly statements: readonly Quad[];
  readonly types: readonly {
    readonly type: string;
    readonly labels: readonly TaggedText[];
    readonly count: number;
  }[];
}

/** Describes a dataset; nothing if no graph bears its IRI. */
export const describeDataset = async (
  store: Store,
  limits: ReadingLimits,
  iri: string,
): Promise<DatasetDescription | undefined> => {
  const graphs = await store.listGraphs();
  const summary = graphs.find(({ graph }) => graph === iri);
  if (summary === undefined) return undefined;
  const { result, commit } = await readAtOneCommit(store, limits, async (reader) => {
    const notes = await readDatasets(reader, new Set([iri]));
    const statements = await reader.select(
      `SELECT ?s ?p ?o ?g { ${valuesOf('s', [iri])} GRAPH ?g { ?s ?p ?o } }`,
    );
    const types = await reader.select(`SELECT ?type (COUNT(DISTINCT ?thing) AS ?count) {
      ${valuesOf('g', [iri])}
      GRAPH ?g { ?thing <${rdf.type}> ?type }
      FILTER(?type != <${isnad.Dataset}>)
    } GROUP BY ?type ORDER BY DESC(?count) ?type`);
    const labels = await labelsOf(reader, new Set(types.flatMap(({ type }) => type?.value ?? [])));
    return {
      note: notes[iri],
      statements: statements.flatMap(quadOf),
      types: types.flatMap(({ type, count }) =>
        type === undefined
          ? []
          : [
              {
                type: type.value,
                labels: labels.get(type.value) ?? [],
                count: Number(count?.value),
              },
            ],
      ),
    };
  });
  return { iri, quads: summary.quads, commit, ...result };
};

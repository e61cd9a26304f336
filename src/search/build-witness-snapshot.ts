import { conceptIri } from '../model/iris.ts';
import { dcterms, isnad } from '../model/terms.ts';
import { groupRows, distinctBy } from './group-rows.ts';
import { groupSame } from './same-objects.ts';
import { packStrings } from './string-table.ts';
import { integerIn, iriIn, textIn, tsvRows, type Row } from './tsv-rows.ts';
import { buildVerseIndex } from './verse-index.ts';
import { gatherObjects } from './witness-objects.ts';
import type { WitnessQueryName } from './witness-queries.ts';
import {
  mark,
  none,
  type ConceptNote,
  type DatasetNote,
  type PageTable,
  type PassageTable,
  type WitnessObject,
  type WitnessSnapshot,
} from './witness-snapshot.ts';

/** The TSV answers to the witness queries, all computed at one commit. */
export type WitnessAnswers = ReadonlyMap<WitnessQueryName, Uint8Array>;

/** Builds the projection from what the graph answered. Pure; runs in a worker. */
export const buildWitnessSnapshot = (answers: WitnessAnswers, commit: number): WitnessSnapshot => {
  const rowsOf = (name: WitnessQueryName): Row[] => [
    ...tsvRows(answers.get(name) ?? new Uint8Array()),
  ];
  const rows = {
    manuscripts: rowsOf('manuscripts'),
    facts: rowsOf('facts'),
    productions: rowsOf('productions'),
    dates: rowsOf('dates'),
    scripts: rowsOf('scripts'),
    holders: rowsOf('holders'),
    passages: rowsOf('passages'),
    pages: rowsOf('pages'),
    doubtful: rowsOf('doubtful'),
    same: rowsOf('same'),
    datasets: rowsOf('datasets'),
    concepts: rowsOf('concepts'),
  } satisfies Record<WitnessQueryName, Row[]>;
  const pairs = rows.same.flatMap(([, one, other]) => {
    const pair = [iriIn(one), iriIn(other)] as const;
    return pair[0] === undefined || pair[1] === undefined ? [] : [[pair[0], pair[1]] as const];
  });
  const groupOf = groupSame(pairs);
  const passageRows = distinctBy(rows.passages, (row) => `${row[0]} ${row[1]}`);
  const stated = passageRows.map(([g, , m]) => [iriIn(m) ?? '', iriIn(g) ?? ''] as const);
  const objects = gatherObjects(rows, groupOf, stated);
  const graphs = graphsOf(Object.values(rows));
  const { pages, positions } = pageTable(rows.pages);
  const doubtful = new Set(rows.doubtful.map(([, passage]) => passage));
  const passages = passageTable(passageRows, { objects, graphs, pages: positions, doubtful });
  return {
    commit,
    graphs,
    passages,
    index: buildVerseIndex(passages.start, passages.end),
    pages,
    objects,
    same: Object.fromEntries(pairs.flat().map((iri) => [iri, groupOf(iri)])),
    datasets: datasetNotes(rows.datasets),
    concepts: conceptNotes(rows.concepts),
  };
};

const graphsOf = (all: readonly (readonly Row[])[]): string[] => {
  const cells = new Set<string | undefined>();
  for (const rows of all) for (const [graph] of rows) cells.add(graph);
  return [...cells].flatMap((cell) => iriIn(cell) ?? []).toSorted();
};

const pageTable = (
  rows: readonly Row[],
): { readonly pages: PageTable; readonly positions: ReadonlyMap<string, number> } => {
  const distinct = distinctBy(rows, (row) => row[1] ?? '');
  return {
    pages: {
      iri: packStrings(distinct.map((row) => iriIn(row[1]) ?? '')),
      label: packStrings(distinct.map((row) => textIn(row[2])?.value ?? '')),
      sequence: Uint32Array.from(distinct, (row) => integerIn(row[3]) ?? 0),
    },
    positions: new Map(distinct.map((row, position) => [row[1] ?? '', position])),
  };
};

const number =
  (column: number) =>
  (row: Row): number =>
    integerIn(row[column]) ?? 0;

interface Positions {
  readonly objects: readonly WitnessObject[];
  readonly graphs: readonly string[];
  readonly pages: ReadonlyMap<string, number>;
  /** The passages, as cells, that are flagged as doubtful. */
  readonly doubtful: ReadonlySet<string | undefined>;
}

const passageTable = (
  rows: readonly Row[],
  { objects, graphs, pages, doubtful }: Positions,
): PassageTable => {
  const places = new Map<string, { readonly object: number; readonly record: number }>(
    objects.flatMap(({ records }, object) =>
      records.map(({ iri }, record) => [`<${iri}>`, { object, record }] as const),
    ),
  );
  const graphPositions = new Map<string, number>(
    graphs.map((graph, position) => [`<${graph}>`, position]),
  );
  return {
    object: Uint32Array.from(rows, (row) => places.get(row[2] ?? '')?.object ?? none),
    record: Uint8Array.from(rows, (row) => places.get(row[2] ?? '')?.record ?? 0),
    page: Uint32Array.from(rows, (row) => pages.get(row[5] ?? '') ?? none),
    start: Uint16Array.from(rows, number(3)),
    end: Uint16Array.from(rows, number(4)),
    startWord: Uint16Array.from(rows, number(8)),
    endWord: Uint16Array.from(rows, number(9)),
    marks: Uint8Array.from(rows, (row) => marksOf(row, doubtful.has(row[1]))),
    graph: Uint16Array.from(rows, (row) => graphPositions.get(row[0] ?? '') ?? 0),
    iri: packStrings(rows.map((row) => iriIn(row[1]) ?? '')),
    verbatimKey: packStrings(rows.map((row) => textIn(row[7])?.value ?? '')),
  };
};

const pageEvidence = `<${conceptIri('passage-evidence', 'page')}>`;

const marksOf = (row: Row, isDoubtful: boolean): number =>
  (row[6] === pageEvidence && row[5] !== '' ? mark.page : 0) +
  (isDoubtful ? mark.doubtful : 0) +
  (textIn(row[10])?.value === 'true' ? mark.startsWithHeading : 0) +
  (textIn(row[11])?.value === 'true' ? mark.endsWithHeading : 0);

const rowsByIri = (rows: readonly Row[]): Map<string, Row[]> =>
  groupRows(rows, (row) => {
    const iri = iriIn(row[1]);
    return iri === undefined ? undefined : [iri, row];
  });

const datasetNotes = (rows: readonly Row[]): Record<string, DatasetNote> =>
  Object.fromEntries([...rowsByIri(rows)].map(([iri, group]) => [iri, datasetNote(group)]));

const datasetNote = (rows: readonly Row[]): DatasetNote => {
  const valuesOf = (property: string): Row[] => rows.filter((row) => iriIn(row[2]) === property);
  const text = (property: string): string | undefined => textIn(valuesOf(property)[0]?.[3])?.value;
  const licence = iriIn(valuesOf(dcterms.license)[0]?.[3]);
  const attribution = text(isnad.attribution);
  const rightsHolder = text(dcterms.rightsHolder);
  return {
    titles: valuesOf(dcterms.title).flatMap((row) => textIn(row[3]) ?? []),
    ...(licence === undefined ? {} : { licence }),
    ...(attribution === undefined ? {} : { attribution }),
    ...(rightsHolder === undefined ? {} : { rightsHolder }),
  };
};

const conceptNotes = (rows: readonly Row[]): Record<string, ConceptNote> =>
  Object.fromEntries(
    [...rowsByIri(rows)].map(([iri, group]) => [
      iri,
      {
        labels: distinctBy(
          group.flatMap((row) => textIn(row[2]) ?? []),
          ({ value, language }) => `${value}@${language}`,
        ),
        broader: [...new Set(group.flatMap((row) => iriIn(row[3]) ?? []))],
      },
    ]),
  );

import { isnad, rdfs } from '../model/terms.ts';
import { distinctBy, groupRows } from './group-rows.ts';
import type { TaggedText } from './tagged-text.ts';
import { iriIn, textIn, type Row } from './tsv-rows.ts';
import type {
  DateNote,
  HolderNote,
  RecordNote,
  ScriptNote,
  WitnessObject,
} from './witness-snapshot.ts';

/** The rows of the witness queries that describe manuscripts. */
export interface ObjectRows {
  readonly manuscripts: readonly Row[];
  readonly facts: readonly Row[];
  readonly productions: readonly Row[];
  readonly dates: readonly Row[];
  readonly scripts: readonly Row[];
  readonly holders: readonly Row[];
}

/**
 * The manuscripts, those known to be the same as one, in the order in which lists show them.
 *
 * @param groupOf the name of the group of things known to be the same
 * @param stated manuscripts of which a passage is stated; they count even if nobody types them
 */
export const gatherObjects = (
  rows: ObjectRows,
  groupOf: (iri: string) => string,
  stated: readonly (readonly [iri: string, graph: string])[],
): WitnessObject[] => {
  const facts = groupRows(rows.facts, (row) => entryBy(iriIn(row[1]), row));
  const typed = rows.manuscripts.map(([graph, record]) => [iriIn(record), iriIn(graph)] as const);
  const graphs = groupRows([...typed, ...stated], ([iri, graph]) => entryBy(iri, graph));
  const records = groupRows(graphs, ([iri, own]) => [
    groupOf(iri),
    {
      iri,
      graphs: [...new Set(own)].filter((graph) => graph !== undefined).toSorted(),
      ...recordNote(facts.get(iri) ?? []),
    },
  ]);
  const holders = holderNotes(rows.holders);
  const dates = datesByGroup(rows, groupOf);
  const scripts = scriptsByGroup(rows, groupOf);
  return [...records]
    .map(([group, all]) => ({
      ...objectNote(all.toSorted(by(recordKey)), holders),
      dates: distinctBy(dates.get(group) ?? [], ({ assertion }) => assertion).toSorted(
        by(({ earliest, latest, assertion }) => [earliest ?? latest ?? '', assertion].join(' ')),
      ),
      scripts: distinctBy(scripts.get(group) ?? [], scriptKey).toSorted(by(scriptKey)),
    }))
    .toSorted(by(displayKey));
};

const entryBy = <Value>(key: string | undefined, value: Value): [string, Value] | undefined =>
  key === undefined ? undefined : [key, value];

/** Compares by a text, in the order of its code units: the engine gives rows in no order. */
const by =
  <Value>(keyOf: (value: Value) => string) =>
  (a: Value, b: Value): number => {
    const [keyOfA, keyOfB] = [keyOf(a), keyOf(b)];
    return keyOfA < keyOfB ? -1 : keyOfA > keyOfB ? 1 : 0;
  };

const textKey = ({ value, language }: TaggedText): string => `${language} ${value}`;

const distinctTexts = (texts: readonly TaggedText[]): TaggedText[] => {
  return distinctBy(texts, textKey).toSorted(by(textKey));
};

/** What the statements about one record say of it. */
const recordNote = (facts: readonly Row[]): Omit<RecordNote, 'iri' | 'graphs'> => {
  const valuesOf = (property: string): Row[] => facts.filter((row) => iriIn(row[2]) === property);
  const textsOf = (property: string): TaggedText[] =>
    valuesOf(property).flatMap((row) => textIn(row[3]) ?? []);
  return {
    labels: distinctTexts(textsOf(rdfs.label)),
    shelfmarks: [...new Set(textsOf(isnad.shelfmark).map(({ value }) => value))].toSorted(),
    holders: [...new Set(valuesOf(isnad.holder).flatMap((row) => iriIn(row[3]) ?? []))].toSorted(),
  };
};

/** The record that says most comes first. */
const recordKey = ({ iri, labels, shelfmarks, holders }: RecordNote): string =>
  `${9 - Math.min(9, labels.length + shelfmarks.length + holders.length)} ${iri}`;

const objectNote = (
  records: readonly RecordNote[],
  holders: ReadonlyMap<string, HolderNote>,
): Pick<WitnessObject, 'records' | 'labels' | 'shelfmarks' | 'holders'> => ({
  records,
  labels: distinctTexts(records.flatMap(({ labels }) => labels)),
  shelfmarks: [...new Set(records.flatMap(({ shelfmarks }) => shelfmarks))],
  holders: [...new Set(records.flatMap((record) => record.holders))].map(
    (iri) => holders.get(iri) ?? { iri, labels: [] },
  ),
});

/** The scripts claimed of each group, and those stated directly that no claim names. */
const scriptsByGroup = (
  { scripts, facts }: ObjectRows,
  groupOf: (iri: string) => string,
): Map<string, ScriptNote[]> => {
  const claimed = new Set(scripts.map(([, manuscript, script]) => `${manuscript} ${script}`));
  const stated = facts.filter(
    ([, manuscript, property, script]) =>
      iriIn(property) === isnad.script && !claimed.has(`${manuscript} ${script}`),
  );
  const rows = [
    ...scripts,
    ...stated.map(([graph, manuscript, , script]) => [graph, manuscript, script]),
  ];
  return groupRows(rows, (row) => {
    const manuscript = iriIn(row[1]);
    const note = scriptNote(row);
    return manuscript === undefined || note === undefined ? undefined : [groupOf(manuscript), note];
  });
};

const scriptKey = ({ concept, asWritten, graph }: ScriptNote): string =>
  [concept, asWritten, graph].join(' ');

/** The dates claimed of the production of each group's manuscripts. */
const datesByGroup = (
  { productions, dates }: ObjectRows,
  groupOf: (iri: string) => string,
): Map<string, DateNote[]> => {
  const makers = new Map(productions.map(([, manuscript, production]) => [production, manuscript]));
  return groupRows(dates, (row) => {
    const manuscript = iriIn(makers.get(row[1]));
    const note = dateNote(row);
    return manuscript === undefined || note === undefined ? undefined : [groupOf(manuscript), note];
  });
};

const dateNote = (row: Row): DateNote | undefined => {
  const [graph, assertion, span] = [iriIn(row[0]), iriIn(row[2]), iriIn(row[3])];
  if (graph === undefined || assertion === undefined || span === undefined) return undefined;
  const asWritten = textIn(row[4])?.value;
  const claimedAs = textIn(row[5])?.value;
  const calendar = iriIn(row[6]);
  const earliest = textIn(row[7])?.value;
  const latest = textIn(row[8])?.value;
  return {
    assertion,
    span,
    graph,
    ...(asWritten === undefined ? {} : { asWritten }),
    ...(claimedAs === undefined ? {} : { claimedAs }),
    ...(calendar === undefined ? {} : { calendar }),
    ...(earliest === undefined ? {} : { earliest }),
    ...(latest === undefined ? {} : { latest }),
  };
};

const scriptNote = (row: readonly (string | undefined)[]): ScriptNote | undefined => {
  const concept = iriIn(row[2]);
  const asWritten = textIn(row[3])?.value;
  if (concept === undefined && asWritten === undefined) return undefined;
  return {
    graph: iriIn(row[0]) ?? '',
    ...(concept === undefined ? {} : { concept }),
    ...(asWritten === undefined ? {} : { asWritten }),
  };
};

const textsIn = (group: readonly Row[], column: number): TaggedText[] =>
  distinctTexts(group.flatMap((row) => textIn(row[column]) ?? []));

const holderNotes = (rows: readonly Row[]): Map<string, HolderNote> => {
  const groups = groupRows(rows, (row) => {
    const iri = iriIn(row[1]);
    return iri === undefined ? undefined : [iri, row];
  });
  return new Map(
    [...groups].map(([iri, group]) => {
      const place = group.map((row) => iriIn(row[3])).find((found) => found !== undefined);
      const inPlace = group.filter((row) => iriIn(row[3]) === place);
      const note =
        place === undefined ? {} : { place: { iri: place, labels: textsIn(inPlace, 4) } };
      return [iri, { iri, labels: textsIn(group, 2), ...note }];
    }),
  );
};

/** Earliest date (undated last), then holder, shelfmark and IRI. */
const displayKey = ({ dates, holders, shelfmarks, records }: WitnessObject): string => {
  const bounds = dates.flatMap(({ earliest, latest }) => earliest ?? latest ?? []).toSorted();
  const holder = holders[0]?.labels[0]?.value ?? '\uFFFF';
  return [bounds[0] ?? '\uFFFF', holder, shelfmarks[0] ?? '\uFFFF', records[0]?.iri].join('\u0000');
};

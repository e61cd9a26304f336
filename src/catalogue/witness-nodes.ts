import type { TaggedText } from '../search/tagged-text.ts';
import type {
  DateNote,
  RecordNote,
  WitnessObject,
  WitnessSnapshot,
} from '../search/witness-snapshot.ts';
import { bestText, languageMap } from './best-text.ts';
import { verseIriOf } from './verse-texts.ts';
import type { WitnessPage, WitnessPassage } from './witness-passages.ts';

/** What a node is written with: the snapshot it is of, and the reader's language. */
export interface NodeWriter {
  readonly snapshot: WitnessSnapshot;
  readonly language: string;
}

const labelled = (
  { language }: NodeWriter,
  texts: readonly TaggedText[],
): { label?: object; displayLabel?: string } => {
  const best = bestText(texts, language);
  return best === undefined ? {} : { label: languageMap(texts), displayLabel: best.value };
};

/** What is said of a manuscript whatever the verse: its records, dates and scripts. */
export const objectNode = (writer: NodeWriter, object: WitnessObject): object => {
  const [first, ...others] = object.records;
  const displayLabel = bestText(object.labels, writer.language)?.value;
  return {
    ...(first === undefined ? {} : recordNode(writer, object, first)),
    ...(displayLabel === undefined ? {} : { displayLabel }),
    scripts: scriptsOf(writer, object),
    dates: object.dates.map(dateNode),
    sameObject: others.map((record) => recordNode(writer, object, record)),
  };
};

/** What one record says of the object. */
const recordNode = (
  writer: NodeWriter,
  { holders }: WitnessObject,
  record: RecordNote,
): object => ({
  id: record.iri,
  type: ['Manuscript'],
  ...labelled(writer, record.labels),
  shelfmark: record.shelfmarks,
  holder: holders
    .filter(({ iri }) => record.holders.includes(iri))
    .map(({ iri, labels, place }) => ({
      id: iri,
      ...labelled(writer, labels),
      ...(place === undefined
        ? {}
        : { locatedIn: [{ id: place.iri, ...labelled(writer, place.labels) }] }),
    })),
});

const scriptsOf = (writer: NodeWriter, { scripts }: WitnessObject): object[] =>
  scripts.map(({ concept, asWritten, graph }) => ({
    ...(concept === undefined
      ? {}
      : { id: concept, ...labelled(writer, writer.snapshot.concepts[concept]?.labels ?? []) }),
    ...(asWritten === undefined ? {} : { asWritten }),
    statedIn: graph,
  }));

const dateNode = (date: DateNote): object => ({
  id: date.span,
  type: ['TimeSpan'],
  ...(date.asWritten === undefined ? {} : { dateAsWritten: [date.asWritten] }),
  ...(date.claimedAs === undefined ? {} : { claimedAs: date.claimedAs }),
  ...(date.calendar === undefined ? {} : { calendar: date.calendar }),
  ...(date.earliest === undefined ? {} : { beginEarliest: date.earliest }),
  ...(date.latest === undefined ? {} : { endLatest: date.latest }),
  statedIn: date.graph,
});

/** A page, without the texts it bears. */
export const pageNode = (page: WitnessPage, { record }: WitnessPassage): object => ({
  id: page.iri,
  type: ['Page'],
  pageOf: record,
  pageLabel: page.label,
});

/** A passage with its exact extent. */
export const passageNode = (passage: WitnessPassage): object => ({
  id: passage.iri,
  type: ['Passage'],
  passageOf: passage.record,
  range: passage.range,
  startVerse: verseIriOf(passage.startOrdinal),
  endVerse: verseIriOf(passage.endOrdinal),
  startOrdinal: passage.startOrdinal,
  endOrdinal: passage.endOrdinal,
  ...(passage.startWord === undefined ? {} : { startWord: passage.startWord }),
  ...(passage.endWord === undefined ? {} : { endWord: passage.endWord }),
  ...(passage.startsWithHeading ? { startsWithHeading: true } : {}),
  ...(passage.endsWithHeading ? { endsWithHeading: true } : {}),
  ...(passage.verbatimKey === '' ? {} : { verbatimKey: passage.verbatimKey }),
  statedIn: passage.graph,
});

/** IRIs of the graphs that had a say in one witness. */
export const sourcesOf = (
  { records, dates, scripts }: WitnessObject,
  passages: readonly { readonly graph: string }[],
): string[] => [
  ...new Set([
    ...records.flatMap(({ graphs }) => graphs),
    ...[...passages, ...dates, ...scripts].map(({ graph }) => graph),
  ]),
];

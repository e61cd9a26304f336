import { verseIri, type Iris } from '../model/iris.ts';
import { isnad } from '../model/terms.ts';
import { formatVerse, verseAt } from '../model/verses.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type {
  DateNote,
  RecordNote,
  WitnessObject,
  WitnessSnapshot,
} from '../search/witness-snapshot.ts';
import { bestText, languageMap } from './best-text.ts';
import { datasetNodes } from './dataset-quads.ts';
import type { Witness, WitnessAnswer } from './find-witnesses.ts';
import { passageAt, type WitnessPassage } from './witness-passages.ts';

/** Where the parts of an answer lie, for the links in it. */
export interface WitnessLinks {
  readonly self: string;
  readonly next?: string;
  readonly previous?: string;
  /** The same question in SPARQL. */
  readonly sparql: string;
}

/**
 * Terms of this answer that the shared context does not have. What is no statement about heritage
 * (totals, paging) is `null`: present in the JSON, absent from the RDF. Everything else in the RDF
 * is what the graph states.
 */
const ownTerms = {
  witnesses: '@included',
  dates: '@included',
  datasets: '@included',
  pages: '@included',
  passages: '@included',
  sameObject: '@included',
  text: { '@reverse': isnad.onPage, '@container': '@set' },
  range: null,
  from: null,
  to: null,
  commit: null,
  totals: null,
  paging: null,
  sparql: null,
  evidenceFound: null,
  displayLabel: null,
  claimedAs: null,
  statedIn: null,
  scripts: null,
} as const;

/** The answer as JSON-LD: plain JSON for those who want no more. */
export const witnessDocument = (
  snapshot: WitnessSnapshot,
  answer: WitnessAnswer,
  links: WitnessLinks,
  language: string,
  iris: Iris,
): object => {
  const { range, page, pageSize } = answer.criteria;
  const { self, sparql, ...pages } = links;
  const writer = { snapshot, language };
  return {
    '@context': [`${iris.base}context.jsonld`, ownTerms],
    id: self,
    range: range.canonical,
    from: verseOf(range.startOrdinal),
    to: verseOf(range.endOrdinal),
    commit: answer.commit,
    totals: answer.totals,
    paging: { page, pageSize, pages: answer.pageCount, ...pages },
    sparql,
    witnesses: answer.witnesses.map((witness) => witnessNode(writer, witness)),
    datasets: datasetsOf(writer, answer.witnesses),
  };
};

interface Writer {
  readonly snapshot: WitnessSnapshot;
  readonly language: string;
}

const verseOf = (ordinal: number): { verse: string; ordinal: number } => ({
  verse: formatVerse(ordinal),
  ordinal,
});

const verseIriOf = (ordinal: number): string => {
  const { sura, verse } = verseAt(ordinal);
  return verseIri(sura, verse);
};

const labelled = (
  { language }: Writer,
  texts: readonly TaggedText[],
): { label?: object; displayLabel?: string } => {
  const best = bestText(texts, language);
  return best === undefined ? {} : { label: languageMap(texts), displayLabel: best.value };
};

const witnessNode = (writer: Writer, { object, onPages, ofWhole }: Witness): object => {
  const { snapshot, language } = writer;
  const passages = onPages.map((position) => passageAt(snapshot, position));
  const statements = ofWhole.map((position) => passageAt(snapshot, position));
  const [first, ...others] = object.records;
  const displayLabel = bestText(object.labels, language)?.value;
  return {
    ...(first === undefined ? {} : recordNode(writer, object, first)),
    ...(displayLabel === undefined ? {} : { displayLabel }),
    scripts: scriptsOf(writer, object),
    dates: object.dates.map(dateNode),
    evidenceFound: passages.length > 0 ? 'page' : 'record',
    pages: pageNodes(passages),
    passages: statements.map(passageNode),
    sameObject: others.map((record) => recordNode(writer, object, record)),
    statedIn: sourcesOf(object, [...passages, ...statements]),
  };
};

/** What one record says of the object. */
const recordNode = (writer: Writer, { holders }: WitnessObject, record: RecordNote): object => ({
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

const scriptsOf = (writer: Writer, { scripts }: WitnessObject): object[] =>
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

/** The pages in the order given, each once with all of its passages. */
const pageNodes = (passages: readonly WitnessPassage[]): object[] => {
  const pages = new Map<
    string,
    { id: string; type: string[]; pageOf: string; pageLabel: string; text: object[] }
  >();
  for (const passage of passages) {
    const { iri, label } = passage.page ?? { iri: '', label: '' };
    const page = pages.get(iri) ?? {
      id: iri,
      type: ['Page'],
      pageOf: passage.record,
      pageLabel: label,
      text: [],
    };
    page.text.push(passageNode(passage));
    pages.set(iri, page);
  }
  return [...pages.values()];
};

const passageNode = (passage: WitnessPassage): object => ({
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

/** IRIs of the datasets that had a say in one witness. */
export const sourcesOf = (
  { records, dates, scripts }: WitnessObject,
  passages: readonly WitnessPassage[],
): string[] => [
  ...new Set([
    ...records.flatMap(({ graphs }) => graphs),
    ...[...passages, ...dates, ...scripts].map(({ graph }) => graph),
  ]),
];

/** Every dataset with a say in the manuscripts shown, with its licence. */
const datasetsOf = ({ snapshot }: Writer, witnesses: readonly Witness[]): object[] => {
  const graphs = witnesses.flatMap(({ object, onPages, ofWhole }) =>
    sourcesOf(
      object,
      [...onPages, ...ofWhole].map((position) => passageAt(snapshot, position)),
    ),
  );
  const sorted = [...new Set(graphs)].toSorted();
  return datasetNodes(Object.fromEntries(sorted.map((graph) => [graph, snapshot.datasets[graph]])));
};

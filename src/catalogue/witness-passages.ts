import { stringAt } from '../search/string-table.ts';
import { mark, none, type WitnessSnapshot } from '../search/witness-snapshot.ts';
import { rangeText } from './verse-texts.ts';

/** A page as readers are told of it. */
export interface WitnessPage {
  readonly iri: string;
  readonly label: string;
}

/** A passage as readers are told of it. */
export interface WitnessPassage {
  readonly iri: string;
  /** The whole extent of the passage, such as `2:250-2:259`. */
  readonly range: string;
  readonly startOrdinal: number;
  readonly endOrdinal: number;
  /** Word indexes within the first and the last verse, where the source states them. */
  readonly startWord?: number;
  readonly endWord?: number;
  readonly startsWithHeading: boolean;
  readonly endsWithHeading: boolean;
  readonly doubtful: boolean;
  /** The key of the passage as the source writes it. */
  readonly verbatimKey: string;
  readonly page?: WitnessPage;
  /** IRI of the record it is stated of. */
  readonly record: string;
  /** IRI of the graph that states it. */
  readonly graph: string;
}

/** The passage at a position of the snapshot. */
export const passageAt = (snapshot: WitnessSnapshot, position: number): WitnessPassage => {
  const { passages, graphs, objects } = snapshot;
  const at = (column: { readonly [position: number]: number }): number => column[position] ?? 0;
  const [startOrdinal, endOrdinal] = [at(passages.start), at(passages.end)];
  const [startWord, endWord] = [at(passages.startWord), at(passages.endWord)];
  const page = passages.page[position] ?? none;
  const isMarked = (bit: number): boolean => (at(passages.marks) & bit) !== 0;
  return {
    iri: stringAt(passages.iri, position),
    range: rangeText(startOrdinal, endOrdinal),
    startOrdinal,
    endOrdinal,
    ...(startWord === 0 ? {} : { startWord }),
    ...(endWord === 0 ? {} : { endWord }),
    startsWithHeading: isMarked(mark.startsWithHeading),
    endsWithHeading: isMarked(mark.endsWithHeading),
    doubtful: isMarked(mark.doubtful),
    verbatimKey: stringAt(passages.verbatimKey, position),
    ...(page === none ? {} : { page: pageAt(snapshot, page) }),
    record: objects[at(passages.object)]?.records[at(passages.record)]?.iri ?? '',
    graph: graphs[at(passages.graph)] ?? '',
  };
};

/** The page at a position of the snapshot. */
export const pageAt = ({ pages }: WitnessSnapshot, position: number): WitnessPage => ({
  iri: stringAt(pages.iri, position),
  label: stringAt(pages.label, position),
});

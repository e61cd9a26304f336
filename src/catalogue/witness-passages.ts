import { formatRange } from '../model/verses.ts';
import { stringAt } from '../search/string-table.ts';
import { mark, none, type WitnessSnapshot } from '../search/witness-snapshot.ts';

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
  readonly page?: { readonly iri: string; readonly label: string };
  /** IRI of the record it is stated of. */
  readonly record: string;
  /** IRI of the graph that states it. */
  readonly graph: string;
}

/** The passage at a position of the snapshot. */
export const passageAt = (
  { passages, pages, graphs, objects }: WitnessSnapshot,
  position: number,
): WitnessPassage => {
  const at = (column: { readonly [position: number]: number }): number => column[position] ?? 0;
  const [startOrdinal, endOrdinal] = [at(passages.start), at(passages.end)];
  const [startWord, endWord] = [at(passages.startWord), at(passages.endWord)];
  const page = passages.page[position] ?? none;
  const isMarked = (bit: number): boolean => (at(passages.marks) & bit) !== 0;
  return {
    iri: stringAt(passages.iri, position),
    range: formatRange(startOrdinal, endOrdinal),
    startOrdinal,
    endOrdinal,
    ...(startWord === 0 ? {} : { startWord }),
    ...(endWord === 0 ? {} : { endWord }),
    startsWithHeading: isMarked(mark.startsWithHeading),
    endsWithHeading: isMarked(mark.endsWithHeading),
    doubtful: isMarked(mark.doubtful),
    verbatimKey: stringAt(passages.verbatimKey, position),
    ...(page === none
      ? {}
      : { page: { iri: stringAt(pages.iri, page), label: stringAt(pages.label, page) } }),
    record: objects[at(passages.object)]?.records[at(passages.record)]?.iri ?? '',
    graph: graphs[at(passages.graph)] ?? '',
  };
};

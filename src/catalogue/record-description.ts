import type { Quad } from '../rdf/terms.ts';
import type { DatasetNote } from '../search/witness-snapshot.ts';
import type { TaggedText } from '../search/tagged-text.ts';

/** All that a reader is told about one record, as of one commit. */
export interface RecordDescription {
  readonly iri: string;
  readonly commit: number;
  /**
   * What is stated of the record, of its parts (nodes at its own address with a fragment), of the
   * assertions about either, and of the passages it bears as a whole, each quad in the graph that
   * states it.
   */
  readonly quads: readonly Quad[];
  /** Labels of everything mentioned, properties included. */
  readonly labels: ReadonlyMap<string, readonly TaggedText[]>;
  /** The order of properties that the record's shape gives; smaller comes first. */
  readonly propertyOrder: ReadonlyMap<string, number>;
  /** Properties among those mentioned that a published rule derives from assertions. */
  readonly shortcuts: ReadonlySet<string>;
  /** The datasets the statements come from, by graph. */
  readonly datasets: Readonly<Record<string, DatasetNote>>;
  /** What else refers to the record, by property. */
  readonly inbound: readonly InboundGroup[];
  /** Passages that a source states of a manuscript as a whole, not of a page, in textual order. */
  readonly wholePassages: readonly ListedPassage[];
  /** The pages of a manuscript, some at a time; nothing for a record without pages. */
  readonly pages: PageList | undefined;
  /** Other records known to be the same thing. */
  readonly same: readonly string[];
}

export interface InboundGroup {
  readonly property: string;
  readonly count: number;
  /** The first of them, in the order of their IRIs. */
  readonly subjects: readonly string[];
}

/** Part of the list of a manuscript's pages. */
export interface PageList {
  readonly total: number;
  /** Number of this part, from 1 on, and of all parts. */
  readonly page: number;
  readonly pageCount: number;
  /** How many pages a part holds, but for the last. */
  readonly pagesPerPart: number;
  readonly pages: readonly ListedPage[];
  /** The quads of the pages and passages listed. */
  readonly quads: readonly Quad[];
}

export interface ListedPage {
  readonly iri: string;
  readonly label: string;
  readonly passages: readonly ListedPassage[];
}

/** A passage as the page of its manuscript shows it. */
export interface ListedPassage {
  readonly iri: string;
  /** `2:250-2:259`; nothing when the key could not be placed in the text. */
  readonly range: string | undefined;
  readonly verbatimKey: string | undefined;
  readonly isDoubtful: boolean;
  readonly graph: string;
}

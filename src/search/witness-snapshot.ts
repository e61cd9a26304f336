import type { StringTable } from './string-table.ts';
import type { TaggedText } from './tagged-text.ts';
import type { VerseIndex } from './verse-index.ts';

/**
 * Which pages of which manuscripts bear which verses, as of one commit: a projection of the graph,
 * laid out so that a worker can build it and hand it over without copying, and never changed after.
 */
export interface WitnessSnapshot {
  readonly commit: number;
  /** IRIs of every graph that had a part in it; a commit to another may leave it as it is. */
  readonly graphs: readonly string[];
  readonly passages: PassageTable;
  /** Index over the ordinals of the passages. */
  readonly index: VerseIndex;
  readonly pages: PageTable;
  /** Manuscripts, in the order in which lists show them: by date, holder, shelfmark. */
  readonly objects: readonly WitnessObject[];
  /** For each thing that is known to be the same as another: the one name of them all. */
  readonly same: Readonly<Record<string, string>>;
  readonly datasets: Readonly<Record<string, DatasetNote>>;
  readonly concepts: Readonly<Record<string, ConceptNote>>;
}

/** One row a passage; a position of `none` means there is no such thing. */
export interface PassageTable {
  /** Position in `objects`. */
  readonly object: Uint32Array;
  /** Position in the object's `records`: the record the passage is stated of. */
  readonly record: Uint8Array;
  /** Position in `pages`. */
  readonly page: Uint32Array;
  readonly start: Uint16Array;
  readonly end: Uint16Array;
  /** Word indexes within the first and last verse; 0 where none is stated. */
  readonly startWord: Uint16Array;
  readonly endWord: Uint16Array;
  /** Sum of the values of `mark`. */
  readonly marks: Uint8Array;
  /** Position in `graphs`: where the passage is stated. */
  readonly graph: Uint16Array;
  readonly iri: StringTable;
  readonly verbatimKey: StringTable;
}

/** "There is none" in a column of positions. */
export const none = 0xffff_ffff;

/** What a passage's `marks` are made of. */
export const mark = { page: 1, doubtful: 2, startsWithHeading: 4, endsWithHeading: 8 } as const;

export interface PageTable {
  readonly iri: StringTable;
  readonly label: StringTable;
  /** Place in the order of the source; 0 where none is stated. */
  readonly sequence: Uint32Array;
}

/** A manuscript, counted once however many records describe it. */
export interface WitnessObject {
  /** The records known to be this object; the first, which says most, names it. */
  readonly records: readonly RecordNote[];
  readonly labels: readonly TaggedText[];
  readonly shelfmarks: readonly string[];
  readonly holders: readonly HolderNote[];
  readonly scripts: readonly ScriptNote[];
  readonly dates: readonly DateNote[];
}

/** What one record says of the object. The object's own labels, shelfmarks and holders are of all. */
export interface RecordNote {
  readonly iri: string;
  /** The graphs that state something of it. */
  readonly graphs: readonly string[];
  readonly labels: readonly TaggedText[];
  readonly shelfmarks: readonly string[];
  /** IRIs of its holders. */
  readonly holders: readonly string[];
}

export interface HolderNote {
  readonly iri: string;
  readonly labels: readonly TaggedText[];
  readonly place?: { readonly iri: string; readonly labels: readonly TaggedText[] };
}

/** A script as claimed: the concept, the source's words, or both. */
export interface ScriptNote {
  readonly concept?: string;
  readonly asWritten?: string;
  readonly graph: string;
}

/** A date as claimed. Bounds are `xsd:date`, proleptic Gregorian; one that is missing is open. */
export interface DateNote {
  readonly assertion: string;
  readonly span: string;
  /** The words of the time-span. */
  readonly asWritten?: string;
  /** The words of the claim. */
  readonly claimedAs?: string;
  readonly calendar?: string;
  readonly earliest?: string;
  readonly latest?: string;
  readonly graph: string;
}

export interface DatasetNote {
  readonly titles: readonly TaggedText[];
  readonly licence?: string;
  readonly attribution?: string;
  readonly rightsHolder?: string;
}

export interface ConceptNote {
  readonly labels: readonly TaggedText[];
  readonly broader: readonly string[];
}

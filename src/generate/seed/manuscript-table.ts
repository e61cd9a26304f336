import type { StatedDate } from './edtf.ts';

/**
 * What the notes and the words of the table of manuscripts say beside its columns, each read by a
 * person: who dates an object and on what ground, and the values on which sources differ.
 */

/** Concepts of scheme `script` for the words of the column; several where it names several. */
const scripts: Readonly<Record<string, readonly ScriptName[]>> = {
  'kufic, gold': [{ words: 'kufic, gold', concept: 'kufi' }],
  'ḥijāzī, close to B.Ia': [{ words: 'ḥijāzī, close to B.Ia', concept: 'hijazi' }],
};

export interface ScriptName {
  readonly words: string;
  readonly concept: string;
}

const scriptConcepts: Readonly<Record<string, string>> = {
  kufic: 'kufi',
  kūfī: 'kufi',
  'kūfī B.II': 'kufi-b-ii',
  'kūfī B.Ia': 'kufi-b-ia',
  'kūfī B.Ib': 'kufi-b-ib',
  'kūfī C': 'kufi-c',
  'kūfī C.I': 'kufi-c-i',
  'kūfī C.III': 'kufi-c-iii',
  'kūfī D': 'kufi-d',
  'kūfī D.I': 'kufi-d-i',
  'kūfī D.IV': 'kufi-d-iv',
  'kūfī F.I': 'kufi-f-i',
  muḥaqqaq: 'muhaqqaq',
  nasḫ: 'naskh',
  'new style III': 'new-style-iii',
  'other (non classified)': 'unclassified',
  'umayyad O': 'umayyad-o',
  ḥiǧāzī: 'hijazi',
  'ḥiǧāzī I': 'hijazi-i',
  'ḥiǧāzī II': 'hijazi-ii',
  'ḥiǧāzī III': 'hijazi-iii',
  'ḥiǧāzī IV': 'hijazi-iv',
};

/**
 * The scripts a cell names.
 *
 * @throws Error when a word has no concept here
 */
export const readScripts = (cell: string): readonly ScriptName[] =>
  cell === ''
    ? []
    : (scripts[cell] ??
      cell.split(', ').map((words) => {
        const concept = scriptConcepts[words];
        if (concept === undefined) throw new Error(`The script “${words}” has no concept here.`);
        return { words, concept };
      }));

/** Concepts of scheme `material` for the words of the column. */
export const materials: Readonly<Record<string, string>> = {
  'blue parchment': 'indigo-dyed-parchment',
  'indigo-dyed parchment': 'indigo-dyed-parchment',
  paper: 'paper',
  papyrus: 'papyrus',
  parchment: 'parchment',
  'pink paper': 'pink-paper',
};

/** Who says a date, and on what ground; both only where the cell `date_basis` says so. */
export interface Ground {
  readonly by?: string;
  /** Concept of scheme `evidence-kind`. */
  readonly evidence?: string;
}

/** The project whose estimates most rows give. */
export const corpusCoranicum = 'Corpus Coranicum';

export const grounds: Readonly<Record<string, Ground>> = {
  'Khalili Collections estimate': { by: 'Khalili Collections', evidence: 'catalogue' },
  'cataloguer estimate (Corpus Coranicum)': { by: corpusCoranicum, evidence: 'catalogue' },
  'colophon (scribe ʿAlī ibn Hilāl)': { evidence: 'colophon' },
  'colophons and endowment statements': { evidence: 'colophon' },
  'completed 1313': {},
  'dated 388 (998), catalogue of Karatay 1962': { by: 'Karatay 1962', evidence: 'catalogue' },
  'dated Dhū al-Ḥijja 394 (1004), catalogue of Karatay 1962': {
    by: 'Karatay 1962',
    evidence: 'catalogue',
  },
  'dated Ramaḍān 645 (1248), catalogue of Karatay 1962; scribe Yāqūt al-Mustaʿṣimī': {
    by: 'Karatay 1962',
    evidence: 'catalogue',
  },
  'dated; copyist Khan Ahmad Sayri': { evidence: 'colophon' },
  'exhibition label (Timurid, Herat)': { evidence: 'catalogue' },
  'museum estimate (Fatimid)': { evidence: 'catalogue' },
  'museum estimate: second half 9th to mid-10th c.': {
    by: 'The Metropolitan Museum of Art',
    evidence: 'catalogue',
  },
  'orthography and palaeography': { evidence: 'palaeography' },
  'palaeographic estimates vary; one says late 1st or early 2nd century AH': {
    evidence: 'palaeography',
  },
  'palaeography and radiocarbon (7th c.)': { evidence: 'palaeography' },
  'scholarly estimates range from later 14th c. to 1500': { evidence: 'catalogue' },
  'terminus ante quem as labelled': {},
  'terminus ante quem: waqf note dated 262 AH (Oct 875 - Sept 876)': { evidence: 'waqf-note' },
  'written for the Seljuk Tughril': {},
};

/** Hijri dates that a source states, as open or closed intervals of the object’s production. */
export const hijriDates: Readonly<Record<string, StatedDate>> = {
  ms043: { cell: '0388', calendar: 'islamic-civil', words: '388' },
  ms044: { cell: '0394-12', calendar: 'islamic-civil', words: 'Dhū al-Ḥijja 394' },
  ms045: { cell: '0645-09', calendar: 'islamic-civil', words: 'Ramaḍān 645' },
  ms056: { cell: '0391', calendar: 'islamic-civil', words: '391 AH' },
  ms073: { cell: '0301/0400', calendar: 'islamic-civil', words: '4th century AH' },
  // The waqf note is of 262; the volume was written then or before.
  ms080: { cell: '../0262', calendar: 'islamic-civil', words: 'not after 262 AH' },
  ms085: { cell: '0582', calendar: 'islamic-civil', words: '582 AH' },
  ms089: { cell: '0601/0700', calendar: 'islamic-civil', words: '7th century AH' },
};

export interface FurtherDate extends Ground {
  readonly stated: StatedDate;
  readonly note: string;
}

/** Dates that compete with that of the column. */
export const furtherDates: Readonly<Record<string, FurtherDate>> = {
  ms036: {
    stated: { cell: '0001/0200', calendar: 'islamic-civil', words: '1st-2nd c. AH' },
    by: 'Karatay 1962',
    evidence: 'catalogue',
    note: 'dating of the printed catalogue, quoted in the record',
  },
  ms070: {
    stated: { cell: '1000/1200', calendar: 'gregorian' },
    by: corpusCoranicum,
    note: 'The description of the record says so, against its date field and the radiocarbon intervals.',
  },
  ms072: {
    stated: { cell: '0800/1000', calendar: 'gregorian' },
    by: corpusCoranicum,
    evidence: 'catalogue',
    note: 'competes with the estimate of the museum',
  },
};

/** A second opinion on the script. */
export const furtherScripts: Readonly<
  Record<string, ScriptName & { readonly by: string; readonly note: string }>
> = {
  ms011: {
    words: 'ḥiǧāzī II',
    concept: 'hijazi-ii',
    by: 'Déroche 1983',
    note: 'the printed catalogue quoted in the record',
  },
};

export interface FolioCount {
  readonly folios: number;
  readonly words: string;
  readonly by: string;
  readonly note: string;
}

/** Numbers of leaves on which the places of one record disagree; the column’s number comes first. */
export const folioCounts: Readonly<Record<string, readonly FolioCount[]>> = {
  ms008: [
    { folios: 7, words: '7', by: corpusCoranicum, note: 'description and page list' },
    {
      folios: 9,
      words: '9',
      by: corpusCoranicum,
      note: 'extent element; the size of the former undivided 1572',
    },
  ],
  ms036: [
    { folios: 408, words: '408', by: corpusCoranicum, note: 'folios extant' },
    { folios: 413, words: '410 + 3', by: 'Karatay 1962', note: 'printed catalogue' },
  ],
  ms039: [
    { folios: 327, words: '327', by: corpusCoranicum, note: 'extent element' },
    { folios: 363, words: '363 (?)', by: corpusCoranicum, note: 'description' },
  ],
  ms063: [
    {
      folios: 22,
      words: '22',
      by: corpusCoranicum,
      note: 'the catalogue quoted in the description',
    },
    { folios: 62, words: '62', by: corpusCoranicum, note: 'description' },
  ],
};

export interface Attribution {
  readonly words: string;
  /** Id of the person in the table of scholars. */
  readonly person?: string;
  readonly by?: string;
  readonly evidence: string;
}

/** Scribes whom a source names. */
export const scribes: Readonly<Record<string, Attribution>> = {
  ms045: { words: 'Yāqūt al-Mustaʿṣimī', by: 'Karatay 1962', evidence: 'catalogue' },
  ms056: { words: 'ʿAlī ibn Hilāl', person: 'pers046', evidence: 'colophon' },
  ms087: { words: 'Khan Ahmad Sayri', evidence: 'colophon' },
};

/** Places of origin that a source names. */
export const origins: Readonly<
  Record<string, { readonly city: string; readonly country: string; readonly evidence: string }>
> = {
  ms056: { city: 'Baghdad', country: 'IQ', evidence: 'colophon' },
  ms086: { city: 'Herat', country: 'AF', evidence: 'catalogue' },
};

/** Where the row says whether an object still exists, and in whose hands; none states a date. */
export const statuses: Readonly<
  Record<string, { readonly status: string; readonly source: string }>
> = {
  ms015: {
    status: 'extant',
    source: 'the original in Cairo is not accessible, the record rests on photographs',
  },
  ms061: {
    status: 'missing',
    source:
      'papyrus no longer traceable in the Michaelides collection, now at the University of Cambridge (record)',
  },
  ms070: { status: 'private-hands', source: 'Private collection Mark Mersiowsky (record)' },
};

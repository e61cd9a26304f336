import { isSura, isVerse, ordinalOf, suraName, suraRange, verseCount } from './verses.ts';

/**
 * Page-extent keys of the Corpus Coranicum catalogue: `sss:vvv:www-sss:vvv:www`, sūra, verse and word
 * of the first and the last word on a page. Nothing here clamps, swaps or drops: a key that cannot
 * be placed keeps its words and says why.
 */
type PassageFlag =
  | 'order'
  | 'doubtful'
  | 'beyond-sura'
  | 'no-sura'
  | 'unreadable-word'
  | 'unreadable-key'
  | 'heading-only';

/** What a finding of the import calls the trouble with a key. */
export interface KeyProblem {
  readonly code: PassageFlag | 'padding' | 'wide-range' | 'placeholder';
  readonly message: string;
}

export interface KeyPassage {
  readonly verbatimKey: string;
  /** `placed` has ordinals; `unplaced` has none; `placeholder` states no text at all. */
  readonly placement: 'placed' | 'unplaced' | 'placeholder';
  /** `record` when the range is too wide for a page and so speaks of the whole manuscript. */
  readonly evidence: 'page' | 'record';
  readonly startOrdinal?: number;
  readonly endOrdinal?: number;
  readonly startWord?: number;
  readonly endWord?: number;
  /** The key named verse 000: the heading or basmala line before verse 1. */
  readonly startsWithHeading: boolean;
  readonly endsWithHeading: boolean;
  readonly flags: readonly PassageFlag[];
  readonly problems: readonly KeyProblem[];
}

/** A range of more verses than this on one page is a statement about the manuscript. */
const pageVersesMax = 150;

const placeholderKey = '001:000:000-001:000:000';
const suspectOpeningKey = '001:001:000-001:001:000';

/** One end of a key; `word` is nothing when the source gives something that is not a number. */
interface KeyEnd {
  readonly sura: number;
  readonly verse: number;
  readonly word: number | undefined;
}

interface KeyEnds {
  readonly start: KeyEnd;
  readonly end: KeyEnd;
}

const endPattern = String.raw`(\d{1,3}):(\d{1,3}):(0*-?\d{1,3})`;
const keyPattern = new RegExp(`^${endPattern}-${endPattern}$`);
const wellPaddedPattern = /^\d{3}:\d{3}:(?:\d{3}|0-1)-\d{3}:\d{3}:(?:\d{3}|0-1)$/;

/** A word number, or nothing for the −1 that the source writes `0-1`. */
const readWord = (text = ''): number | undefined => (text.includes('-') ? undefined : Number(text));

const readEnds = (key: string): KeyEnds | undefined => {
  const match = keyPattern.exec(key);
  if (!match) return undefined;
  const [, sura, verse, word, endSura, endVerse, endWord] = match;
  return {
    start: { sura: Number(sura), verse: Number(verse), word: readWord(word) },
    end: { sura: Number(endSura), verse: Number(endVerse), word: readWord(endWord) },
  };
};

/** 000 and 999 stand for “unknown” or “to the end”; the word of a heading is no word of a verse. */
const wordIndex = ({ verse, word }: KeyEnd): number | undefined =>
  verse === 0 || word === 0 || word === 999 ? undefined : word;

const placeOf = ({ sura, verse }: KeyEnd): string => `${sura}:${verse}`;

const suraProblems = (end: KeyEnd): KeyProblem[] => {
  if (!isSura(end.sura)) return [{ code: 'no-sura', message: `There is no sūra ${end.sura}.` }];
  if (end.verse === 0 || isVerse(end.sura, end.verse)) return [];
  const message = `Sūra ${end.sura} (${suraName(end.sura)}) has ${verseCount(end.sura)} verses; ${placeOf(end)} does not exist in the Kufan count.`;
  return [{ code: 'beyond-sura', message }];
};

const namesOneHeading = ({ start, end }: KeyEnds): boolean =>
  start.verse === 0 && end.verse === 0 && start.sura === end.sura;

const wordsAreInverted = ({ start, end }: KeyEnds): boolean =>
  start.word !== undefined && end.word !== undefined && end.word > 0 && end.word < start.word;

/** Whether the end comes before the start; of one heading the words say nothing. */
const isInverted = (ends: KeyEnds): boolean => {
  const { start, end } = ends;
  if (end.sura !== start.sura) return end.sura < start.sura;
  if (end.verse !== start.verse) return end.verse < start.verse;
  return !namesOneHeading(ends) && wordsAreInverted(ends);
};

const placementProblems = (ends: KeyEnds): KeyProblem[] => {
  const { start, end } = ends;
  const problems = [...suraProblems(start), ...suraProblems(end)];
  if (isInverted(ends))
    problems.push({
      code: 'order',
      message: `The end ${placeOf(end)}:${end.word ?? '?'} comes before the start ${placeOf(start)}:${start.word ?? '?'}: an error, or leaves bound or copied in another order.`,
    });
  else if (problems.length === 0 && namesOneHeading(ends))
    problems.push({
      code: 'heading-only',
      message: `Names only the heading of sūra ${start.sura} and no verse.`,
    });
  return problems;
};

const spellingProblems = (key: string, { start, end }: KeyEnds): KeyProblem[] => {
  const problems: KeyProblem[] = [];
  if (start.word === undefined || end.word === undefined)
    problems.push({
      code: 'unreadable-word',
      message: 'A word number is −1; sūra and verse are kept, the word is unknown.',
    });
  if (!wellPaddedPattern.test(key))
    problems.push({ code: 'padding', message: 'The numbers are not written with three digits.' });
  return problems;
};

const suspicions = (key: string, verses: number): KeyProblem[] => {
  const problems: KeyProblem[] = [];
  if (isSuspectOpening(key))
    problems.push({
      code: 'doubtful',
      message: 'Verse 1:1 alone and without words is what an empty entry looks like.',
    });
  if (verses > pageVersesMax)
    problems.push({
      code: 'wide-range',
      message: `${verses} verses do not stand on one page; read as the extent of the manuscript.`,
    });
  return problems;
};

const flagsOf = (problems: readonly KeyProblem[]): PassageFlag[] => {
  const codes = problems.map(({ code }) => code);
  return [...new Set(codes)].filter(
    (code): code is PassageFlag =>
      code !== 'padding' && code !== 'wide-range' && code !== 'placeholder',
  );
};

const startOrdinalOf = ({ sura, verse }: KeyEnd): number => ordinalOf(sura, Math.max(verse, 1));

/** A key that ends with a sūra's heading bears verses up to the end of the sūra before. */
const endOrdinalOf = ({ sura, verse }: KeyEnd): number =>
  verse === 0 ? suraRange(sura - 1).endOrdinal : ordinalOf(sura, verse);

const unplaced = (
  verbatimKey: string,
  placement: 'unplaced' | 'placeholder',
  problems: readonly KeyProblem[],
  ends?: KeyEnds,
): KeyPassage => ({
  verbatimKey,
  placement,
  evidence: 'page',
  startsWithHeading: ends?.start.verse === 0,
  endsWithHeading: ends?.end.verse === 0,
  flags: flagsOf(problems),
  problems,
});

const placed = (verbatimKey: string, ends: KeyEnds, spelling: KeyProblem[]): KeyPassage => {
  const startOrdinal = startOrdinalOf(ends.start);
  const endOrdinal = endOrdinalOf(ends.end);
  const verses = endOrdinal - startOrdinal + 1;
  const problems = [...spelling, ...suspicions(verbatimKey, verses)];
  const startWord = wordIndex(ends.start);
  const endWord = wordIndex(ends.end);
  return {
    verbatimKey,
    placement: 'placed',
    evidence: verses > pageVersesMax ? 'record' : 'page',
    startOrdinal,
    endOrdinal,
    ...(startWord === undefined ? {} : { startWord }),
    ...(endWord === undefined ? {} : { endWord }),
    startsWithHeading: ends.start.verse === 0,
    endsWithHeading: ends.end.verse === 0,
    flags: flagsOf(problems),
    problems,
  };
};

/** Whether a key is 1:1 without words, which many records hold where nothing was entered. */
const isSuspectOpening = (key: string): boolean => key === suspectOpeningKey;

/**
 * Reads one page-extent key. Never throws: whatever is wrong with the key becomes a problem with a
 * message, and the flags that the passage carries in the graph.
 *
 * The suspect opening is flagged `doubtful` here; `settleOpenings` takes the flag away where the
 * rest of the record bears it out.
 */
export const parseVerseKey = (verbatimKey: string): KeyPassage => {
  if (verbatimKey === placeholderKey)
    return unplaced(verbatimKey, 'placeholder', [
      { code: 'placeholder', message: 'A placeholder: no text is stated for the page.' },
    ]);
  const ends = readEnds(verbatimKey);
  if (!ends)
    return unplaced(verbatimKey, 'unplaced', [
      { code: 'unreadable-key', message: 'The key is not of the form sss:vvv:www-sss:vvv:www.' },
    ]);
  const spelling = spellingProblems(verbatimKey, ends);
  const problems = placementProblems(ends);
  return problems.length === 0
    ? placed(verbatimKey, ends, spelling)
    : unplaced(verbatimKey, 'unplaced', [...problems, ...spelling], ends);
};

/** How many verses a passage touches; 0 when it has no ordinals. */
export const verseSpan = ({ startOrdinal, endOrdinal }: KeyPassage): number =>
  startOrdinal === undefined || endOrdinal === undefined ? 0 : endOrdinal - startOrdinal + 1;

const bearsFirstSura = (passage: KeyPassage): boolean =>
  passage.evidence === 'page' &&
  passage.startOrdinal !== undefined &&
  passage.startOrdinal <= suraRange(1).endOrdinal;

const withoutDoubt = (passage: KeyPassage): KeyPassage => ({
  ...passage,
  flags: passage.flags.filter((flag) => flag !== 'doubtful'),
  problems: passage.problems.filter(({ code }) => code !== 'doubtful'),
});

/**
 * Decides the suspect openings of one record, given all its passages in the order of the source: the
 * opening stands without doubt when the record has only one and the page before or after it bears
 * text of the first sūra. Returns the passages in the same order.
 */
export const settleOpenings = (passages: readonly KeyPassage[]): readonly KeyPassage[] => {
  const isOpening = ({ verbatimKey }: KeyPassage): boolean => isSuspectOpening(verbatimKey);
  const place = passages.findIndex(isOpening);
  if (place === -1 || place !== passages.findLastIndex(isOpening)) return passages;
  const neighbours = [passages[place - 1], passages[place + 1]];
  const isBorneOut = neighbours.some((page) => page !== undefined && bearsFirstSura(page));
  return isBorneOut
    ? passages.map((passage, index) => (index === place ? withoutDoubt(passage) : passage))
    : passages;
};

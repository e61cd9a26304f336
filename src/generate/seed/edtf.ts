import {
  boundsOfHijriMonth,
  boundsOfMonth,
  boundsOfYears,
  gregorianDay,
  type DateBounds,
} from '../../model/dates.ts';
import { concept, type Node } from './graph.ts';
import { date, text, year, type Value } from './turtle.ts';

/**
 * Date cells of the tables: EDTF level 1 as far as they use it (`0750`, `0660/0750`, `../0876`,
 * `2016/..`, `1599-06`, `0600~/0700~`), and years and months of the Hijri calendar in the same form.
 */

/** A date as a cell has it: its bounds, and its words. */
export interface CellDate {
  readonly bounds: DateBounds;
  /** As a catalogue writes it: `660-750`, `-750`, `c. 600-c. 700`. */
  readonly words: string;
  /** As it reads best: `not after 750`. */
  readonly readable: Bilingual;
}

/** Words in the two languages of the pages. */
export interface Bilingual {
  readonly en: string;
  readonly ar: string;
}

const pointPattern = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~)?$/;

interface Point {
  readonly year: number;
  readonly month: number | undefined;
  readonly day: number | undefined;
  readonly isAbout: boolean;
}

const readPoint = (cell: string): Point | undefined => {
  if (cell === '..') return undefined;
  const match = pointPattern.exec(cell);
  if (!match) throw new Error(`“${cell}” is not a date of the form used here.`);
  const [, digits, month, day, about] = match;
  return {
    year: Number(digits),
    month: month === undefined ? undefined : Number(month),
    day: day === undefined ? undefined : Number(day),
    isAbout: about !== undefined,
  };
};

const gregorianBounds = ({ year: of, month, day }: Point): DateBounds => {
  if (month === undefined) return boundsOfYears({ from: of, to: of });
  if (day === undefined) return boundsOfMonth(of, month);
  const only = gregorianDay(of, month, day);
  return { begin: only, end: only };
};

const monthsOfYear = 12;

const hijriBounds = ({ year: of, month }: Point): DateBounds => {
  if (month !== undefined) return boundsOfHijriMonth(of, month);
  const { begin } = boundsOfHijriMonth(of, 1);
  const { end } = boundsOfHijriMonth(of, monthsOfYear);
  return { ...(begin === undefined ? {} : { begin }), ...(end === undefined ? {} : { end }) };
};

const pointWords = (point: Point | undefined): string => {
  if (!point) return '';
  const { year: of, month, day, isAbout } = point;
  const parts = [String(of), month, day]
    .filter((part) => part !== undefined)
    .map((part) => String(part).padStart(2, '0'));
  return `${isAbout ? 'c. ' : ''}${parts.join('-')}`;
};

const readableWords = (from: string, to: string): Bilingual => {
  if (from === '') return { en: `not after ${to}`, ar: `لا بعد ${to}` };
  if (to === '') return { en: `not before ${from}`, ar: `لا قبل ${from}` };
  const both = from === to ? from : `${from}-${to}`;
  return { en: both, ar: both.replaceAll('c. ', 'نحو ') };
};

const readWith = (cell: string, boundsOfPoint: (point: Point) => DateBounds): CellDate => {
  const isInterval = cell.includes('/');
  const [from, to] = (isInterval ? cell.split('/') : [cell, cell]).map(readPoint);
  const begin = from && boundsOfPoint(from).begin;
  const end = to && boundsOfPoint(to).end;
  const [fromWords, toWords] = [pointWords(from), pointWords(to)];
  return {
    bounds: { ...(begin === undefined ? {} : { begin }), ...(end === undefined ? {} : { end }) },
    words: isInterval ? `${fromWords}-${toWords}` : fromWords,
    readable: readableWords(fromWords, toWords),
  };
};

/**
 * Reads a date of the common era.
 *
 * @throws Error when the cell is not in the form used here
 */
export const readCommonEra = (cell: string): CellDate => readWith(cell, gregorianBounds);

/** Reads a Hijri date (tabular civil calendar, a day either way); throws as `readCommonEra` does. */
export const readHijri = (cell: string): CellDate => readWith(cell, hijriBounds);

/** A date to be stated: in one calendar, with the words of the source where they are known. */
export interface StatedDate {
  readonly cell: string;
  readonly calendar: 'gregorian' | 'islamic-civil';
  readonly words?: string;
}

/** The words of a stated date: those of the source, or its cell in words. */
export const wordsOf = ({ cell, calendar, words }: StatedDate): string =>
  words ??
  (calendar === 'gregorian' ? readCommonEra(cell).readable.en : `${readHijri(cell).words} AH`);

/** The words of a stated date for a label. */
export const labelWordsOf = (stated: StatedDate): Bilingual => {
  if (stated.calendar === 'gregorian') return readCommonEra(stated.cell).readable;
  return { en: wordsOf(stated), ar: `${readHijri(stated.cell).readable.ar} هـ` };
};

/** The bounds of a stated date. */
export const boundsOf = ({ cell, calendar }: StatedDate): DateBounds =>
  (calendar === 'gregorian' ? readCommonEra(cell) : readHijri(cell)).bounds;

/** Fills a TimeSpan node; EDTF knows no calendar but the Gregorian, so a Hijri date has none. */
export const addSpan = (span: Node, stated: StatedDate): Node => {
  const { begin, end } = boundsOf(stated);
  return span
    .add('isnad:dateAsWritten', text(wordsOf(stated)))
    .add('isnad:calendar', concept('calendar', stated.calendar))
    .add('isnad:beginEarliest', begin === undefined ? undefined : date(begin))
    .add('isnad:endLatest', end === undefined ? undefined : date(end))
    .add('isnad:edtf', stated.calendar === 'gregorian' ? text(stated.cell) : undefined);
};

/** A day or a year as a literal; of a month only the year is kept, the cell itself beside it. */
const periodValue = (cell: string): Value | undefined => {
  if (cell === '' || cell === '..') return undefined;
  return /^\d{4}-\d{2}-\d{2}$/.test(cell) ? date(cell) : year(cell.slice(0, 4));
};

/** States when an activity began and ended; the cells stay as written where a literal is coarser. */
export const addPeriod = (activity: Node, start: string, end: string): Node => {
  const isCoarser = [start, end].some((cell) => /^\d{4}-\d{2}$/.test(cell));
  return activity
    .add('isnad:startDate', periodValue(start))
    .add('isnad:endDate', periodValue(end))
    .add(
      'isnad:dateAsWritten',
      isCoarser ? text([start, end].filter(Boolean).join('/')) : undefined,
    );
};

import { boundsOfHijriMonth, boundsOfYears, edtfOfYears } from '../../model/dates.ts';
import type { Calendar, DateBounds, YearRange } from '../../model/dates.ts';
import { foldForMatching } from '../../model/names.ts';

/**
 * Dates that the description of a manuscript tells in the catalogue's own formulas. The prose is
 * read for these only; whatever else it says of dates is left alone.
 */
export interface DescribedDate {
  /** The words that were read, and no more of the prose. */
  readonly asWritten: string;
  readonly calendar: Calendar;
  readonly bounds: DateBounds;
  readonly edtf?: string;
  /** Which formula: the list at the head of a description, or a sentence on the copying. */
  readonly place: 'heading' | 'colophon';
}

/** The field in the list at the head: `Estimated date of production: 750-900 (?).` */
const headingPattern =
  /(?:estimated date of production|estimated date|date of production|date estimate|creation date)\s*:\s*([^;]{1,120})/i;
/** `copied by … during the month of Ramadan in the year 645` */
const copyingPattern =
  /\b(?:copied|written|completed|accomplished)\b[^.;]{0,100}?\bmonth (?:of )?([\p{L}ʿʾ’' -]{4,24}?),? in the year (\d{2,4})\b/iu;

/** Finds the dates that a description tells in the catalogue's formulas; often none. */
export const describedDates = (description: string): readonly DescribedDate[] => {
  const heading = headingPattern.exec(description)?.[1];
  const found: (DescribedDate | undefined)[] = [
    heading === undefined ? undefined : readHeading(heading),
    readCopying(description),
  ];
  return found.filter((date) => date !== undefined);
};

const readHeading = (text: string): DescribedDate | undefined => {
  for (const { pattern, read } of headingForms) {
    const match = pattern.exec(text);
    const date = match && read(match);
    if (match && date) return { ...date, asWritten: match[0].trim(), place: 'heading' };
  }
  return undefined;
};

type Read = Omit<DescribedDate, 'asWritten' | 'place'>;

const yearsRead = (years: YearRange): Read | undefined =>
  years.from !== undefined && years.to !== undefined && years.from > years.to
    ? undefined
    : { calendar: 'gregorian', bounds: boundsOfYears(years), edtf: edtfOfYears(years) };

const centuriesRead = (first: string, last: string | undefined): Read | undefined =>
  yearsRead({ from: Number(first) * 100 - 99, to: Number(last ?? first) * 100 });

/** A year of the second half written short: `1242-43`. */
const fullYear = (from: string, to: string): number =>
  Number(to.length < from.length ? from.slice(0, from.length - to.length) + to : to);

const about = String.raw`^(?:circa |ca\. ?|c\. ?|probably |possibly )?`;
const era = String.raw`(?:\s*(?:CE|AD|C\.E\.?|A\.D\.?))`;
const doubt = String.raw`(?:\s*\(\?+\))?`;
/** Not followed by an era of the Hijra, nor by more digits. */
const commonEra = String.raw`(?!\d|\s*(?:AH|A\.H|H\b|Hijri))`;
const nth = String.raw`(\d{1,2})(?:st|nd|rd|th)`;

/** The forms of the heading, the first that fits counts. What fits none is not compared. */
const headingForms: readonly {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => Read | undefined;
}[] = [
  {
    // 750-900 (?), 1242-43 CE
    pattern: new RegExp(`${about}(\\d{3,4})\\s*[-–]\\s*(\\d{2,4})${commonEra}${era}?${doubt}`, 'i'),
    read: ([, from = '', to = '']) => yearsRead({ from: Number(from), to: fullYear(from, to) }),
  },
  {
    pattern: new RegExp(`${about}before (\\d{3,4})${commonEra}${era}?${doubt}`, 'i'),
    read: ([, to]) => yearsRead({ to: Number(to) }),
  },
  {
    pattern: new RegExp(`${about}after (\\d{3,4})${commonEra}${era}?${doubt}`, 'i'),
    read: ([, from]) => yearsRead({ from: Number(from) }),
  },
  {
    // 1204 CE; 998
    pattern: new RegExp(`${about}(\\d{3,4})${commonEra}(?!\\s*[-–/])${era}?${doubt}`, 'i'),
    read: ([, year]) => yearsRead({ from: Number(year), to: Number(year) }),
  },
  {
    // 2nd (8th) to 3rd (9th) centuries: the common era stands in brackets
    pattern: new RegExp(`^${nth} \\(${nth}\\)(?: to ${nth} \\(${nth}\\))? centur(?:y|ies)`, 'i'),
    read: ([, , first = '', , last]) => centuriesRead(first, last),
  },
  {
    // 9th or 10th century AD; 4th century A.H / 10th century C.E
    pattern: new RegExp(
      `^(?:.{0,40}/\\s*)?${nth}(?:\\s*(?:or|to|-|–)\\s*${nth})? centur(?:y|ies)${era}`,
      'i',
    ),
    read: ([, first = '', last]) => centuriesRead(first, last),
  },
  {
    // colophon: Ramaḍān 383 AH; ramaḍān 410 H
    pattern: /^(?:colophon: )?([\p{L}ʿʾ’' -]{4,24}?) (\d{2,4}) (?:AH|H)\b/iu,
    read: ([, month = '', year]) => hijriMonthRead(month, Number(year)),
  },
];

/** The Islamic months, by what is left of their names in matching, in several romanisations. */
const hijriMonths: readonly RegExp[] = [
  /^muharram$/,
  /^(?:safar|sefer)$/,
  /^rabi (?:al )?(?:awwal|i)$/,
  /^rabi (?:al )?(?:thani|tani|akhir|ahir|ii)$/,
  /^[jg]umada (?:al )?(?:awwal|ula|i)$/,
  /^[jg]umada (?:al )?(?:thani|tani|akhira|ahira|ii)$/,
  /^[rj]a[jg]ab$/,
  /^sh?aban$/,
  /^rama[dz]an$/,
  /^sh?awwal$/,
  /^(?:dhu|du) (?:al |l )?qa(?:da)$/,
  /^(?:dhu|du) (?:al |l )?hi[jg]{1,2}a$/,
];

const hijriMonthRead = (month: string, year: number): Read | undefined => {
  const folded = foldForMatching(month);
  const index = hijriMonths.findIndex((pattern) => pattern.test(folded));
  return index < 0 || year === 0
    ? undefined
    : { calendar: 'islamic-civil', bounds: boundsOfHijriMonth(year, index + 1) };
};

const readCopying = (description: string): DescribedDate | undefined => {
  const [, month = '', year = ''] = copyingPattern.exec(description) ?? [];
  const date = hijriMonthRead(month, Number(year));
  return date && { ...date, asWritten: `${month} ${year}`, place: 'colophon' };
};

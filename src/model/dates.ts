/**
 * Dates of manuscripts: years and year ranges as sources write them, days and months of three
 * calendars, and the bounds they all become.
 *
 * Bounds are `xsd:date` in the proleptic Gregorian calendar. A date with a month or a day before
 * 15 October 1582 is Julian and is converted; a bare year is not shifted: the year 750 runs from
 * 0750-01-01 to 0750-12-31, as every catalogue that writes "750" is understood.
 */

/** Calendars by their concept in `vocabulary/calendar`. */
export type Calendar = 'gregorian' | 'julian' | 'islamic-civil';

/** Outer bounds of a span of time, each an `xsd:date`; a bound that is missing is open. */
export interface DateBounds {
  readonly begin?: string;
  readonly end?: string;
}

/** A year range as a source states it; a side that is missing is open. */
export interface YearRange {
  readonly from?: number;
  readonly to?: number;
}

export type YearProblem = 'zero' | 'reversed' | 'not-understood';

export type ParsedYears =
  | { readonly kind: 'none' }
  | { readonly kind: 'years'; readonly years: YearRange }
  | { readonly kind: 'invalid'; readonly problem: YearProblem };

/** The first day of the Gregorian calendar, as a Gregorian ISO date. */
const gregorianReform = '1582-10-15';

const yearRangePattern = /^(\d{1,4})?(?:\s*([-–—])\s*(\d{1,4})?)?$/;

/**
 * Reads a field that holds years of the common era: `750-900`, `-750` (not after), `750-` (not
 * before), `998`, `998-998`. Empty text is no date. `0` is no year: the era has none.
 */
export const parseYearRange = (text: string): ParsedYears => {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'none' };
  const match = yearRangePattern.exec(trimmed);
  const [, first, dash, second] = match ?? [];
  if (!match || (first === undefined && second === undefined))
    return { kind: 'invalid', problem: 'not-understood' };
  const from = first === undefined ? undefined : Number(first);
  const to = dash === undefined ? from : second === undefined ? undefined : Number(second);
  if (from === 0 || to === 0) return { kind: 'invalid', problem: 'zero' };
  if (from !== undefined && to !== undefined && from > to)
    return { kind: 'invalid', problem: 'reversed' };
  return {
    kind: 'years',
    years: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
  };
};

const fourDigits = (year: number): string => String(year).padStart(4, '0');

/** The outer bounds of a range of whole years of the common era. */
export const boundsOfYears = ({ from, to }: YearRange): DateBounds => ({
  ...(from === undefined ? {} : { begin: `${fourDigits(from)}-01-01` }),
  ...(to === undefined ? {} : { end: `${fourDigits(to)}-12-31` }),
});

/** A year range as EDTF level 1: `0750/0900`, `../0750`, `0998`. */
export const edtfOfYears = ({ from, to }: YearRange): string => {
  if (from !== undefined && from === to) return fourDigits(from);
  const side = (year: number | undefined): string => (year === undefined ? '..' : fourDigits(year));
  return `${side(from)}/${side(to)}`;
};

/**
 * A Julian day as a proleptic Gregorian ISO date.
 *
 * By the Julian day number (Richards' algorithm), which is exact for every year of the common era.
 *
 * @param year 1 or later
 * @param month 1 to 12
 * @param day 1 to 31
 */
export const gregorianOfJulian = (year: number, month: number, day: number): string => {
  const shift = Math.floor((14 - month) / 12);
  const y = year + 4800 - shift;
  const m = month + 12 * shift - 3;
  const dayNumber = day + Math.floor((153 * m + 2) / 5) + 365 * y + Math.floor(y / 4) - 32_083;
  return Temporal.PlainDate.from('2000-01-01')
    .add({ days: dayNumber - julianDayOf2000 })
    .toString();
};

/** Julian day number of 1 January 2000 (Gregorian), at noon. */
const julianDayOf2000 = 2_451_545;

/** The bounds of a month of the tabular Islamic calendar (civil epoch), which may be a day off. */
export const boundsOfHijriMonth = (year: number, month: number): DateBounds => {
  const first = Temporal.PlainDate.from({ calendar: 'islamic-civil', year, month, day: 1 });
  const last = first.add({ months: 1 }).subtract({ days: 1 });
  return {
    begin: first.subtract({ days: hijriUncertaintyDays }).withCalendar('iso8601').toString(),
    end: last.add({ days: hijriUncertaintyDays }).withCalendar('iso8601').toString(),
  };
};

/** The month began when the new moon was seen, so a computed day may be off by one either way. */
const hijriUncertaintyDays = 1;

/** The bounds of a month of the common era; its days before 15 October 1582 are Julian. */
export const boundsOfMonth = (year: number, month: number): DateBounds => {
  const { daysInMonth } = Temporal.PlainYearMonth.from({ year, month });
  const julianDays = month === 2 && year % 4 === 0 ? 29 : daysInMonth;
  const last = gregorianDay(year, month, daysInMonth);
  return {
    begin: gregorianDay(year, month, 1),
    end: last >= gregorianReform ? last : gregorianOfJulian(year, month, julianDays),
  };
};

/** One day of the common era as a proleptic Gregorian ISO date; Julian before 15 October 1582. */
export const gregorianDay = (year: number, month: number, day: number): string => {
  const asGregorian = Temporal.PlainDate.from({ year, month, day: Math.min(day, 28) })
    .add({ days: Math.max(day - 28, 0) })
    .toString();
  return asGregorian >= gregorianReform ? asGregorian : gregorianOfJulian(year, month, day);
};

/** Whether two spans certainly have no day in common. */
export const areDisjoint = (one: DateBounds, other: DateBounds): boolean =>
  isBefore(one.end, other.begin) || isBefore(other.end, one.begin);

const isBefore = (end: string | undefined, begin: string | undefined): boolean =>
  end !== undefined && begin !== undefined && end < begin;

/**
 * Whether two spans begin and end in the same years, give or take one: catalogues write the ninth
 * century as 801-900 and as 800-900.
 */
export const areSameYears = (one: DateBounds, other: DateBounds): boolean =>
  areNear(one.begin, other.begin) && areNear(one.end, other.end);

const areNear = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined
    ? one === other
    : Math.abs(yearOf(one) - yearOf(other)) <= 1;

const yearOf = (date: string): number => Number(date.slice(0, 4));

/** ISO dates of four-digit years are in order as text. */
const byText = (one: string, other: string): number => (one < other ? -1 : 1);

/** The outermost bounds of several spans; a side that is open in any of them is open. */
export const outermostBounds = (spans: readonly DateBounds[]): DateBounds => {
  const sorted = (side: 'begin' | 'end'): readonly string[] | undefined => {
    const bounds = spans.map((span) => span[side]).filter((bound) => bound !== undefined);
    return bounds.length === spans.length ? bounds.toSorted(byText) : undefined;
  };
  const begin = sorted('begin')?.[0];
  const end = sorted('end')?.at(-1);
  return { ...(begin === undefined ? {} : { begin }), ...(end === undefined ? {} : { end }) };
};

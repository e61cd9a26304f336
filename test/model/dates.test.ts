import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areDisjoint,
  areSameYears,
  boundsOfHijriMonth,
  boundsOfMonth,
  boundsOfYears,
  edtfOfYears,
  gregorianDay,
  gregorianOfJulian,
  outermostBounds,
  parseYearRange,
} from '../../src/model/dates.ts';

describe('A date field of years', () => {
  const fields = [
    ['750-900', { from: 750, to: 900 }, '0750/0900'],
    ['750–900', { from: 750, to: 900 }, '0750/0900'],
    ['-750', { to: 750 }, '../0750'],
    ['1200-', { from: 1200 }, '1200/..'],
    ['998-998', { from: 998, to: 998 }, '0998'],
    [' 998 ', { from: 998, to: 998 }, '0998'],
  ] as const;
  it.each(fields)('%j is read as %j', (text, years, edtf) => {
    expect(parseYearRange(text)).toEqual({ kind: 'years', years });
    expect(edtfOfYears(years)).toBe(edtf);
  });

  it('that is empty states no date', () => {
    expect(parseYearRange(' ')).toEqual({ kind: 'none' });
  });

  const invalid = [
    ['0', 'zero'],
    ['0-750', 'zero'],
    ['900-750', 'reversed'],
    ['9th century', 'not-understood'],
    ['-', 'not-understood'],
    ['12345', 'not-understood'],
  ] as const;
  it.each(invalid)('%j is refused as %s', (text, problem) => {
    expect(parseYearRange(text)).toEqual({ kind: 'invalid', problem });
  });

  it('is read back from what it was written as, for any range', () => {
    const year = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(year, year, (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        expect(parseYearRange(`${from}-${to}`)).toEqual({ kind: 'years', years: { from, to } });
      }),
    );
  });
});

describe('The bounds of a date', () => {
  it('are whole years, not shifted between calendars', () => {
    expect(boundsOfYears({ from: 750, to: 900 })).toEqual({
      begin: '0750-01-01',
      end: '0900-12-31',
    });
  });

  it('stay open where the source leaves them open', () => {
    expect(boundsOfYears({ to: 750 })).toEqual({ end: '0750-12-31' });
  });

  it('take a day before the reform of 1582 as Julian and later ones as Gregorian', () => {
    expect(gregorianDay(1582, 10, 4)).toBe('1582-10-14');
    expect(gregorianDay(1582, 10, 15)).toBe('1582-10-15');
    // The epoch of the Hijra: 16 July 622 Julian.
    expect(gregorianOfJulian(622, 7, 16)).toBe('0622-07-19');
  });

  it('of a month before the reform are the Julian month’s', () => {
    expect(boundsOfMonth(1599, 6)).toEqual({ begin: '1599-06-01', end: '1599-06-30' });
    expect(boundsOfMonth(1500, 2)).toEqual({ begin: '1500-02-10', end: '1500-03-10' });
    expect(boundsOfMonth(1582, 10)).toEqual({ begin: '1582-10-11', end: '1582-10-31' });
  });

  it('of a Hijri month are a day wider on either side than its computed days', () => {
    // Ramaḍān 645: 30 December 1247 to 28 January 1248 Julian.
    expect(boundsOfHijriMonth(645, 9)).toEqual({ begin: '1248-01-05', end: '1248-02-05' });
  });

  it('follow each other for Julian days that follow each other', () => {
    const day = fc.record({
      year: fc.integer({ min: 1, max: 1581 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 27 }),
    });
    fc.assert(
      fc.property(day, ({ year, month, day: number }) => {
        const today = gregorianOfJulian(year, month, number);
        const tomorrow = gregorianOfJulian(year, month, number + 1);
        expect(Temporal.PlainDate.from(today).add({ days: 1 }).toString()).toBe(tomorrow);
      }),
    );
  });
});

describe('Two dates', () => {
  const early = boundsOfYears({ from: 690, to: 780 });
  const late = boundsOfYears({ from: 1000, to: 1200 });

  it('contradict each other when they have no day in common', () => {
    expect(areDisjoint(early, late)).toBe(true);
    expect(areDisjoint(early, boundsOfYears({ to: 700 }))).toBe(false);
    expect(areDisjoint(boundsOfYears({ from: 800 }), early)).toBe(true);
  });

  it('are the same when their years differ by one at most', () => {
    const century = boundsOfYears({ from: 801, to: 900 });
    expect(areSameYears(century, boundsOfYears({ from: 800, to: 900 }))).toBe(true);
    expect(areSameYears(century, boundsOfYears({ from: 800, to: 950 }))).toBe(false);
    expect(areSameYears(century, boundsOfYears({ to: 900 }))).toBe(false);
  });

  it('have as outermost bounds those of both, and an open side stays open', () => {
    expect(outermostBounds([early, late])).toEqual({ begin: '0690-01-01', end: '1200-12-31' });
    expect(outermostBounds([early, boundsOfYears({ to: 900 })])).toEqual({ end: '0900-12-31' });
    expect(outermostBounds([])).toEqual({});
  });
});

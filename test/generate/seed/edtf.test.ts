import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  labelWordsOf,
  readCommonEra,
  readHijri,
  wordsOf,
} from '../../../src/generate/seed/edtf.ts';

describe('a date cell of the common era', () => {
  it.each([
    ['0998', { begin: '0998-01-01', end: '0998-12-31' }, '998'],
    ['0660/0750', { begin: '0660-01-01', end: '0750-12-31' }, '660-750'],
    ['../0750', { end: '0750-12-31' }, '-750'],
    ['2016/..', { begin: '2016-01-01' }, '2016-'],
    ['1599-06', { begin: '1599-06-01', end: '1599-06-30' }, '1599-06'],
    ['1982-05-23', { begin: '1982-05-23', end: '1982-05-23' }, '1982-05-23'],
    ['0600~/0700~', { begin: '0600-01-01', end: '0700-12-31' }, 'c. 600-c. 700'],
  ])('%s has its bounds and the words of a catalogue', (cell, bounds, words) => {
    expect(readCommonEra(cell)).toMatchObject({ bounds, words });
  });

  it('reads as an open date in both languages', () => {
    expect(readCommonEra('../0750').readable).toEqual({ en: 'not after 750', ar: 'لا بعد 750' });
    expect(readCommonEra('0600~/0700~').readable.ar).toBe('نحو 600-نحو 700');
  });

  it('is Julian when it has a month before the reform of 1582', () => {
    expect(readCommonEra('1004-01').bounds).toEqual({ begin: '1004-01-07', end: '1004-02-06' });
  });

  it('has bounds in order, whatever the years', () => {
    const years = fc.integer({ min: 1, max: 2100 });
    fc.assert(
      fc.property(years, years, (one, other) => {
        const cell = [one, other]
          .toSorted((a, b) => a - b)
          .map((year) => String(year).padStart(4, '0'))
          .join('/');
        const { begin = '', end = '' } = readCommonEra(cell).bounds;
        expect(begin < end).toBe(true);
      }),
    );
  });

  it.each(['750', 'c. 750', '0750?', '75X', ''])(
    'is refused when it is not in the form used: %j',
    (cell) => {
      expect(() => readCommonEra(cell)).toThrow('is not a date');
    },
  );
});

describe('a Hijri cell', () => {
  it('has the bounds of its month, a day either way', () => {
    const { begin = '', end = '' } = readHijri('0645-09').bounds;
    expect(begin >= '1248-01-04' && begin <= '1248-01-08').toBe(true);
    expect(end >= '1248-02-03' && end <= '1248-02-07').toBe(true);
  });

  it('says its calendar in a label, and keeps the words of the source', () => {
    const stated = {
      cell: '../0262',
      calendar: 'islamic-civil',
      words: 'not after 262 AH',
    } as const;
    expect(wordsOf(stated)).toBe('not after 262 AH');
    expect(labelWordsOf(stated)).toEqual({ en: 'not after 262 AH', ar: 'لا بعد 262 هـ' });
    expect(boundsOf(stated).begin).toBeUndefined();
  });
});

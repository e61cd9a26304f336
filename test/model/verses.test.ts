import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import {
  formatRange,
  formatVerse,
  isVerse,
  ordinalOf,
  parseVerseReference,
  suraCount,
  suraName,
  suraRange,
  verseAt,
  verseCount,
  verseTotal,
} from '../../src/model/verses.ts';

const ordinal = fc.integer({ min: 1, max: 6236 });
const failure = (text: string): IsnadError => {
  try {
    parseVerseReference(text);
  } catch (error) {
    if (error instanceof IsnadError) return error;
  }
  throw new Error(`${text} was read as a reference`);
};

const outcome = (text: string): string => {
  try {
    const { startOrdinal, endOrdinal } = parseVerseReference(text);
    return startOrdinal <= endOrdinal ? 'read' : 'inverted';
  } catch (error) {
    return error instanceof IsnadError ? error.code : 'crashed';
  }
};

describe('verses and their ordinals', () => {
  it('count 114 sūras and 6,236 verses', () => {
    expect(suraCount).toBe(114);
    expect(verseTotal).toBe(6236);
    expect([1, 2, 9, 114].map(verseCount)).toEqual([7, 286, 129, 6]);
  });

  it.each([
    [1, 1, 1],
    [1, 7, 7],
    [2, 1, 8],
    [2, 255, 262],
    [114, 6, 6236],
  ])('place %i:%i at ordinal %i', (sura, verse, expected) => {
    expect(ordinalOf(sura, verse)).toBe(expected);
    expect(verseAt(expected)).toEqual({ sura, verse });
  });

  it('go from ordinal to verse and back without loss', () => {
    fc.assert(
      fc.property(ordinal, (n) => {
        const { sura, verse } = verseAt(n);
        expect(isVerse(sura, verse)).toBe(true);
        expect(ordinalOf(sura, verse)).toBe(n);
      }),
    );
  });

  it('follow each other without a gap from sūra to sūra', () => {
    for (let sura = 2; sura <= suraCount; sura += 1)
      expect(suraRange(sura).startOrdinal).toBe(suraRange(sura - 1).endOrdinal + 1);
  });

  it.each([0, -1, 6237, 1.5, Number.NaN])('refuse the ordinal %d', (n) => {
    expect(() => verseAt(n)).toThrow(IsnadError);
  });

  it('know the sūras by name', () => {
    expect(suraName(3)).toBe('Āl ʻImrān');
    expect(new Set(Array.from({ length: 114 }, (_, n) => suraName(n + 1))).size).toBe(114);
  });
});

describe('a verse reference', () => {
  it.each([
    ['2:255', 262, 262, '2:255'],
    ['2.255', 262, 262, '2:255'],
    [' 002:255 ', 262, 262, '2:255'],
    ['2:255-2:257', 262, 264, '2:255-2:257'],
    ['2:255-257', 262, 264, '2:255-2:257'],
    ['2.255–2.257', 262, 264, '2:255-2:257'],
    ['2:286 - 3:1', 293, 294, '2:286-3:1'],
    ['2:255-2:255', 262, 262, '2:255'],
    ['2', 8, 293, '2'],
    ['٢:٢٥٥', 262, 262, '2:255'],
    ['۲:۲۵۵-۲۵۷', 262, 264, '2:255-2:257'],
  ])('is read from “%s”', (text, startOrdinal, endOrdinal, canonical) => {
    expect(parseVerseReference(text)).toEqual({ startOrdinal, endOrdinal, canonical });
  });

  it('survives being written and read again', () => {
    fc.assert(
      fc.property(ordinal, ordinal, (a, b) => {
        const [startOrdinal, endOrdinal] = a < b ? [a, b] : [b, a];
        const canonical = formatRange(startOrdinal, endOrdinal);
        expect(parseVerseReference(canonical)).toEqual({ startOrdinal, endOrdinal, canonical });
      }),
    );
  });

  it('reads the same in Arabic-Indic digits', () => {
    fc.assert(
      fc.property(ordinal, (n) => {
        const western = formatVerse(n);
        const arabic = western.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)));
        expect(parseVerseReference(arabic)).toEqual(parseVerseReference(western));
      }),
    );
  });

  it.each([
    ['2:300', 'Sūra 2 (al-Baqarah) has 286 verses; 2:300 does not exist.'],
    ['2:0', 'Sūra 2 (al-Baqarah) has 286 verses; 2:0 does not exist.'],
    ['2:255-300', 'Sūra 2 (al-Baqarah) has 286 verses; 2:300 does not exist.'],
    ['115:1', 'There is no sūra 115; the Qur’an has 114 sūras.'],
    ['0', 'There is no sūra 0; the Qur’an has 114 sūras.'],
    ['2:257-2:255', '2:255 comes before 2:257; name the earlier verse first.'],
  ])('to a place that is none, “%s”, is refused with the reason', (text, message) => {
    expect(failure(text)).toMatchObject({ code: 'verse-reference', message });
  });

  it('names the length of the sūra for machines, too', () => {
    expect(failure('2:300').extra).toEqual({ sura: 2, verse: 300, verseCount: 286 });
  });

  it.each([
    '',
    ':',
    '2:',
    '2-4',
    'x:1',
    '2:255:1',
    '2:255-',
    '-1',
    '2:1-3:1-4:1',
    '2:1; DROP',
    '1e3',
  ])('is not seen in “%s”', (text) => {
    expect(failure(text).message).toContain('is not a verse reference');
  });

  it('is read or refused, whatever the text', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9:.٢-]{0,9}$/));
    fc.assert(
      fc.property(text, (any) => {
        expect(['read', 'verse-reference']).toContain(outcome(any));
      }),
    );
  });
});

import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteBudget } from '../../src/import/readers/byte-budget.ts';
import { readArchive } from '../../src/import/readers/delivery-archive.ts';
import { parseVerseKey, settleOpenings, verseSpan } from '../../src/model/verse-key.ts';
import { ordinalOf, verseAt } from '../../src/model/verses.ts';

const pad = (n: number): string => String(n).padStart(3, '0');
const keyOf = (start: number, end: number, startWord: number, endWord: number): string => {
  const [a, b] = [verseAt(start), verseAt(end)];
  return `${pad(a.sura)}:${pad(a.verse)}:${pad(startWord)}-${pad(b.sura)}:${pad(b.verse)}:${pad(endWord)}`;
};
const codes = (key: string): string[] => parseVerseKey(key).problems.map(({ code }) => code);

const settled = (...keys: string[]): (readonly string[])[] =>
  settleOpenings(keys.map(parseVerseKey)).map(({ flags }) => flags);

describe('a page-extent key', () => {
  it('becomes an interval of verses with the words at its ends', () => {
    expect(parseVerseKey('002:275:035-002:282:077')).toEqual({
      verbatimKey: '002:275:035-002:282:077',
      placement: 'placed',
      evidence: 'page',
      startOrdinal: 282,
      endOrdinal: 289,
      startWord: 35,
      endWord: 77,
      startsWithHeading: false,
      endsWithHeading: false,
      flags: [],
      problems: [],
    });
  });

  it('keeps any well-formed range as it is', () => {
    const place = fc.integer({ min: 1, max: 6236 });
    const word = fc.integer({ min: 1, max: 998 });
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 149 }), word, word, (start, more, w, x) => {
        const end = Math.min(start + more, 6236);
        fc.pre(end > start);
        const key = keyOf(start, end, w, x);
        expect(parseVerseKey(key)).toMatchObject({
          verbatimKey: key,
          placement: 'placed',
          evidence: 'page',
          startOrdinal: start,
          endOrdinal: end,
          startWord: w,
          endWord: x,
          flags: [],
        });
      }),
    );
  });

  it('never has ordinals that are out of order or out of range, whatever its numbers', () => {
    const part = fc.integer({ min: 0, max: 130 });
    const word = fc.constantFrom('000', '999', '0-1', '007', '042');
    fc.assert(
      fc.property(part, part, word, part, part, word, (a, b, c, d, e, f) => {
        const passage = parseVerseKey(`${pad(a)}:${pad(b)}:${c}-${pad(d)}:${pad(e)}:${f}`);
        const { placement, startOrdinal = 0, endOrdinal = 0, problems } = passage;
        expect(startOrdinal <= endOrdinal && startOrdinal >= 0 && endOrdinal <= 6236).toBe(true);
        expect(startOrdinal > 0).toBe(placement === 'placed');
        expect(placement === 'placed' || problems.length > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('has no word index where the source writes 000 or 999', () => {
    const passage = parseVerseKey('002:001:000-002:005:999');
    expect(passage.placement).toBe('placed');
    expect(passage).not.toHaveProperty('startWord');
    expect(passage).not.toHaveProperty('endWord');
  });

  it('starts at verse 1 when it starts with the heading, whose words are not the verse’s', () => {
    const passage = parseVerseKey('016:000:001-016:010:013');
    expect(passage).toMatchObject({
      startOrdinal: ordinalOf(16, 1),
      endOrdinal: ordinalOf(16, 10),
      endWord: 13,
      startsWithHeading: true,
      endsWithHeading: false,
    });
    expect(passage).not.toHaveProperty('startWord');
  });

  it('ends in the sūra before when it ends with a heading', () => {
    expect(parseVerseKey('008:072:006-009:000:000')).toMatchObject({
      placement: 'placed',
      startOrdinal: ordinalOf(8, 72),
      endOrdinal: ordinalOf(8, 75),
      endsWithHeading: true,
    });
    expect(parseVerseKey('102:000:000-104:000:000')).toMatchObject({
      startOrdinal: ordinalOf(102, 1),
      endOrdinal: ordinalOf(103, 3),
      startsWithHeading: true,
      endsWithHeading: true,
    });
  });

  it('bears no verse when it names one heading only', () => {
    const passage = parseVerseKey('030:000:000-030:000:000');
    expect(passage).toMatchObject({ placement: 'unplaced', flags: ['heading-only'] });
    expect(passage.startsWithHeading && passage.endsWithHeading).toBe(true);
    expect(verseSpan(passage)).toBe(0);
  });

  it('states no passage when it is the placeholder', () => {
    expect(parseVerseKey('001:000:000-001:000:000')).toMatchObject({
      placement: 'placeholder',
      flags: [],
    });
  });

  it('speaks of the whole manuscript when it is wider than 150 verses', () => {
    expect(parseVerseKey('001:001:001-114:006:003')).toMatchObject({
      placement: 'placed',
      evidence: 'record',
      flags: [],
    });
    expect(parseVerseKey(keyOf(101, 250, 1, 1)).evidence).toBe('page');
    expect(parseVerseKey(keyOf(101, 251, 1, 1)).evidence).toBe('record');
    expect(verseSpan(parseVerseKey(keyOf(101, 251, 1, 1)))).toBe(151);
  });

  it('keeps sūra and verse when a word is −1', () => {
    const passage = parseVerseKey('003:038:0-1-003:051:004');
    expect(passage).toMatchObject({
      placement: 'placed',
      startOrdinal: ordinalOf(3, 38),
      endOrdinal: ordinalOf(3, 51),
      endWord: 4,
      flags: ['unreadable-word'],
    });
    expect(passage).not.toHaveProperty('startWord');
  });

  it('is read and reported when its numbers are not padded', () => {
    expect(parseVerseKey('2:255:1-2:257:12')).toMatchObject({ startOrdinal: 262, endOrdinal: 264 });
    expect(codes('2:255:1-2:257:12')).toEqual(['padding']);
  });

  it.each([
    ['089:089:999-009:094:999', ['beyond-sura', 'order']],
    ['000:089:049-005:090:008', ['no-sura']],
    ['114:001:001-115:000:000', ['no-sura']],
    ['050:047:999-050:055:999', ['beyond-sura']],
    ['022:102:999-022:018:999', ['beyond-sura', 'order']],
    ['002:151:004-001:001:000', ['order']],
    ['022:077:999-022:077:007', ['order']],
    ['024:055:029-024:055:022', ['order']],
    ['052:026:003-052:000:000', ['order']],
    ['', ['unreadable-key']],
    ['2:255', ['unreadable-key']],
    ['002:255:001', ['unreadable-key']],
  ])('%s is kept without ordinals and flagged %j', (key, flags) => {
    const passage = parseVerseKey(key);
    expect(passage).toMatchObject({ verbatimKey: key, placement: 'unplaced', flags });
    expect(passage).not.toHaveProperty('startOrdinal');
    expect([...new Set(passage.problems.map(({ code }) => code))]).toEqual(flags);
    expect(passage.problems.map(({ message }) => message).join('')).toMatch(/\w/);
  });

  it('is not out of order when only its last word is unknown', () => {
    expect(parseVerseKey('002:061:012-002:061:000').placement).toBe('placed');
    expect(parseVerseKey('002:061:012-002:061:0-1').placement).toBe('placed');
    expect(parseVerseKey('002:061:012-002:061:999').placement).toBe('placed');
  });
});

describe('an opening without words', () => {
  const opening = '001:001:000-001:001:000';
  it('is doubtful, with its ordinals, as long as nothing bears it out', () => {
    expect(parseVerseKey(opening)).toMatchObject({
      placement: 'placed',
      startOrdinal: 1,
      endOrdinal: 1,
      flags: ['doubtful'],
    });
  });

  it('stands when the page next to it bears the first sūra', () => {
    expect(settled(opening, '001:001:001-002:012:005')).toEqual([[], []]);
  });

  it('stays doubtful where the record’s text lies elsewhere', () => {
    expect(settled(opening, '029:044:001-029:045:012')).toEqual([['doubtful'], []]);
    expect(settled('001:001:001-001:007:009', '034:021:013-034:022:026', opening)[2]).toEqual([
      'doubtful',
    ]);
    expect(settled(opening, '001:001:001-114:006:003')[0]).toEqual(['doubtful']);
  });

  it('stays doubtful on several pages of one record', () => {
    expect(settled(opening, opening, '001:001:001-001:005:003')).toEqual([
      ['doubtful'],
      ['doubtful'],
      [],
    ]);
  });
});

const archive = path.join(
  import.meta.dirname,
  '../../../shared/partner-data/corpus-coranicum-tei/quran_manuscripts.tar.xz',
);

/** The keys of each record of the catalogue, in the order of its pages. */
const catalogueKeys = async (): Promise<string[][]> => {
  const files = readArchive(createReadStream(archive), {
    archive,
    compression: 'xz',
    budget: createByteBudget({ importBytesMax: 1e9, importFileBytesMax: 1e8, importQuadsMax: 1 }),
    unwanted: () => undefined,
  });
  const records: string[][] = [];
  for await (const file of files) {
    const text = 'bytes' in file ? Buffer.from(file.bytes).toString('utf8') : '';
    records.push(
      [...text.matchAll(/<title type="numeric" key="([^"]*)"/g)].map(([, key = '']) => key),
    );
  }
  return records;
};

const countBy = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

describe.skipIf(!existsSync(archive))('the keys of the real catalogue', () => {
  it('are all read, and none is lost', async () => {
    const records = await catalogueKeys();
    const passages = records.flatMap((keys) => settleOpenings(keys.map(parseVerseKey)));
    expect(passages).toHaveLength(48_892);
    expect(countBy(passages.map(({ placement }) => placement))).toEqual({
      placed: 48_635,
      unplaced: 78,
      placeholder: 179,
    });
    expect(passages.filter(({ evidence }) => evidence === 'record')).toHaveLength(86);
    expect(countBy(passages.flatMap(({ flags }) => flags))).toEqual({
      order: 47,
      doubtful: 75,
      'beyond-sura': 28,
      'no-sura': 1,
      'unreadable-word': 22,
      'heading-only': 5,
    });
  }, 30_000);
});

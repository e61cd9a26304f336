import { describe, expect, it } from 'vitest';
import { found, keysOf, mapTei, saidOf, teiOf } from '../tei-fixture.ts';

const record = 'manuscript/mysql_id_1';
const spanOf = (suffix: string): string => `${record}/${suffix}#span`;

describe('The date field of a record', () => {
  it('becomes an assertion about the production, with bounds, EDTF and the words', () => {
    const mapped = mapTei(teiOf({ date: '750-900' }));
    expect(saidOf(mapped, `${record}/date`)).toMatchObject({
      about: [`${record}#production`],
      assertedProperty: ['http://www.cidoc-crm.org/cidoc-crm/P4_has_time-span'],
      assertedValue: [spanOf('date')],
      valueAsWritten: ['750-900'],
      assertedByName: ['Sample Catalogue'],
      sourceElement: ['origDate'],
    });
    expect(saidOf(mapped, spanOf('date'))).toMatchObject({
      beginEarliest: ['0750-01-01'],
      endLatest: ['0900-12-31'],
      edtf: ['0750/0900'],
      calendar: ['https://w3id.org/isnad/vocabulary/calendar/gregorian'],
    });
    expect(saidOf(mapped, record)).toMatchObject({
      dateEarliest: ['0750-01-01'],
      dateLatest: ['0900-12-31'],
    });
  });

  it('with an open start has no earliest date', () => {
    const said = saidOf(mapTei(teiOf({ date: '-750' })), record);
    expect(said['dateEarliest']).toBeUndefined();
    expect(said['dateLatest']).toEqual(['0750-12-31']);
  });

  it('that is empty makes no date, and the record is told to be undated', () => {
    const mapped = mapTei(teiOf({ date: '' }));
    expect(keysOf(mapped)).not.toContain(`${record}/date`);
    expect(found(mapped, 'date-absent')).toEqual(['origDate: ']);
  });

  it('that is 0 makes no date and is told', () => {
    const mapped = mapTei(teiOf({ date: '0' }));
    expect(keysOf(mapped)).not.toContain(`${record}/date`);
    expect(found(mapped, 'date-invalid')).toEqual(['origDate: 0']);
  });

  it('that is prose keeps its words without bounds', () => {
    const mapped = mapTei(teiOf({ date: 'ninth century' }));
    expect(saidOf(mapped, `${record}/date`)['valueAsWritten']).toEqual(['ninth century']);
    expect(saidOf(mapped, spanOf('date'))['beginEarliest']).toBeUndefined();
    expect(found(mapped, 'date-not-understood')).toEqual(['origDate: ninth century']);
    expect(saidOf(mapped, record)['dateLatest']).toBeUndefined();
  });
});

const map = (date: string, summary: string) => mapTei(teiOf({ date, summary }));

describe('A date in the description', () => {
  it('that is the field’s own is not said twice', () => {
    const mapped = map('750-900', 'Estimated date of production: 750-900 (?).');
    expect(keysOf(mapped).filter((key) => key.includes('/date/'))).toEqual([]);
  });

  it('that contradicts the field is a second assertion, and told', () => {
    const mapped = map('690-780', 'Estimated date of production: 1000-1200. Measured: 689-696.');
    expect(saidOf(mapped, `${record}/date/heading`)).toMatchObject({
      valueAsWritten: ['1000-1200'],
      sourceElement: ['summary'],
    });
    expect(found(mapped, 'date-contradicted')).toEqual(['summary: 1000-1200']);
    expect(saidOf(mapped, record)).toMatchObject({
      dateEarliest: ['0690-01-01'],
      dateLatest: ['1200-12-31'],
    });
  });

  it('of a Hijri month is computed from the Hijri date, never from the year of the field', () => {
    const mapped = map(
      '1248-1248',
      'Date of production: 1248 CE. "Copied by Yāḳūt during the month of Ramadan in the year 645 (1248)."',
    );
    expect(saidOf(mapped, spanOf('date/colophon'))).toMatchObject({
      calendar: ['https://w3id.org/isnad/vocabulary/calendar/islamic-civil'],
      beginEarliest: ['1248-01-05'],
      endLatest: ['1248-02-05'],
      dateAsWritten: ['Ramadan 645'],
    });
    expect(found(mapped, 'date-differs')).toEqual(['summary: Ramadan 645']);
  });

  it('is taken where the field is empty, and told', () => {
    const mapped = map('', 'Estimated date of production: before 750 AD.');
    expect(saidOf(mapped, record)['dateLatest']).toEqual(['0750-12-31']);
    expect(found(mapped, 'date-described')).toEqual(['summary: before 750 AD']);
    expect(found(mapped, 'date-absent')).toEqual([]);
  });

  const forms = [
    ['750–900', '0750-01-01', '0900-12-31', '750–900'],
    ['circa 700-750 (?)', '0700-01-01', '0750-12-31', 'circa 700-750 (?)'],
    ['1242-43 CE', '1242-01-01', '1243-12-31', '1242-43 CE'],
    ['before 680', undefined, '0680-12-31', 'before 680'],
    ['after 1000 (?)', '1000-01-01', undefined, 'after 1000 (?)'],
    [
      '2nd (8th) to 3rd (9th) centuries [according to K.]',
      '0701-01-01',
      '0900-12-31',
      '2nd (8th) to 3rd (9th) centuries',
    ],
    [
      '9th or 10th century AD /3rd or 4th century AH',
      '0801-01-01',
      '1000-12-31',
      '9th or 10th century AD',
    ],
    [
      '4th century A.H / 10th century C.E',
      '0901-01-01',
      '1000-12-31',
      '4th century A.H / 10th century C.E',
    ],
    [
      'colophon: Ramaḍān 383 AH (= October 993)',
      '0993-10-24',
      '0993-11-24',
      'colophon: Ramaḍān 383 AH',
    ],
  ] as const;
  it.each(forms)('%s is understood', (text, begin, end, written) => {
    const mapped = map('', `1 fol.; Estimated date of production: ${text}; more`);
    const span = saidOf(mapped, spanOf('date/heading'));
    expect(span['beginEarliest']?.[0]).toBe(begin);
    expect(span['endLatest']?.[0]).toBe(end);
    expect(span['dateAsWritten']).toEqual([written]);
  });

  const notUnderstood = ['uncertain', '3rd century AH', '383 AH', '14th century', '??', '900-750'];
  it.each(notUnderstood)('%s is left alone', (text) => {
    const mapped = map('', `Estimated date of production: ${text}; more`);
    expect(keysOf(mapped).filter((key) => key.includes('/date'))).toEqual([]);
    expect(found(mapped, 'date-absent')).toHaveLength(1);
  });
});

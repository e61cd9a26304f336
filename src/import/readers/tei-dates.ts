import {
  areDisjoint,
  areSameYears,
  boundsOfYears,
  edtfOfYears,
  outermostBounds,
  parseYearRange,
} from '../../model/dates.ts';
import type { Calendar, DateBounds, YearProblem } from '../../model/dates.ts';
import { crm, isnad, rdf } from '../../model/terms.ts';
import { literal, namedNode } from '../../rdf/terms.ts';
import type { PartRef, Statement } from '../described.ts';
import { assertClaim, conceptValue, dateValue, recordBelow } from './tei-draft.ts';
import type { Draft } from './tei-draft.ts';
import { describedDates } from './tei-described-date.ts';
import type { TeiRecord } from './tei-record.ts';

/**
 * Adds the production with its dates: one assertion for what the date field says, one for each
 * other date that the description tells. The shortcuts are the outermost bounds of all of them.
 */
export const mapDates = (record: TeiRecord, draft: Draft): void => {
  const production: PartRef = { part: 'production', of: draft.manuscript };
  draft.say(isnad.production, production);
  draft.describe(production, [[rdf.type, namedNode(isnad.Production)]]);
  const stated = record.dates
    .map((text, index) => readField(text, index, production, draft))
    .filter((bounds) => bounds !== undefined);
  const described = mapDescribed(record, stated, production, draft);
  if (record.dates.length === 0 && described.length === 0)
    draft.find('date-absent', {
      element: 'origDate',
      value: '',
      reason: 'The date field is empty.',
    });
  const all = [...stated, ...described];
  if (all.length === 0) return;
  const { begin, end } = outermostBounds(all);
  if (begin !== undefined) draft.say(isnad.dateEarliest, dateValue(begin));
  if (end !== undefined) draft.say(isnad.dateLatest, dateValue(end));
};

interface ReadDate {
  readonly suffix: string;
  readonly asWritten: string;
  readonly element: string;
  readonly calendar: Calendar;
  readonly bounds: DateBounds;
  readonly edtf?: string | undefined;
}

const assertDate = (date: ReadDate, production: PartRef, draft: Draft): void => {
  const span: PartRef = { part: 'span', of: recordBelow(draft, 'assertion', date.suffix) };
  assertClaim(draft, {
    suffix: date.suffix,
    about: production,
    property: crm['P4_has_time-span'],
    value: span,
    asWritten: date.asWritten,
    element: date.element,
    title: { en: 'Date', ar: 'التاريخ' },
  });
  draft.describe(span, spanStatements(date));
};

const spanStatements = ({ asWritten, calendar, bounds, edtf }: ReadDate): Statement[] => [
  [rdf.type, namedNode(isnad.TimeSpan)],
  [isnad.dateAsWritten, literal(asWritten)],
  [isnad.calendar, conceptValue('calendar', calendar)],
  ...(bounds.begin === undefined ? [] : [[isnad.beginEarliest, dateValue(bounds.begin)] as const]),
  ...(bounds.end === undefined ? [] : [[isnad.endLatest, dateValue(bounds.end)] as const]),
  ...(edtf === undefined ? [] : [[isnad.edtf, literal(edtf)] as const]),
];

const whyInvalid: Readonly<Record<YearProblem, string>> = {
  zero: 'There is no year 0 in the common era.',
  reversed: 'The first year is later than the second.',
  'not-understood': 'Not of the form 750-900, -750, 998.',
};

/** Reads one date field; its key is the record's fixed `date`, further ones are numbered. */
const readField = (
  text: string,
  index: number,
  production: PartRef,
  draft: Draft,
): DateBounds | undefined => {
  const element = 'origDate';
  const suffix = index === 0 ? 'date' : `date/${index + 1}`;
  const parsed = parseYearRange(text);
  if (parsed.kind === 'none') return undefined;
  if (parsed.kind === 'years') {
    const bounds = boundsOfYears(parsed.years);
    const edtf = edtfOfYears(parsed.years);
    const calendar = 'gregorian';
    assertDate({ suffix, asWritten: text, element, calendar, bounds, edtf }, production, draft);
    return bounds;
  }
  const isWords = parsed.problem === 'not-understood';
  if (isWords)
    assertDate(
      { suffix, asWritten: text, element, calendar: 'gregorian', bounds: {} },
      production,
      draft,
    );
  draft.find(isWords ? 'date-not-understood' : 'date-invalid', {
    element,
    value: text,
    reason: whyInvalid[parsed.problem],
  });
  return undefined;
};

/** Asserts the dates of the description that are not the date field's own, and tells of them. */
const mapDescribed = (
  { description, dates }: TeiRecord,
  stated: readonly DateBounds[],
  production: PartRef,
  draft: Draft,
): readonly DateBounds[] => {
  const others = describedDates(description).filter(
    // A month of the Hijra is more than the year it lies in, and always told.
    ({ bounds, calendar }) =>
      calendar !== 'gregorian' || !stated.some((each) => areSameYears(each, bounds)),
  );
  for (const { place, ...date } of others) {
    assertDate({ ...date, suffix: `date/${place}`, element: 'summary' }, production, draft);
    const contradicted = stated.some((each) => areDisjoint(each, date.bounds));
    const kind =
      stated.length === 0 ? 'date-described' : contradicted ? 'date-contradicted' : 'date-differs';
    draft.find(kind, {
      element: 'summary',
      value: date.asWritten,
      reason:
        stated.length === 0
          ? 'The date field states no usable date; the description does.'
          : `The date field says ${dates.join(', ')}, the description ${date.asWritten}.`,
    });
  }
  return others.map(({ bounds }) => bounds);
};

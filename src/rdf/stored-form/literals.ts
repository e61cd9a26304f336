import { xsd } from '../../model/terms.ts';
import { type DateDatatype, storedDate } from './dates.ts';
import { storedDayTimeDuration, storedDuration, storedYearMonthDuration } from './durations.ts';
import {
  storedBoolean,
  storedDecimal,
  storedDouble,
  storedFloat,
  storedInteger,
} from './numbers.ts';

/** How one datatype is stored: the spelling of its values, and the datatype they then have. */
interface StoredDatatype {
  readonly spell: (lexical: string) => string | undefined;
  readonly datatype: string;
}

const date = (name: DateDatatype): StoredDatatype => ({
  spell: (lexical) => storedDate(name, lexical),
  datatype: xsd[name],
});
const integer: StoredDatatype = { spell: storedInteger, datatype: xsd.integer };

/**
 * The datatypes whose literals oxigraph 0.5.11 re-spells. All integer types become `xsd:integer`,
 * `xsd:dateTimeStamp` becomes `xsd:dateTime`.
 */
const storedDatatypes: ReadonlyMap<string, StoredDatatype> = new Map([
  [xsd.boolean, { spell: storedBoolean, datatype: xsd.boolean }],
  [xsd.decimal, { spell: storedDecimal, datatype: xsd.decimal }],
  [xsd.double, { spell: storedDouble, datatype: xsd.double }],
  [xsd.float, { spell: storedFloat, datatype: xsd.float }],
  [xsd.integer, integer],
  [xsd.byte, integer],
  [xsd.short, integer],
  [xsd.int, integer],
  [xsd.long, integer],
  [xsd.unsignedByte, integer],
  [xsd.unsignedShort, integer],
  [xsd.unsignedInt, integer],
  [xsd.unsignedLong, integer],
  [xsd.positiveInteger, integer],
  [xsd.nonNegativeInteger, integer],
  [xsd.negativeInteger, integer],
  [xsd.nonPositiveInteger, integer],
  [xsd.dateTime, date('dateTime')],
  [xsd.dateTimeStamp, date('dateTime')],
  [xsd.time, date('time')],
  [xsd.date, date('date')],
  [xsd.gYearMonth, date('gYearMonth')],
  [xsd.gYear, date('gYear')],
  [xsd.gMonthDay, date('gMonthDay')],
  [xsd.gMonth, date('gMonth')],
  [xsd.gDay, date('gDay')],
  [xsd.duration, { spell: storedDuration, datatype: xsd.duration }],
  [xsd.yearMonthDuration, { spell: storedYearMonthDuration, datatype: xsd.yearMonthDuration }],
  [xsd.dayTimeDuration, { spell: storedDayTimeDuration, datatype: xsd.dayTimeDuration }],
]);

/** The IRIs of all datatypes that are re-spelled; data that must keep its spelling avoids them. */
export const respelledDatatypes: readonly string[] = [...storedDatatypes.keys()];

/** The value and datatype under which the engine stores a typed literal. */
export const storedLiteral = (
  lexical: string,
  datatype: string,
): { readonly value: string; readonly datatype: string } => {
  const row = storedDatatypes.get(datatype);
  const value = row?.spell(lexical);
  return row && value !== undefined
    ? { value, datatype: row.datatype }
    : { value: lexical, datatype };
};

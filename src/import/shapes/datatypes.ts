import type { CompileConstraint } from 'shacl-engine';
import { rdf, sh, xsd } from '../../model/terms.ts';
import { literal, namedNode, type Literal } from '../../rdf/terms.ts';

/**
 * The check of `sh:datatype`, in place of shacl-engine's: that one refuses strings with characters
 * beyond U+D7FF (a letter of Old South Arabian, an emoji) and lets 30 February pass.
 */

const zone = String.raw`(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?`;
const day = String.raw`(-?(?:[1-9]\d{3,}|0\d{3}))-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`;
const time = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)`;
const datePattern = new RegExp(`^${day}${zone}$`);
const dateTimePattern = new RegExp(`^${day}T${time}${zone}$`);
const iriPattern = /^[^\s<>"{}|\\^`]*$/;

const isLeapYear = (year: number): boolean =>
  (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/** Whether the text has the form of `pattern` and names a day of the proleptic Gregorian calendar. */
const isRealDay = (text: string, pattern: RegExp): boolean => {
  const [, year, month, dayOfMonth] = pattern.exec(text) ?? [];
  return year !== undefined && Number(dayOfMonth) <= daysInMonth(Number(year), Number(month));
};

const matches =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

/**
 * The datatypes Isnad stores, with what each accepts (XML Schema 1.1, part 2). No derived numeric
 * type is among them, for the engine stores those under another name.
 */
const lexicalForms: Readonly<Record<string, (text: string) => boolean>> = {
  [xsd.string]: () => true,
  [rdf.langString]: () => true,
  [xsd.boolean]: matches(/^(?:true|false|1|0)$/),
  [xsd.integer]: matches(/^[+-]?\d+$/),
  [xsd.decimal]: matches(/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/),
  [xsd.double]: matches(/^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|[+-]?INF|NaN)$/),
  [xsd.date]: (text) => isRealDay(text, datePattern),
  [xsd.dateTime]: (text) => isRealDay(text, dateTimePattern),
  [xsd.gYear]: matches(new RegExp(String.raw`^-?(?:[1-9]\d{3,}|0\d{3})${zone}$`)),
  [xsd.anyURI]: matches(iriPattern),
};

/** The IRIs of the datatypes that may stand in shapes and in data. */
export const storedDatatypes: readonly string[] = Object.keys(lexicalForms);

/** Whether a literal has this datatype and is well-formed for it. */
export const hasDatatype = (term: Literal, datatype: string): boolean =>
  term.datatype.value === datatype && (lexicalForms[datatype]?.(term.value) ?? true);

const component = namedNode(sh.DatatypeConstraintComponent);

/** Compiles `sh:datatype` for shacl-engine. */
export const compileDatatype: CompileConstraint = (shape) => {
  const datatype = shape.ptr.out([namedNode(sh.datatype)]).term?.value ?? '';
  return {
    generic: (context) => {
      const { term } = context.valueOrNode;
      context.test(term?.termType === 'Literal' && hasDatatype(term, datatype), component, {
        args: { datatype: namedNode(datatype) },
        message: [literal(`The value is no ${datatype}.`, 'en')],
        value: context.valueOrNode,
      });
    },
  };
};

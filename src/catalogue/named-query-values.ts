import { IsnadError, isIsnadError } from '../errors.ts';
import { conceptIri } from '../model/iris.ts';
import { xsd } from '../model/terms.ts';
import { parseVerseReference } from '../model/verses.ts';
import { integerLiteral, literal, namedNode, typedLiteral } from '../rdf/terms.ts';
import type { Literal, NamedNode } from '../rdf/terms.ts';
import type { Bindings } from '../sparql/bind.ts';
import {
  parameterKinds,
  type NamedQuery,
  type ParameterKind,
  type QueryParameter,
} from './named-query.ts';

/** Values of a question's parameters as text, as a URL or a form gives them. */
export type GivenValues = Readonly<Record<string, string | undefined>>;

/** A question with a value for every parameter. */
export interface FilledParameters {
  /** The value of each parameter as text; defaults included. */
  readonly values: Readonly<Record<string, string>>;
  /** The same as RDF terms. */
  readonly bindings: Bindings;
}

/**
 * A value for every parameter of a question: the one given, else its default. Text may be empty,
 * which questions take as "any"; of the other kinds an empty value counts as not given.
 *
 * @throws IsnadError `invalid-parameter` for an unknown parameter or a value that is not of its kind,
 *   naming what is allowed; `verse-reference` for a verse the Qur’an does not have or a range that
 *   ends before it starts
 */
export const fillParameters = (
  { name, parameters }: NamedQuery,
  given: GivenValues,
): FilledParameters => {
  const allowed = parameters.map((parameter) => parameter.name);
  const unknown = Object.keys(given).find((each) => !allowed.includes(each));
  if (unknown !== undefined) {
    const known = allowed.length === 0 ? 'It has none' : `It has ${allowed.join(', ')}`;
    throw new IsnadError(
      'invalid-parameter',
      `The question ${name} has no parameter “${unknown.slice(0, 80)}”. ${known}.`,
      { extra: { parameter: unknown.slice(0, 80), allowed } },
    );
  }
  const values: Record<string, string> = {};
  const bindings: Record<string, NamedNode | Literal> = {};
  for (const parameter of parameters) {
    const value = valueOf(parameter, given, values);
    values[parameter.name] = value;
    bindings[parameter.name] = termOf(parameter, value);
  }
  refuseReversedRange(values, bindings);
  return { values, bindings };
};

const valueOf = (
  { name, kind, default: fallback }: QueryParameter,
  given: GivenValues,
  earlier: Readonly<Record<string, string>>,
): string => {
  const value = given[name]?.trim();
  if (value !== undefined && (value !== '' || kind === 'text')) {
    // A concept may be named without its scheme, which the default tells.
    const needsScheme = kind === 'concept' && !value.includes('/');
    return needsScheme ? `${fallback.slice(0, fallback.indexOf('/'))}/${value}` : value;
  }
  return fallback.startsWith('?') ? (earlier[fallback.slice(1)] ?? '') : fallback;
};

/** What a parameter of each kind becomes; nothing when the value is not of that kind. */
const readers: Readonly<
  Record<ParameterKind, (value: string, fallback: string) => NamedNode | Literal | undefined>
> = {
  verse: (value) => {
    const { startOrdinal, endOrdinal } = parseVerseReference(value);
    return startOrdinal === endOrdinal ? integerLiteral(startOrdinal) : undefined;
  },
  year: (value) =>
    /^\d{1,4}$/.test(value) && Number(value) > 0
      ? typedLiteral(`${value.padStart(4, '0')}-01-01`, xsd.date)
      : undefined,
  date: (value) => (isDay(value) ? typedLiteral(value, xsd.date) : undefined),
  text: (value) => literal(value),
  concept: (value, fallback) => {
    const [, scheme, concept] = conceptPattern.exec(value) ?? [];
    return scheme === undefined || concept === undefined || !fallback.startsWith(`${scheme}/`)
      ? undefined
      : namedNode(conceptIri(scheme, concept));
  },
  integer: (value) => (/^-?\d{1,15}$/.test(value) ? integerLiteral(Number(value)) : undefined),
};

const conceptPattern = /^([a-z][a-z0-9-]*)\/([a-z0-9][a-z0-9-]*)$/;

/** Whether a text is a day that the Gregorian calendar has, as `2026-12-01`. */
const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const termOf = (parameter: QueryParameter, value: string): NamedNode | Literal => {
  const { name, kind } = parameter;
  const term = readVerseOr(parameter, value, () => readers[kind](value, parameter.default));
  if (term !== undefined) return term;
  throw new IsnadError(
    'invalid-parameter',
    `${name} is “${value.slice(0, 80)}”; it must be ${parameterKinds[kind]}.`,
    { extra: { parameter: name, allowed: [parameterKinds[kind]] } },
  );
};

/** Errors about a verse keep their code, as everywhere, and say which parameter they are about. */
const readVerseOr = <Term>(
  { name, kind }: QueryParameter,
  value: string,
  read: () => Term,
): Term => {
  try {
    return read();
  } catch (error) {
    if (!isIsnadError(error)) throw error;
    throw new IsnadError(error.code, `${name} is “${value.slice(0, 80)}”: ${error.message}`, {
      extra: { ...error.extra, parameter: name, allowed: [parameterKinds[kind]] },
      cause: error,
    });
  }
};

/** Where a question takes a range of verses, its parameters are `from` and `to`. */
const refuseReversedRange = (
  values: Readonly<Record<string, string>>,
  bindings: Bindings,
): void => {
  const { from, to } = bindings;
  if (from === undefined || to === undefined || Number(from.value) <= Number(to.value)) return;
  throw new IsnadError(
    'verse-reference',
    `to (${values['to']}) comes before from (${values['from']}); name the earlier verse first.`,
    { extra: { parameter: 'to' } },
  );
};

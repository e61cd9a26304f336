import { IsnadError } from '../errors.ts';
import { conceptIri, type Iris } from '../model/iris.ts';
import { parseVerseReference, type VerseReference } from '../model/verses.ts';

/** Which witnesses are asked for. */
export interface WitnessCriteria {
  readonly range: VerseReference;
  /** IRI of the holding institution or person. */
  readonly holder?: string;
  /** IRI of a script; its narrower scripts are meant too. */
  readonly script?: string;
  /** First day (`xsd:date`) that is too late. */
  readonly before?: string;
  /** Last day (`xsd:date`) that is too early. */
  readonly after?: string;
  /** Whether a date may or must lie within the bounds. */
  readonly dating: 'possible' | 'certain';
  readonly undated: 'include' | 'exclude';
  /** Whether pages, or statements about whole manuscripts, or both count as witnesses. */
  readonly evidence: 'page' | 'record' | 'all';
  /** Whether passages whose key in the source is doubtful count. */
  readonly doubtful: 'include' | 'exclude';
  /** Which page of the list, from 1 on, and how many manuscripts to a page. */
  readonly page: number;
  readonly pageSize: number;
}

/** Every parameter of the witness lookup and what it takes; shown in the docs and in errors. */
export const witnessParameters = {
  from: 'first verse, as 2:255, in the Kufan count',
  to: 'last verse; the first one when left out',
  holder: 'IRI of the holder, or its organization/{id}',
  script: 'a script of the vocabulary, as kufi, or its IRI; narrower scripts are meant too',
  before: 'a year or date CE: made before it',
  after: 'a year or date CE: made after it',
  dating: 'possible (default) or certain',
  undated: 'include or exclude; exclude is the default when before or after is given',
  evidence: 'all (default), page or record',
  doubtful: 'exclude (default) or include',
  counting: 'kufan, the only counting system so far',
  page: 'page of the list, from 1 on',
  pageSize: 'manuscripts to a page, 1 to 500; 25 by default',
} as const;

export type WitnessParameter = keyof typeof witnessParameters;

/** The parameters of a lookup whose range stands in the path. */
export const narrowingParameters = [
  'holder',
  'script',
  'before',
  'after',
  'dating',
  'undated',
  'evidence',
  'doubtful',
  'counting',
  'page',
  'pageSize',
] as const satisfies readonly WitnessParameter[];

export const witnessParameterNames = ['from', 'to', ...narrowingParameters] as const;

type Values = Readonly<Partial<Record<WitnessParameter, string>>>;

const pageSizeMax = 500;

/**
 * Reads the parameters of a witness lookup.
 *
 * @throws IsnadError `verse-reference` for an impossible verse, `invalid-parameter` for any other
 *   value, naming those allowed
 */
export const readWitnessCriteria = (values: Values, iris: Iris): WitnessCriteria => {
  oneOf(values, 'counting', ['kufan']);
  const before = dayOf(values, 'before', '-01-01');
  const after = dayOf(values, 'after', '-12-31');
  const isBounded = before !== undefined || after !== undefined;
  const holder = holderOf(values.holder, iris);
  return {
    range: rangeOf(values),
    ...(holder === undefined ? {} : { holder }),
    ...(values.script === undefined ? {} : { script: scriptOf(values.script) }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    dating: oneOf(values, 'dating', ['possible', 'certain']),
    undated: oneOf(values, 'undated', isBounded ? ['exclude', 'include'] : ['include', 'exclude']),
    evidence: oneOf(values, 'evidence', ['all', 'page', 'record']),
    doubtful: oneOf(values, 'doubtful', ['exclude', 'include']),
    page: wholeNumber(values, 'page', 1, 100_000),
    pageSize: wholeNumber(values, 'pageSize', 25, pageSizeMax),
  };
};

const invalid = (name: WitnessParameter, value: string, allowed: readonly string[]): IsnadError =>
  new IsnadError('invalid-parameter', `${name} is “${value.slice(0, 80)}”.`, {
    extra: { parameter: name, allowed },
  });

/** `from` may be a range by itself; with `to` both are one verse each, or whole sūras. */
const rangeOf = ({ from, to }: Values): VerseReference => {
  if (from === undefined) {
    throw new IsnadError('invalid-parameter', 'The parameter from is missing.', {
      extra: { parameter: 'from', allowed: [witnessParameters.from] },
    });
  }
  return parseVerseReference(to === undefined || to === from ? from : `${from}-${to}`);
};

/** The value of a parameter with few choices; the first one is the default. */
const oneOf = <Choice extends string>(
  values: Values,
  name: WitnessParameter,
  choices: readonly Choice[],
): Choice => {
  const value = values[name] ?? choices[0];
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw invalid(name, value ?? '', choices.toSorted());
  return found;
};

const wholeNumber = (
  values: Values,
  name: WitnessParameter,
  fallback: number,
  greatest: number,
): number => {
  const text = values[name];
  if (text === undefined) return fallback;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > greatest) throw invalid(name, text, [`1 to ${greatest}`]);
  return value;
};

/**
 * A year or day of the common era as a day: a year becomes the day `ofYear` of it.
 */
const dayOf = (values: Values, name: WitnessParameter, ofYear: string): string | undefined => {
  const text = values[name];
  if (text === undefined) return undefined;
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return `${text.padStart(4, '0')}${ofYear}`;
  if (!isDay(text)) throw invalid(name, text, ['a year, as 800', 'a day, as 0800-06-30']);
  return text;
};

/** Whether a text is a day of the Gregorian calendar, proleptic where need be. */
const isDay = (text: string): boolean => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const holderOf = (text: string | undefined, iris: Iris): string | undefined => {
  if (text === undefined) return undefined;
  const [, type, id] = /^(organization|person)\/([\w-]+)$/.exec(text) ?? [];
  if (type !== undefined && id !== undefined) return iris.record(type, id);
  if (!URL.canParse(text)) throw invalid('holder', text, ['an IRI', 'organization/{id}']);
  return text;
};

const scriptOf = (text: string): string =>
  URL.canParse(text) ? text : conceptIri('script', text.replace(/^script\//, ''));

import { IsnadError } from '../errors.ts';

/**
 * The header of a named question (`queries/*.rq`): comment lines that start with `#+`.
 *
 *     #+ title: Which pages bear a range of verses?
 *     #+ title@ar: …
 *     #+ area: research
 *     #+ about: what the answer holds, in a sentence or two
 *     #+ about@ar: …
 *     #+ param from: verse = 2:255 | first verse of the range
 *     #+ param@ar from: …
 *     #+ column manuscript: Manuscript | المخطوطة
 *
 * A parameter `from` is the variable `?from` of the query, bound as an RDF term before it runs. A
 * column `xLabel` beside a column `x` is the name of `x`, shown with it, and has no line of its own.
 */
export interface NamedQuery {
  readonly name: string;
  readonly title: Bilingual;
  readonly area: QueryArea;
  readonly about: Bilingual;
  readonly parameters: readonly QueryParameter[];
  /** What the columns of the answer are called, by variable, in the order of the page's table. */
  readonly columns: ReadonlyMap<string, Bilingual>;
  /** The query's text, header included. */
  readonly text: string;
}

export interface Bilingual {
  readonly en: string;
  readonly ar: string;
}

export interface QueryParameter {
  readonly name: string;
  readonly kind: ParameterKind;
  /**
   * The value used when the caller gives none, as it would be written in a URL; `?from` stands for the
   * value of parameter `from`, which comes before.
   */
  readonly default: string;
  readonly help: Bilingual;
}

/** What a parameter's value may be, and how the docs describe it. */
export const parameterKinds = {
  verse: 'a verse, as 2:255',
  year: 'a year of the common era, as 0750',
  date: 'a day, as 2026-12-01',
  text: 'any text',
  concept: 'a concept of a vocabulary, as script/kufi',
  integer: 'a whole number',
} as const;

export type ParameterKind = keyof typeof parameterKinds;

export const queryAreas = ['research', 'conservation', 'education', 'aid'] as const;

export type QueryArea = (typeof queryAreas)[number];

const headerLine =
  /^#\+ ((?:title|about)(?:@ar)?|area|param(?:@ar)? [A-Za-z]\w*|column [A-Za-z]\w*): (.+)$/;
const parameterLine = /^(\w+) = (.*?) \| (.+)$/;
const columnLine = /^(.+?) \| (.+)$/;

/** The lines of one header by their key, in the order written. */
interface Header {
  readonly query: string;
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * Reads a named question from the text of its file.
 *
 * @param name the file's name without `.rq`
 * @throws IsnadError `internal` when the header is not as documented: the files are part of Isnad
 */
export const parseNamedQuery = (name: string, text: string): NamedQuery => {
  const header = readHeader(name, text);
  const area = queryAreas.find((candidate) => candidate === fieldOf(header, 'area'));
  if (area === undefined) throw headerError(name, `its area is none of ${queryAreas.join(', ')}`);
  return {
    name,
    title: bilingual(header, 'title'),
    area,
    about: bilingual(header, 'about'),
    parameters: namesAfter(header, 'param').map((each) => readParameter(header, each)),
    columns: new Map(namesAfter(header, 'column').map((each) => [each, readColumn(header, each)])),
    text,
  };
};

const readHeader = (query: string, text: string): Header => {
  const fields = new Map<string, string>();
  for (const line of text.split('\n').filter((candidate) => candidate.startsWith('#+'))) {
    const [, key, value] = headerLine.exec(line) ?? [];
    if (key === undefined || value === undefined) throw headerError(query, `"${line}" is not read`);
    if (fields.has(key)) throw headerError(query, `"${key}" is there twice`);
    fields.set(key, value);
  }
  return { query, fields };
};

const fieldOf = ({ query, fields }: Header, key: string): string => {
  const value = fields.get(key);
  if (value === undefined) throw headerError(query, `it has no "${key}"`);
  return value;
};

const bilingual = (header: Header, key: string): Bilingual => ({
  en: fieldOf(header, key),
  ar: fieldOf(header, `${key}@ar`),
});

const namesAfter = ({ fields }: Header, word: string): string[] =>
  [...fields.keys()].flatMap((key) => (key.startsWith(`${word} `) ? key.split(' ')[1] : []) ?? []);

const readParameter = (header: Header, name: string): QueryParameter => {
  const [, kindName, fallback, help] = parameterLine.exec(fieldOf(header, `param ${name}`)) ?? [];
  if (!isParameterKind(kindName) || fallback === undefined || help === undefined) {
    throw headerError(
      header.query,
      `parameter "${name}" is not written as "kind = default | help"`,
    );
  }
  const inArabic = fieldOf(header, `param@ar ${name}`);
  return { name, kind: kindName, default: fallback, help: { en: help, ar: inArabic } };
};

const isParameterKind = (name: string | undefined): name is ParameterKind =>
  name !== undefined && Object.hasOwn(parameterKinds, name);

const readColumn = (header: Header, name: string): Bilingual => {
  const [, en, ar] = columnLine.exec(fieldOf(header, `column ${name}`)) ?? [];
  if (en === undefined || ar === undefined) {
    throw headerError(header.query, `column "${name}" is not written as "English | العربية"`);
  }
  return { en, ar };
};

const headerError = (name: string, reason: string): IsnadError =>
  new IsnadError('internal', `The header of queries/${name}.rq is wrong: ${reason}.`);

import { IsnadError } from '../errors.ts';

/**
 * The header of a named question (`queries/*.rq`): comment lines that start with `#+`.
 *
 *     #+ title: Which pages bear a range of verses?
 *     #+ title@ar: …
 *     #+ area: research
 *     #+ about: what the answer holds, in a sentence or two
 *     #+ param from: verse = 2:255 | first verse of the range
 *
 * A parameter `from` is the variable `?from` of the query, bound as an RDF term before it runs.
 */
export interface NamedQuery {
  readonly name: string;
  readonly title: { readonly en: string; readonly ar: string };
  readonly area: QueryArea;
  readonly about: string;
  readonly parameters: readonly QueryParameter[];
  /** The query's text, header included. */
  readonly text: string;
}

export interface QueryParameter {
  readonly name: string;
  readonly kind: ParameterKind;
  /** The value used when the caller gives none, as it would be written in a URL. */
  readonly default: string;
  readonly help: string;
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

const headerLine = /^#\+ (title@ar|title|area|about|param [A-Za-z]\w*): (.+)$/;
const parameterLine = /^(\w+) = (.*?) \| (.+)$/;

/**
 * Reads a named question from the text of its file.
 *
 * @param name the file's name without `.rq`
 * @throws IsnadError `internal` when the header is not as documented: the files are part of Isnad
 */
export const parseNamedQuery = (name: string, text: string): NamedQuery => {
  const fields = new Map<string, string>();
  const parameters: QueryParameter[] = [];
  for (const line of text.split('\n').filter((candidate) => candidate.startsWith('#+'))) {
    const [, key, value] = headerLine.exec(line) ?? [];
    if (key === undefined || value === undefined) throw headerError(name, `"${line}" is not read`);
    if (key.startsWith('param ')) parameters.push(parseParameter(name, key.slice(6), value));
    else fields.set(key, value);
  }
  const field = (key: string): string => {
    const value = fields.get(key);
    if (value === undefined) throw headerError(name, `it has no "${key}"`);
    return value;
  };
  const area = queryAreas.find((candidate) => candidate === field('area'));
  if (area === undefined) throw headerError(name, `"${field('area')}" is not an area`);
  const title = { en: field('title'), ar: field('title@ar') };
  return { name, title, area, about: field('about'), parameters, text };
};

const parseParameter = (query: string, name: string, value: string): QueryParameter => {
  const [, kindName, fallback, help] = parameterLine.exec(value) ?? [];
  const kind = (Object.keys(parameterKinds) as ParameterKind[]).find((known) => known === kindName);
  if (kind === undefined || fallback === undefined || help === undefined) {
    throw headerError(query, `parameter "${name}" is not written as "kind = default | help"`);
  }
  return { name, kind, default: fallback, help };
};

const headerError = (name: string, reason: string): IsnadError =>
  new IsnadError('internal', `The header of queries/${name}.rq is wrong: ${reason}.`);

import { Parser } from 'n3';
import { IsnadError } from '../errors.ts';
import { xsd } from '../model/terms.ts';
import { toSyntaxError } from './syntax-error.ts';
import type { Literal, Quad, Term } from './terms.ts';

/**
 * N-Quads (RDF 1.1) with the escapes that oxigraph 0.5.11 writes in its dumps: the control
 * characters, DEL, the quote, the backslash, U+FFFE and U+FFFF, and nothing else.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what must be escaped
const mustEscape = /[\u0000-\u001F"\\\u007F\uFFFE\uFFFF]/;
// oxlint-disable-next-line no-control-regex -- as above
const everyEscape = /[\u0000-\u001F"\\\u007F\uFFFE\uFFFF]/g;

const shortEscapes: Readonly<Record<string, string>> = {
  '\b': String.raw`\b`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\f': String.raw`\f`,
  '\r': String.raw`\r`,
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
};

const escapeCharacter = (character: string): string =>
  shortEscapes[character] ??
  String.raw`\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A string between quotes; lone surrogates, which no encoding holds, become U+FFFD. */
const quoted = (value: string): string => {
  const text = value.isWellFormed() ? value : value.toWellFormed();
  return mustEscape.test(text) ? `"${text.replace(everyEscape, escapeCharacter)}"` : `"${text}"`;
};

/** A literal with a language tag as N-Quads text. */
export const taggedText = (value: string, language: string): string =>
  `${quoted(value)}@${language}`;

/** A literal with a datatype as N-Quads text. */
export const typedText = (value: string, datatype: string): string =>
  datatype === xsd.string ? quoted(value) : `${quoted(value)}^^<${datatype}>`;

const literalText = (term: Literal): string => {
  const { language } = term;
  if (language === '') return typedText(term.value, term.datatype.value);
  return taggedText(term.value, term.direction ? `${language}--${term.direction}` : language);
};

/**
 * One term as N-Quads text; the default graph is the empty string.
 *
 * @throws IsnadError `rdf-syntax` for a variable or a triple term, which this version does not store
 */
export const termText = (term: Term): string => {
  if (term.termType === 'NamedNode') return `<${term.value}>`;
  if (term.termType === 'Literal') return literalText(term);
  if (term.termType === 'BlankNode') return `_:${term.value}`;
  if (term.termType === 'DefaultGraph') return '';
  throw new IsnadError('rdf-syntax', `A ${term.termType} cannot stand in stored data.`);
};

/** One quad as a line without its line break: `<s> <p> "o" <g> .` */
export const quadLine = (quad: Quad): string => lineOf(quad, termText);

/** One quad as a line, with each term written by `write`. */
export const lineOf = (quad: Quad, write: (term: Term) => string): string => {
  const graph = write(quad.graph);
  const triple = `${write(quad.subject)} ${write(quad.predicate)} ${write(quad.object)}`;
  return graph === '' ? `${triple} .` : `${triple} ${graph} .`;
};

/** Quads as N-Quads text in the order given, each line ending in ` .\n`. Spelling is not changed. */
export const toNQuads = (quads: readonly Quad[]): string =>
  quads.map((quad) => `${quadLine(quad)}\n`).join('');

/**
 * Reads N-Quads (or N-Triples) text. Blank nodes keep their labels.
 *
 * @throws IsnadError `rdf-syntax` with the line
 */
export const parseNQuads = (text: string): Quad[] => {
  try {
    return new Parser({ format: 'N-Quads', blankNodePrefix: '_:' }).parse(text);
  } catch (error) {
    throw toSyntaxError(error, 'N-Quads');
  }
};

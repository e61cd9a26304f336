import { IsnadError } from '../errors.ts';
import { xsd } from '../model/terms.ts';
import { lineOf, taggedText, termText, typedText } from './nquads.ts';
import { storedLiteral } from './stored-form/literals.ts';
import { isStorableIri, isStorableLanguageTag } from './stored-form/names.ts';
import type { Literal, Quad, Term } from './terms.ts';

/**
 * The one canonicaliser: quads in the spelling in which the engine (oxigraph 0.5.11) stores them, so
 * that its dump gives back the same bytes. A quad's identity, deltas, hashes and diffs rest on it.
 */
const knownIris = new Set<string>();
const knownIrisMax = 200_000;

/** Checks an IRI once; the same few thousand IRIs make up most of a large dataset. */
const checkIri = (iri: string): void => {
  if (knownIris.has(iri)) return;
  if (!isStorableIri(iri)) throw new IsnadError('rdf-syntax', `<${iri}> is not an absolute IRI.`);
  if (knownIris.size >= knownIrisMax) knownIris.clear();
  knownIris.add(iri);
};

/** The engine keeps language tags in lower case. */
const storedTag = (language: string): string => {
  const tag = language.toLowerCase();
  if (isStorableLanguageTag(tag)) return tag;
  throw new IsnadError('rdf-syntax', `"@${language}" is not a language tag.`);
};

const canonicalLiteral = (term: Literal): string => {
  const { language, value } = term;
  if (language !== '') {
    if (!term.direction) return taggedText(value, storedTag(language));
    throw new IsnadError('rdf-syntax', 'A literal with a base direction cannot be stored.');
  }
  const datatype = term.datatype.value;
  if (datatype === xsd.string) return typedText(value, datatype);
  checkIri(datatype);
  const stored = storedLiteral(value, datatype);
  return typedText(stored.value, stored.datatype);
};

/**
 * A term as text in its stored form. Blank nodes keep their labels: the engine keeps them too when
 * quads are added one by one, but renames them when it loads text.
 *
 * @throws IsnadError `rdf-syntax` for what the engine would refuse: a relative or malformed IRI, a
 *   malformed language tag
 */
export const canonicalTermText = (term: Term): string => {
  if (term.termType === 'Literal') return canonicalLiteral(term);
  if (term.termType === 'NamedNode') checkIri(term.value);
  return termText(term);
};

const surrogate = /[\uD800-\uDFFF]/;
const byCodePoint = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

/** Sorts lines by code point (the byte order of UTF-8) and drops repeats. */
const sortLines = (lines: readonly string[]): string[] => {
  const unique = [...new Set(lines)];
  // The default order is by UTF-16 unit: it differs only where a line goes beyond the basic plane.
  return unique.some((line) => surrogate.test(line))
    ? unique.toSorted(byCodePoint)
    : unique.toSorted();
};

/**
 * Quads as canonical N-Quads lines without line breaks, sorted by code point, without repeats.
 *
 * @throws IsnadError `rdf-syntax` for a term the engine would refuse
 */
export const canonicalLines = (quads: Iterable<Quad>): string[] => {
  const lines: string[] = [];
  for (const each of quads) lines.push(lineOf(each, canonicalTermText));
  return sortLines(lines);
};

/** Quads as canonical N-Quads in UTF-8: the lines of `canonicalLines`, each ending in ` .\n`. */
export const canonicalNQuads = (quads: Iterable<Quad>): Uint8Array => {
  const lines = canonicalLines(quads);
  return new TextEncoder().encode(lines.length === 0 ? '' : `${lines.join('\n')}\n`);
};

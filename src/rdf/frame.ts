import type JsonLd from 'jsonld';
import { xsd } from '../model/terms.ts';
import { closedLoader, type Contexts, toJsonLdError } from './json-ld/loader.ts';
import { jsonLdProcessor } from './json-ld/processor.ts';
import { conventionalCase } from './language-tag.ts';
import { literal, quad } from './terms.ts';
import type { Quad } from './terms.ts';

export interface FrameOptions {
  /** A JSON-LD 1.1 frame that names its context by IRI, such as `ontology/frames/record.jsonld`. */
  readonly frame: Readonly<Record<string, unknown>>;
  /** The contexts the frame may name, by IRI. */
  readonly contexts: Contexts;
  /** The context's address in the answer, where the reader of the answer finds it. */
  readonly contextIri: string;
  /** IRI of the node at the root; without it, all nodes that the frame matches. */
  readonly root?: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Frame = Exclude<Parameters<typeof JsonLd.frame>[1], string>;
const isFrame = (value: JsonObject): value is JsonObject & Frame =>
  typeof value['@context'] === 'string';

const isLanguageMap = (definition: unknown): boolean =>
  isObject(definition) && [definition['@container']].flat().includes('@language');

const termsOf = (context: unknown): JsonObject =>
  isObject(context) && isObject(context['@context']) ? context['@context'] : {};

/**
 * jsonld puts no text without language into a language map, although JSON-LD has `@none` for it. So
 * such text goes through it with a language of our own.
 */
const noLanguage = 'x-none';

const markTexts = (quads: readonly Quad[], terms: JsonObject): Quad[] => {
  const maps = Object.values(terms).filter((term) => isLanguageMap(term));
  const properties = new Set(maps.map((term) => (isObject(term) ? term['@id'] : undefined)));
  return quads.map((each) =>
    each.object.termType === 'Literal' &&
    each.object.datatype.value === xsd.string &&
    properties.has(each.predicate.value)
      ? quad(each.subject, each.predicate, literal(each.object.value, noLanguage), each.graph)
      : each,
  );
};

/** With native types jsonld writes out that a plain string is an `xsd:string`; taken away again. */
const withoutStringType = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutStringType);
  if (!isObject(value)) return value;
  if (value['@type'] === xsd.string) return { '@value': value['@value'] };
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutStringType(inner)]),
  );
};

const mapKey = (tag: string): string =>
  tag === noLanguage || tag.startsWith('@') ? '@none' : conventionalCase(tag);

/** Writes the keys of language maps as they are read best. */
const nameLanguages = (value: unknown, terms: JsonObject): unknown => {
  if (Array.isArray(value)) return value.map((each) => nameLanguages(each, terms));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isLanguageMap(terms[key]) && isObject(inner)
        ? Object.fromEntries(Object.entries(inner).map(([tag, text]) => [mapKey(tag), text]))
        : nameLanguages(inner, terms),
    ]),
  );
};

/**
 * Quads as framed, compacted JSON-LD with its context by reference. Integers, booleans and doubles
 * are JSON's own; other values keep their exact text. The graphs of the quads are merged.
 *
 * @returns the document; with a root that no quad mentions as a subject, only its context
 * @throws IsnadError `remote-context` when the frame names a context that is not given
 */
export const frameJsonLd = async (
  quads: readonly Quad[],
  { frame, contexts, contextIri, root }: FrameOptions,
): Promise<JsonObject> => {
  const terms = termsOf(contexts.get(String(frame['@context'])));
  const options: object = { documentLoader: closedLoader(contexts), omitGraph: true };
  try {
    const jsonld = await jsonLdProcessor();
    const written = await jsonld.fromRDF(markTexts(quads, terms), { useNativeTypes: true });
    const expanded = withoutStringType(written);
    const wanted: JsonObject = root === undefined ? frame : { ...frame, '@id': root };
    if (!isFrame(wanted)) throw new Error('A frame names its context by IRI.');
    const framed: unknown = await jsonld.frame({ '@graph': expanded } as object, wanted, options);
    const named = nameLanguages(framed, terms);
    return { ...(isObject(named) ? named : {}), '@context': contextIri };
  } catch (error) {
    throw toJsonLdError(error);
  }
};

/**
 * The keys of a compacted document that its context does not define: properties that the context
 * forgot. A test holds that answers have none.
 */
export const keysOutsideContext = (document: unknown, context: JsonObject): string[] => {
  const terms = termsOf(context);
  const missing = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (!key.startsWith('@') && !Object.hasOwn(terms, key)) missing.add(key);
      if (!isLanguageMap(terms[key])) visit(inner);
    }
  };
  visit(document);
  return [...missing];
};

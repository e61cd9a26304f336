import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pagingTerms } from '../catalogue/paging.ts';
import { shared } from '../model/terms.ts';
import { frameJsonLd, type JsonObject } from '../rdf/frame.ts';
import type { Quad } from '../rdf/terms.ts';

const ontology = path.join(import.meta.dirname, '..', '..', 'ontology');

const readJson = (name: string): JsonObject => {
  const value: unknown = JSON.parse(readFileSync(path.join(ontology, name), 'utf8'));
  if (!isJsonObject(value)) throw new TypeError(`ontology/${name} is not a JSON object.`);
  return value;
};

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of the shared JSON-LD context, as it is served. */
export const contextText = readFileSync(path.join(ontology, 'context.jsonld'), 'utf8');

const contexts = new Map([[shared.context, readJson('context.jsonld')]]);
const named = { '@embed': '@never', '@omitDefault': true } as const;
/**
 * The pages of a manuscript stand beside its passages, which only name them. A frame takes what has
 * any of its properties: `passageOf` lets passages in that are on no page.
 */
const recordFrame = {
  ...readJson('frames/record.jsonld'),
  passages: { '@omitDefault': true, onPage: named, passageOf: named },
};

/** What the frame needs to hold parts that point to the root while nothing points to them. */
const reverseFrame = (quads: readonly Quad[], root: string): JsonObject => {
  const pointedTo = new Set(quads.map(({ object }) => object.value));
  const pointing = quads.filter(
    ({ subject, object }) =>
      object.value === root &&
      subject.value.startsWith(`${root}#`) &&
      !pointedTo.has(subject.value),
  );
  return Object.fromEntries(
    pointing.map(({ predicate }) => [predicate.value, { '@omitDefault': true }]),
  );
};

/** Terms of a record's document that the shared context does not have. */
const ownTerms = { datasets: '@included', ...pagingTerms } as const;

/**
 * Quads about one thing as framed JSON-LD with the service's own context by reference.
 *
 * @param contextIri where readers find the context
 * @param beside further members of the document, such as its datasets and paging
 */
export const frameThing = async (
  quads: readonly Quad[],
  root: string,
  contextIri: string,
  beside: JsonObject,
): Promise<JsonObject> => {
  const reverse = reverseFrame(quads, root);
  const frame =
    Object.keys(reverse).length === 0 ? recordFrame : { ...recordFrame, '@reverse': reverse };
  const framed = await frameJsonLd(quads, { frame, contexts, contextIri, root });
  return { ...framed, ...beside, '@context': [contextIri, ownTerms] };
};

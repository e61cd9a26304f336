import { foldForMatching } from '../model/names.ts';
import { skos } from '../model/terms.ts';
import type { Quad } from '../rdf/terms.ts';

/**
 * Finds the concept of a scheme by words: its labels in any language and its notation, compared
 * without case, marks and punctuation. Nothing when none fits, or those of several concepts do.
 *
 * @param scheme last part of the scheme's IRI: `script`
 */
export type FindConcept = (scheme: string, words: string) => string | undefined;

const labelProperties = new Set<string>([
  skos.prefLabel,
  skos.altLabel,
  skos.hiddenLabel,
  skos.notation,
]);

/** Builds the finder from the quads of the vocabularies. */
export const createConceptFinder = (vocabularies: Iterable<Quad>): FindConcept => {
  const byWords = new Map<string, Set<string>>();
  for (const { subject, predicate, object } of vocabularies) {
    if (object.termType !== 'Literal' || !labelProperties.has(predicate.value)) continue;
    const key = `${schemeOf(subject.value)} ${foldForMatching(object.value)}`;
    const concepts = byWords.get(key) ?? new Set();
    byWords.set(key, concepts.add(subject.value));
  }
  return (scheme, words) => {
    const found = byWords.get(`${scheme} ${foldForMatching(words)}`);
    return found?.size === 1 ? [...found][0] : undefined;
  };
};

/** `…/vocabulary/script/hijazi-i` belongs to `script`. */
const schemeOf = (concept: string): string => concept.split('/').at(-2) ?? '';

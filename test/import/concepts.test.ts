import { describe, expect, it } from 'vitest';
import { createConceptFinder } from '../../src/import/concepts.ts';
import { conceptIri } from '../../src/model/iris.ts';
import { skos } from '../../src/model/terms.ts';
import { literal, namedNode, quad } from '../../src/rdf/terms.ts';

const label = (concept: string, property: string, words: string, language?: string) =>
  quad(namedNode(conceptIri('script', concept)), namedNode(property), literal(words, language));

const findConcept = createConceptFinder([
  label('kufi-d-i', skos.prefLabel, 'Kufic D.I', 'en'),
  label('kufi-d-i', skos.hiddenLabel, 'kūfī D.I'),
  label('kufi-d-i', skos.notation, 'D.I'),
  label('naskh', skos.prefLabel, 'نسخ', 'ar'),
  label('one', skos.altLabel, 'ambiguous'),
  label('other', skos.altLabel, 'Ambiguous'),
  label('one', skos.definition, 'a definition is no label'),
]);

describe('A concept', () => {
  const known = ['kūfī D.I', 'KUFI D I', 'kufic d.i', 'D.I'];
  it.each(known)('is found by the words “%s”', (words) => {
    expect(findConcept('script', words)).toBe(conceptIri('script', 'kufi-d-i'));
  });

  it('is found by its Arabic label', () => {
    expect(findConcept('script', 'نسخ')).toBe(conceptIri('script', 'naskh'));
  });

  const unknown = ['kūfī D.II', 'a definition is no label', ''];
  it.each(unknown)('is not found by the words “%s”', (words) => {
    expect(findConcept('script', words)).toBeUndefined();
  });

  it('is not found by words that fit two, or in another scheme', () => {
    expect(findConcept('script', 'ambiguous')).toBeUndefined();
    expect(findConcept('material', 'kūfī D.I')).toBeUndefined();
  });
});

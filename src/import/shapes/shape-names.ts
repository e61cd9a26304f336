import { rdfs, sh } from '../../model/terms.ts';
import type { Quad } from '../../rdf/terms.ts';

/** A text for people, in the two languages of the service. */
export interface BilingualText {
  readonly en: string;
  readonly ar: string;
}

const namingProperties: readonly string[] = [sh.name, rdfs.label];

/**
 * What each shape is called: its `sh:name` or `rdfs:label`, by shape IRI. A shape named in one
 * language only shows that name in both.
 */
export const readShapeNames = (shapes: readonly Quad[]): ReadonlyMap<string, BilingualText> => {
  const names = new Map<string, BilingualText>();
  for (const { subject, predicate, object } of shapes) {
    if (object.termType !== 'Literal' || !namingProperties.includes(predicate.value)) continue;
    const known = names.get(subject.value);
    const isArabic = object.language === 'ar';
    names.set(subject.value, {
      en: isArabic ? (known?.en ?? object.value) : object.value,
      ar: isArabic || known === undefined ? object.value : known.ar,
    });
  }
  return names;
};

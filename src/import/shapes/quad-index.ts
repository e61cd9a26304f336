import type { ReadableQuads } from 'shacl-engine';
import type { Quad, Term } from '../../rdf/terms.ts';

type QuadsByIri = Map<string, Quad[]>;

const put = (index: QuadsByIri, key: string, quad: Quad): void => {
  const quads = index.get(key);
  if (quads) quads.push(quad);
  else index.set(key, [quad]);
};

const nothing: readonly Quad[] = [];

/**
 * An index over quads that answers the patterns a validator asks: by subject and property, by
 * property, by object. It is built per batch and thrown away, so it keeps three maps and no more;
 * for such batches it is about twice as fast as a general quad store. Graph names are ignored:
 * shapes speak of what is said, not of where.
 */
export const indexQuads = (quads: readonly Quad[]): ReadableQuads => {
  const bySubject = new Map<string, QuadsByIri>();
  const byPredicate: QuadsByIri = new Map();
  const byObject: QuadsByIri = new Map();
  for (const quad of quads) {
    const { predicate } = quad;
    const subjectKey = quad.subject.value;
    let properties = bySubject.get(subjectKey);
    if (!properties) bySubject.set(subjectKey, (properties = new Map<string, Quad[]>()));
    put(properties, predicate.value, quad);
    put(byPredicate, predicate.value, quad);
    if (quad.object.termType !== 'Literal') put(byObject, quad.object.value, quad);
  }

  const ofSubject = (subject: Term, predicate: Term | null | undefined): readonly Quad[] => {
    const properties = bySubject.get(subject.value);
    if (!properties) return nothing;
    return predicate
      ? (properties.get(predicate.value) ?? nothing)
      : [...properties.values()].flat();
  };

  const candidates = (
    subject: Term | null | undefined,
    predicate: Term | null | undefined,
    object: Term | null | undefined,
  ): readonly Quad[] => {
    if (subject) return ofSubject(subject, predicate);
    if (object && object.termType !== 'Literal') return byObject.get(object.value) ?? nothing;
    if (predicate) return byPredicate.get(predicate.value) ?? nothing;
    return quads;
  };

  return {
    size: quads.length,
    // The candidates of a pattern with subject and property only are its answer, save that an IRI
    // and a blank node may share their text: hence the check of every given term.
    match: (subject, predicate, object) =>
      candidates(subject, predicate, object).filter(
        (quad) =>
          (!subject || quad.subject.termType === subject.termType) &&
          (!predicate || quad.predicate.value === predicate.value) &&
          (!object || quad.object.equals(object)),
      ),
    [Symbol.iterator]: () => quads[Symbol.iterator](),
  };
};

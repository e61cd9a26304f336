import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexQuads } from '../../../src/import/shapes/quad-index.ts';
import { blankNode, literal, namedNode, quad, type Quad } from '../../../src/rdf/terms.ts';

const subject = fc.constantFrom(namedNode('urn:a'), namedNode('urn:b'), blankNode('urn:a'));
const predicate = fc.constantFrom(namedNode('urn:p'), namedNode('urn:q'));
const object = fc.constantFrom(
  namedNode('urn:a'),
  blankNode('urn:a'),
  literal('urn:a'),
  literal('urn:a', 'en'),
);
const graph = fc.constantFrom(namedNode('urn:g'), namedNode('urn:h'));
const anyQuad = fc.tuple(subject, predicate, object, graph).map((terms) => quad(...terms));

describe('the index of a batch', () => {
  it('answers every pattern as a scan of all quads does', () => {
    fc.assert(
      fc.property(
        fc.array(anyQuad, { maxLength: 12 }),
        fc.option(subject),
        fc.option(predicate),
        fc.option(object),
        (quads, s, p, o) => {
          const matches = (each: Quad): boolean =>
            (!s || each.subject.equals(s)) &&
            (!p || each.predicate.equals(p)) &&
            (!o || each.object.equals(o));
          const index = indexQuads(quads);
          const found = [...index.match(s, p, o)];
          expect(new Set(found)).toEqual(new Set(quads.filter(matches)));
          expect(found).toHaveLength(quads.filter(matches).length);
          expect(index.size).toBe(quads.length);
          expect([...index]).toEqual(quads);
        },
      ),
    );
  });
});

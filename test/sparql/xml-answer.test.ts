import * as fc from 'fast-check';
import { Store } from 'oxigraph';
import { describe, expect, it } from 'vitest';
import { IsnadError } from '../../src/errors.ts';
import type { MediaType } from '../../src/rdf/media-types.ts';
import { canonicalLines } from '../../src/rdf/canonical.ts';
import { toNQuads } from '../../src/rdf/nquads.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import { literal, namedNode, quad, type Quad } from '../../src/rdf/terms.ts';
import { soundAnswer } from '../../src/sparql/xml-answer.ts';

const about = (property: string, text: string): Quad =>
  quad(namedNode('http://s.example/'), namedNode(property), literal(text, 'ar'));

/** What the engine writes, put right, or the code of the error. */
const answer = (quads: readonly Quad[], query: string, mediaType: MediaType): string => {
  const store = new Store();
  store.load(toNQuads(quads), { format: 'application/n-quads' });
  const written = store.query(query, { results_format: mediaType });
  if (typeof written !== 'string') throw new Error('The engine gave no text.');
  try {
    return new TextDecoder().decode(soundAnswer(mediaType, new TextEncoder().encode(written)));
  } catch (error) {
    if (error instanceof IsnadError) return error.code;
    throw error;
  }
};
const rdfXml = (quads: readonly Quad[]): string =>
  answer(quads, 'CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }', 'application/rdf+xml');

describe('an answer in XML', () => {
  it('reads back as what was asked, or is refused', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('\r', '\n', '\r\n', '<a:>', '&', ']]>', 'قرآن', '😀', ' ', '\t'))
        .map((parts) => parts.join('')),
    );
    const property = fc
      .tuple(
        fc.constantFrom('http://p.example/', 'http://p.example/x#', 'urn:p:'),
        fc.constantFrom('name', '', '1', '1a', 'a%20', 'ا', 'a.b', '_', '-', 'x:y', '2:255'),
      )
      .map((parts) => parts.join(''));
    let read = 0;
    await fc.assert(
      fc.asyncProperty(property, text, async (iri, value) => {
        const quads = [about(iri, value)];
        const written = rdfXml(quads);
        if (written === 'not-acceptable') return;
        read += 1;
        const found = await parseRdf(written, {
          mediaType: 'application/rdf+xml',
          baseIri: 'http://b.example/',
        });
        expect(canonicalLines(found)).toEqual(canonicalLines(quads));
      }),
      { numRuns: 150 },
    );
    expect(read).toBeGreaterThan(20);
  });

  it.each([
    ['a control character', about('http://p.example/p', 'a\u0001')],
    ['U+FFFF', about('http://p.example/p', '\uFFFF')],
    ['a property without an XML name', about('http://p.example/1%20', 'x')],
  ])('is refused for %s rather than sent broken', (_, each) => {
    expect(rdfXml([each])).toBe('not-acceptable');
  });

  it('keeps a carriage return in SPARQL XML, which readers would make a line feed', () => {
    const mediaType = 'application/sparql-results+xml';
    const written = answer(
      [about('http://p.example/p', 'a\r\nb')],
      'SELECT ?o { ?s ?p ?o }',
      mediaType,
    );
    expect(written).toContain('a&#xD;\nb');
  });

  it('leaves other formats as they are', () => {
    const body = new TextEncoder().encode('a\r\n\u0001');
    expect(soundAnswer('text/csv', body)).toBe(body);
  });
});

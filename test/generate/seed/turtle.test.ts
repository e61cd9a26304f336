import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGraph } from '../../../src/generate/seed/graph.ts';
import {
  decimal,
  integer,
  iri,
  term,
  text,
  writeTurtle,
} from '../../../src/generate/seed/turtle.ts';
import { conceptIri, verseIri } from '../../../src/model/iris.ts';
import { parseRdf } from '../../../src/rdf/parse.ts';

const parse = (turtle: string) =>
  parseRdf(turtle, { mediaType: 'text/turtle', baseIri: 'https://archive.example/' });

describe('the Turtle of a dataset', () => {
  it('gives back any text, letter by letter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (words) => {
        const graph = createGraph('test');
        graph.node('id/place/0').add('rdfs:label', text(words, 'ar'));
        const [quad] = await parse(writeTurtle(['Test'], graph.statements));
        expect(quad?.object.value).toBe(words);
      }),
      { numRuns: 50 },
    );
  });

  it('declares every prefix it uses and no other, and resolves relative IRIs', async () => {
    const graph = createGraph('test');
    graph
      .node('id/passage/0')
      .add('rdf:type', term('isnad:Passage'))
      .add('isnad:startVerse', iri(verseIri(2, 255)))
      .add('isnad:evidence', iri(conceptIri('passage-evidence', 'record')))
      .add('isnad:startOrdinal', integer(262))
      .add('isnad:probability', decimal('95'))
      .add('skos:note', text('no prefix: here', 'en'));
    const turtle = writeTurtle(['First line', 'second line'], graph.statements);
    expect(turtle.match(/^@prefix [a-z-]+:/gm)).toEqual([
      '@prefix isnad:',
      '@prefix passage-evidence:',
      '@prefix quran:',
      '@prefix skos:',
    ]);
    expect(turtle.startsWith('# First line\n# second line\n')).toBe(true);
    const quads = await parse(turtle);
    expect(quads).toHaveLength(6);
    expect(quads[0]?.subject.value).toBe('https://archive.example/id/passage/0');
    expect(quads.map(({ object }) => object.value)).toContain(verseIri(2, 255));
  });

  it('refuses what is no IRI', () => {
    expect(() => iri('https://example.org/a b')).toThrow('not an IRI');
    expect(() => iri('https://example.org/<a>')).toThrow('not an IRI');
  });

  it('leaves out what a cell does not say', () => {
    const graph = createGraph('test');
    graph.node('id/place/0').add('isnad:countryCode', undefined);
    expect(graph.statements.get('id/place/0')?.size).toBe(0);
  });
});

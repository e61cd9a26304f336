import { readFileSync } from 'node:fs';
import path from 'node:path';
import { graph, parse, sym, type IndexedFormula } from 'rdflib';
import { describe, expect, it } from 'vitest';
import { isnad, rdfs } from '../../src/model/terms.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import { serialise } from '../../src/rdf/serialise.ts';

/** rdflib is what many linked-data programs in browsers read RDF with. */
const base = 'http://localhost:3030/';
const seed = path.join(import.meta.dirname, '..', '..', 'data', 'seed');

const readWithRdflib = (text: string, mediaType: string): Promise<IndexedFormula> =>
  new Promise((resolve, reject) => {
    const store = graph();
    parse(text, store, base, mediaType, (error) => {
      if (error) reject(error);
      else resolve(store);
    });
  });

describe('a program that uses rdflib', () => {
  it('reads our Turtle and RDF/XML as the same statements', async () => {
    const text = readFileSync(path.join(seed, 'scholars.ttl'), 'utf8');
    const quads = await parseRdf(text, { mediaType: 'text/turtle', baseIri: base });
    expect(quads.length).toBeGreaterThan(1000);
    for (const mediaType of ['text/turtle', 'application/rdf+xml'] as const) {
      const store = await readWithRdflib(await serialise(quads, mediaType), mediaType);
      expect({ mediaType, statements: store.length }).toEqual({
        mediaType,
        statements: quads.length,
      });
    }
  });

  it('finds the Arabic and the English name of a scholar', async () => {
    const text = readFileSync(path.join(seed, 'scholars.ttl'), 'utf8');
    const store = await readWithRdflib(text, 'text/turtle');
    const [person] = store.each(undefined, sym(isnad.field), undefined);
    expect(person).toBeDefined();
    const languages = store
      .statementsMatching(undefined, sym(rdfs.label))
      .map(({ object }) => ('language' in object ? object.language : ''));
    expect(new Set(languages)).toContain('ar');
    expect(languages.length).toBeGreaterThan(50);
  });
});

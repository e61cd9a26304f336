import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { crm, isnad, rdf, rdfs, shared, xsd } from '../../src/model/terms.ts';
import { frameJsonLd, type JsonObject, keysOutsideContext } from '../../src/rdf/frame.ts';
import { toNQuads } from '../../src/rdf/nquads.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import { literal, namedNode, quad, type Quad, typedLiteral } from '../../src/rdf/terms.ts';
import { comparable } from './same-graph.ts';

const readJson = (name: string): JsonObject => {
  const file = path.join(import.meta.dirname, '..', '..', 'ontology', name);
  const document: JsonObject = JSON.parse(readFileSync(file, 'utf8'));
  return document;
};
const context = readJson('context.jsonld');
const frame = readJson('frames/record.jsonld');
const contexts = new Map([[shared.context, context]]);
const contextIri = 'http://localhost:3030/context.jsonld';

const record = 'http://localhost:3030/id/manuscript/0123456789abcdef';
const iri = namedNode;
const quads: readonly Quad[] = [
  quad(iri(record), iri(rdf.type), iri(isnad.Manuscript)),
  quad(iri(record), iri(rdfs.label), literal('مصحف', 'ar')),
  quad(iri(record), iri(rdfs.label), literal('muṣḥaf', 'ar-Latn-alalc97')),
  quad(iri(record), iri(rdfs.label), literal('Wetzstein II 1913')),
  quad(iri(record), iri(isnad.folioCount), typedLiteral('210', xsd.integer)),
  quad(iri(record), iri(isnad.heightMm), typedLiteral('34.5', xsd.decimal)),
  quad(iri(record), iri(isnad.production), iri(`${record}#production`)),
  quad(iri(`${record}#production`), iri(rdf.type), iri(isnad.Production)),
  quad(iri('http://localhost:3030/id/assertion/1'), iri(isnad.about), iri(`${record}#production`)),
  quad(
    iri('http://localhost:3030/id/assertion/1'),
    iri(isnad.assertedProperty),
    iri(crm['P4_has_time-span']),
  ),
];
const options = { frame, contexts, contextIri, root: record };

describe('framed JSON-LD', () => {
  it('puts the record at the root, what it points to inside, and its context by reference', async () => {
    const document = await frameJsonLd(quads, options);
    expect(document).toMatchObject({
      '@context': contextIri,
      id: record,
      type: ['Manuscript'],
      folioCount: [210],
      production: [
        {
          id: `${record}#production`,
          assertions: [{ assertedProperty: crm['P4_has_time-span'] }],
        },
      ],
    });
  });

  it('gives labels as language maps, also those without a language', async () => {
    const document = await frameJsonLd(quads, options);
    expect(document['label']).toEqual({
      ar: ['مصحف'],
      'ar-Latn-alalc97': ['muṣḥaf'],
      '@none': ['Wetzstein II 1913'],
    });
  });

  it('gives plain texts as plain strings', async () => {
    const shelfmark = quad(iri(record), iri(isnad.shelfmark), literal('Wetzstein II 1913'));
    const document = await frameJsonLd([...quads, shelfmark], options);
    expect(document['shelfmark']).toEqual(['Wetzstein II 1913']);
  });

  it('says the same as the quads when read back', async () => {
    const document = await frameJsonLd(quads, options);
    const text = JSON.stringify({ ...document, '@context': shared.context });
    const mediaType = 'application/ld+json';
    const read = await parseRdf(text, { mediaType, baseIri: record, contexts });
    expect(await comparable(toNQuads(read), 'application/n-quads', record)).toBe(
      await comparable(toNQuads(quads), 'application/n-quads', record),
    );
  });

  it('has no key outside the context, and a planted one is found', async () => {
    const whole = await frameJsonLd(quads, options);
    expect(keysOutsideContext(whole, context)).toEqual([]);
    const planted = quad(iri(record), iri('http://elsewhere.example/p'), literal('x'));
    const odd = await frameJsonLd([...quads, planted], options);
    expect(keysOutsideContext(odd, context)).toEqual(['http://elsewhere.example/p']);
  });

  it('never fetches a context', async () => {
    const elsewhere = { ...frame, '@context': 'http://elsewhere.example/context.jsonld' };
    await expect(frameJsonLd(quads, { ...options, frame: elsewhere })).rejects.toMatchObject({
      code: 'remote-context',
    });
  });
});

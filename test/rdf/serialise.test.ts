import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crm, isnad, prefixes, rdf, rdfs, xsd } from '../../src/model/terms.ts';
import { rdfMediaTypes } from '../../src/rdf/media-types.ts';
import { toNQuads } from '../../src/rdf/nquads.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import { serialise } from '../../src/rdf/serialise.ts';
import {
  blankNode,
  defaultGraph,
  literal,
  namedNode,
  quad,
  type Quad,
  typedLiteral,
} from '../../src/rdf/terms.ts';
import { comparable } from './same-graph.ts';

const base = 'http://localhost:3030/';
const record = namedNode(`${base}id/manuscript/0123456789abcdef`);
const verse = namedNode('https://w3id.org/isnad/quran/2:255');
const graph = namedNode(`${base}dataset/corpus-coranicum`);
const sample: readonly Quad[] = [
  quad(record, namedNode(isnad.shelfmark), literal('Wetzstein II 1913 "<&>\\'), graph),
  quad(record, namedNode(rdf.type), namedNode(isnad.Manuscript), graph),
  quad(record, namedNode(rdfs.label), literal('مُصحف\u200F\n', 'ar'), graph),
  quad(record, namedNode(rdfs.label), literal('muṣḥaf', 'ar-latn-alalc97'), graph),
  quad(record, namedNode(isnad.folioCount), typedLiteral('210', xsd.integer), graph),
  quad(record, namedNode(crm['P4_has_time-span']), blankNode('b1'), graph),
  quad(blankNode('b1'), namedNode(isnad.startVerse), verse, graph),
];

const sameAs = (quads: readonly Quad[]): Promise<string> =>
  comparable(toNQuads(quads), 'application/n-quads', base);
const withoutGraphs = (quads: readonly Quad[]): Quad[] =>
  quads.map(({ subject, predicate, object }) => quad(subject, predicate, object, defaultGraph()));
const keepsGraphs = new Set(['application/n-quads', 'application/trig', 'application/ld+json']);

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '"',
    '\\',
    '"""',
    "'",
    '\n',
    '\r\n',
    ' \t',
    '<b>&amp;',
    ']]>',
    'قُرآن\u202E',
    '\u2028',
    '😀',
    '',
  ),
);
const isXmlText = (value: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- these are the characters XML 1.0 lacks
  !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(value) && value.isWellFormed();
const object = fc.oneof(
  text.map((value) => literal(value)),
  text.map((value) => literal(value, 'ar')),
  text.map((value) => typedLiteral(value, xsd.anyURI)),
  fc.constantFrom(
    verse,
    record,
    blankNode('b1'),
    blankNode('0ق'),
    namedNode('http://a/ü?x=1&y=%20#z'),
  ),
);
const subject = fc.constantFrom(record, verse, blankNode('b1'), namedNode('urn:x:y'));
const predicate = fc
  .constantFrom(isnad.shelfmark, rdfs.label, 'http://p.example/ünïcode', 'urn:p:q')
  .map((iri) => namedNode(iri));
const quads = fc.array(
  fc
    .tuple(subject, predicate, object, fc.constantFrom(graph, defaultGraph()))
    .map(([s, p, o, g]) => quad(s, p, o, g)),
);

describe('writing RDF', () => {
  it.each(rdfMediaTypes)('says in %s all that was said, and nothing else', async (mediaType) => {
    await fc.assert(
      fc.asyncProperty(quads, async (given) => {
        fc.pre(given.every(({ object: { value } }) => isXmlText(value)));
        const written = await serialise([...sample, ...given], mediaType);
        const all = [...sample, ...given];
        const said = await sameAs(keepsGraphs.has(mediaType) ? all : withoutGraphs(all));
        expect(await comparable(written, mediaType, base)).toBe(said);
        const read = await parseRdf(written, { mediaType, baseIri: base });
        expect(await sameAs(read)).toBe(said);
      }),
      { numRuns: 60 },
    );
  });

  it('reads well in Turtle: prefixes that are used, subjects together, the type first', async () => {
    expect(await serialise(sample.slice(0, 3), 'text/turtle')).toBe(
      `@prefix isnad: <${prefixes.isnad}>.\n@prefix rdf: <${prefixes.rdf}>.\n@prefix rdfs: <${prefixes.rdfs}>.\n@prefix xsd: <${prefixes.xsd}>.\n\n` +
        `<${record.value}> a isnad:Manuscript;\n` +
        String.raw`    isnad:shelfmark "Wetzstein II 1913 \"<&>\\";` +
        '\n    rdfs:label "مُصحف\u200F\\n"@ar.\n',
    );
  });

  it('says a triple that two graphs hold once where the format has no graphs', async () => {
    const twice = [
      sample[1],
      sample[1] && quad(record, namedNode(rdf.type), namedNode(isnad.Manuscript)),
    ];
    const written = await serialise(
      twice.filter((each) => each !== undefined),
      'application/n-triples',
    );
    expect(written.split('\n')).toHaveLength(2);
  });

  it('writes Arabic with xml:lang, readable, in RDF/XML', async () => {
    const written = await serialise(sample, 'application/rdf+xml');
    expect(written).toContain('<rdfs:label xml:lang="ar-latn-alalc97">muṣḥaf</rdfs:label>');
    expect(written).toContain(
      '<isnad:shelfmark>Wetzstein II 1913 "&lt;&amp;&gt;\\</isnad:shelfmark>',
    );
    expect(written).toContain(`rdf:resource="${verse.value}"`);
  });

  it.each([
    ['a property without an XML name', quad(record, namedNode('http://p.example/1%20'), verse)],
    ['a control character', quad(record, namedNode(rdfs.label), literal('a\u0001'))],
  ])('refuses to write %s in RDF/XML rather than write it wrongly', async (_, each) => {
    await expect(serialise([each], 'application/rdf+xml')).rejects.toMatchObject({
      code: 'not-acceptable',
    });
  });

  it('writes valid documents for nothing', async () => {
    for (const mediaType of rdfMediaTypes) {
      const read = await parseRdf(await serialise([], mediaType), { mediaType, baseIri: base });
      expect(read).toEqual([]);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { toNQuads } from '../../src/rdf/nquads.ts';
import { parseRdf } from '../../src/rdf/parse.ts';
import { comparable } from './same-graph.ts';

const baseIri = 'http://base.example/dir/file';
const wrap = (inside: string, attributes = '') =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.example/"${attributes}>${inside}</rdf:RDF>`;
const read = (text: string) => parseRdf(text, { mediaType: 'application/rdf+xml', baseIri });
const documents: Readonly<Record<string, string>> = {
  'a typed node with text in Arabic': wrap(
    '<e:T rdf:about="a"><e:p xml:lang="ar">قُرآن &amp; &#x642;</e:p></e:T>',
  ),
  'relative IRIs and xml:base': wrap(
    '<e:T rdf:about="#x"><e:p rdf:resource="../y?q"/></e:T><e:T rdf:about="" xml:base="http://other.example/z/"><e:p rdf:resource="w"/></e:T>',
    ' xml:base="http://x.example/a/b/c#frag"',
  ),
  'properties as attributes': wrap('<e:T rdf:about="a" e:p="v" rdf:type="T2" xml:lang="en"/>'),
  'a property that describes its object by attributes': wrap(
    '<e:T><e:p e:q="v" rdf:type="Z"/><e:p rdf:resource="r" e:q="w"/></e:T>',
  ),
  'nodes inside nodes': wrap('<e:T><e:p>\n <e:U rdf:about="u"><e:q>1</e:q></e:U>\n</e:p></e:T>'),
  'rdf:li, also after a collection': wrap(
    '<rdf:Bag rdf:about="a"><rdf:li>1</rdf:li><e:c rdf:parseType="Collection"><e:A/><rdf:Description rdf:about="b"/></e:c><rdf:li rdf:resource="x"/></rdf:Bag>',
  ),
  'an empty collection': wrap('<e:T><e:c rdf:parseType="Collection"/></e:T>'),
  'parseType Resource with parts': wrap(
    '<e:T><e:r rdf:parseType="Resource"><e:z>1</e:z><rdf:li>2</rdf:li></e:r></e:T>',
  ),
  datatypes: wrap(
    '<e:T><e:p rdf:datatype="http://www.w3.org/2001/XMLSchema#string">x</e:p><e:p rdf:datatype="dt">y</e:p></e:T>',
  ),
  'shared blank nodes': wrap(
    '<rdf:Description rdf:nodeID="n"><e:p rdf:nodeID="m"/></rdf:Description><e:T rdf:nodeID="m"/>',
  ),
  'rdf:ID and reification': wrap(
    '<rdf:Description rdf:ID="i"><e:p rdf:ID="s">o</e:p><e:p rdf:ID="t" rdf:resource="#i"/></rdf:Description>',
  ),
  'one node without rdf:RDF':
    '<e:T xmlns:e="http://e.example/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="a"/>',
  'an empty document': wrap(''),
};

describe('reading RDF/XML', () => {
  it.each(Object.entries(documents))('says the same as the engine for %s', async (_, text) => {
    const mine = toNQuads(await read(text));
    const engine = await comparable(text, 'application/rdf+xml', baseIri);
    expect(await comparable(mine, 'application/n-quads', baseIri)).toBe(engine);
  });

  it('reads CDATA, comments and processing instructions, where the engine gives up', async () => {
    const quads = await read(wrap('<e:T><!-- c --><e:p><![CDATA[<x>]]> y<?pi?></e:p><e:p/></e:T>'));
    expect(quads.slice(1).map(({ object }) => object.value)).toEqual(['<x> y', '']);
  });

  it('takes an inherited language back, where the engine gives up', async () => {
    const quads = await read(wrap('<e:T xml:lang="fa"><e:p>x</e:p><e:p xml:lang="">y</e:p></e:T>'));
    expect(toNQuads(quads)).toContain('"x"@fa');
    expect(toNQuads(quads)).toContain('"y" .');
  });

  it('writes markup inside a literal as canonical XML', async () => {
    const quads = await read(
      wrap(
        '<e:T><e:l rdf:parseType="Literal">a &lt; <b:x xmlns:b="http://b/" z="2" a="1&quot;"><y/></b:x></e:l></e:T>',
      ),
    );
    expect(quads.at(-1)?.object.value).toBe(
      'a &lt; <b:x xmlns:b="http://b/" a="1&quot;" z="2"><y></y></b:x>',
    );
  });

  const broken: Readonly<Record<string, string>> = {
    'a tag that does not match': wrap('<e:T><e:p>x</e:q></e:T>'),
    'an end that is missing': wrap('').slice(0, -5),
    'nothing at all': '',
    'text that is not XML': 'not xml',
    'an entity that is not declared': wrap('<e:T><e:p>&nbsp;</e:p></e:T>'),
    'a prefix that is not declared': wrap('<x:T/>'),
    'text between properties': wrap('<e:T>stray</e:T>'),
    'two nodes in one property': wrap('<e:T><e:p><e:A/><e:B/></e:p></e:T>'),
    'text beside a node': wrap('<e:T><e:p>x<e:A/></e:p></e:T>'),
    'content beside rdf:resource': wrap('<e:T><e:p rdf:resource="a">x</e:p></e:T>'),
    'two names for a node': wrap('<e:T rdf:about="a" rdf:ID="b"/>'),
    'the same rdf:ID twice': wrap('<e:T rdf:ID="b"/><e:T rdf:ID="b"/>'),
    'an rdf:ID that is no name': wrap('<e:T rdf:ID="1 2"/>'),
    'rdf:li as a node': wrap('<rdf:li/>'),
    'rdf:Description as a property': wrap('<e:T><rdf:Description/></e:T>'),
    'rdf:bagID': wrap('<e:T rdf:bagID="x"/>'),
    'an attribute without namespace': wrap('<e:T about="x"/>'),
    'rdf:parseType beside rdf:resource': wrap(
      '<e:T><e:p rdf:parseType="Resource" rdf:resource="a"/></e:T>',
    ),
  };
  it.each(Object.entries(broken))('refuses %s with its place', async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'rdf-syntax',
      position: { line: 1, column: expect.any(Number) },
    });
  });

  it.each([
    `<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${wrap('<e:T><e:p>&b;</e:p></e:T>')}`,
    `<?xml version="1.0"?><!doctype r SYSTEM "http://evil.example/x.dtd">${wrap('')}`,
  ])('refuses a document type before reading it', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'delivery-unsafe' });
  });

  it('refuses nesting that would exhaust the reader', async () => {
    const deep = wrap(`${'<e:T><e:p>'.repeat(200)}${'</e:p></e:T>'.repeat(200)}`);
    await expect(read(deep)).rejects.toMatchObject({
      code: 'rdf-syntax',
      message: expect.stringContaining('nested deeper'),
    });
  });
});

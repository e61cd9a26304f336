import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIsnadError } from '../../../src/errors.ts';
import type { XmlOptions } from '../../../src/import/readers/xml-tree.ts';
import { elementAt, oneSpaced, parseXml, textOf } from '../../../src/import/readers/xml-tree.ts';

const keepAll: XmlOptions = { keep: () => 'keep' };
const parse = (text: string | Uint8Array) =>
  parseXml(typeof text === 'string' ? Buffer.from(text) : text, 'x.xml', keepAll).root;

const outcomeOf = (text: string): string => {
  try {
    return parse(text).name;
  } catch (error) {
    return isIsnadError(error) ? error.code : 'another error';
  }
};

describe('XML read into a tree', () => {
  it('keeps names, attributes, text, CDATA and the line of each element', () => {
    const root = parse('<a xml:id="i">\n<b n="1">one<![CDATA[ <two>]]></b>&amp;</a>');
    const b = elementAt(root, 'b');
    expect(root.attributes).toEqual({ 'xml:id': 'i' });
    expect(b).toMatchObject({ name: 'b', attributes: { n: '1' }, line: 2 });
    expect(textOf(b)).toBe('one <two>');
    expect(textOf(root)).toBe('one <two>&');
  });

  it('knows elements by namespace, whatever their prefix', () => {
    const root = parse('<t:a xmlns:t="http://example.org/ns"/>');
    expect([root.name, root.namespace]).toEqual(['a', 'http://example.org/ns']);
  });

  it('reads UTF-8 with and without a byte order mark, and UTF-16 with one', () => {
    const text = '<a>مصحف</a>';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), utf16])
      expect(textOf(parse(bytes))).toBe('مصحف');
  });

  it('passes over what is not wanted, and counts it', () => {
    const { root, passedOver } = parseXml(Buffer.from('<a><b>x<c/></b><b/><d>y</d></a>'), 'x.xml', {
      keep: (path) => (path === '/a/b' ? 'pass' : path === '/a' ? 'enter' : 'keep'),
    });
    expect(textOf(root)).toBe('y');
    expect([...passedOver]).toEqual([['/a/b', 2]]);
  });

  it('gives a tree or a clear error for any text, and never anything else', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b x="1"/>',
      '&lt;',
      '&x;',
      'ن',
      '<!--',
      '-->',
      '<?',
      '?>',
      '<!DOCTYPE a>',
      '\0',
      ']]>',
      '<![CDATA[',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(outcomeOf(pieces.join(''))).toMatch(
          /^(?:[ab]|delivery-unsafe|delivery-unreadable)$/,
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('White space of XML', () => {
  it('becomes one space between words; a no-break space stays', () => {
    expect(oneSpaced('\n  Staatsbibliothek\n\t, Berlin  ')).toBe('Staatsbibliothek , Berlin');
    expect(oneSpaced('a\u00A0b')).toBe('a\u00A0b');
  });
});

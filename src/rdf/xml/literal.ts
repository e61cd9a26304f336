import type { SaxesTagNS } from 'saxes';

/**
 * The markup inside a property of `rdf:parseType="Literal"`, written as exclusive canonical XML: each
 * namespace declared where it is first used, attributes in order, empty elements with both tags.
 */
export interface XmlLiteral {
  readonly open: (tag: SaxesTagNS) => void;
  readonly text: (text: string) => void;
  readonly close: (tag: SaxesTagNS) => void;
  readonly value: () => string;
}

const escapeText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');

const escapeAttribute = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');

const byText = (left: string, right: string): number => {
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

/** Collects the content of one XML literal. */
export const collectXmlLiteral = (): XmlLiteral => {
  const declared: ReadonlyMap<string, string>[] = [new Map([['', '']])];
  let written = '';

  const openingTag = (tag: SaxesTagNS): string => {
    const known = declared.at(-1) ?? new Map<string, string>();
    const attributes = Object.values(tag.attributes).filter(({ prefix }) => prefix !== 'xmlns');
    const plain = attributes.filter(({ name }) => name !== 'xmlns');
    const used = new Map([[tag.prefix, tag.uri]]);
    for (const { prefix, uri } of plain)
      if (prefix !== '' && prefix !== 'xml') used.set(prefix, uri);
    const fresh = [...used].filter(([prefix, uri]) => known.get(prefix) !== uri);
    declared.push(new Map([...known, ...fresh]));
    const namespaces = fresh
      .toSorted(([left], [right]) => byText(left, right))
      .map(
        ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`,
      );
    const values = plain
      .toSorted((left, right) => byText(left.uri, right.uri) || byText(left.local, right.local))
      .map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`);
    return `<${tag.name}${namespaces.join('')}${values.join('')}>`;
  };

  return {
    open: (tag) => {
      written += openingTag(tag);
    },
    text: (text) => {
      written += escapeText(text);
    },
    close: (tag) => {
      declared.pop();
      written += `</${tag.name}>`;
    },
    value: () => written,
  };
};

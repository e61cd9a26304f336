import { IsnadError } from '../../errors.ts';
import { prefixes, xsd } from '../../model/terms.ts';
import type { Literal, Quad, Term } from '../terms.ts';

/**
 * RDF/XML (RDF 1.1 XML Syntax), one rdf:Description a subject. Not every graph can be written so:
 * a property must end in an XML name, and text must hold only characters that XML has.
 */
// oxlint-disable-next-line no-control-regex -- these are the characters XML 1.0 lacks
const notXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;
const localName = /[\p{L}_][\p{L}\p{M}\p{N}_.\-·]*$/u;

const impossible = (reason: string): never => {
  throw new IsnadError('not-acceptable', `This cannot be written as RDF/XML: ${reason}`);
};

const escape = (text: string): string => {
  if (notXml.test(text)) impossible('its text holds a character that XML does not have.');
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
};

/** Line breaks stay readable in element content; only a lone carriage return would be lost. */
const escapeContent = (text: string): string =>
  escape(text).replaceAll('&#xA;', '\n').replaceAll('&#x9;', '\t').replaceAll('&quot;', '"');

/** The namespaces of a document and the prefixes it gives them. */
type Namespaces = Map<string, string>;

const knownPrefixes = new Map<string, string>(
  Object.entries(prefixes).map(([prefix, namespace]) => [namespace, prefix]),
);

const splitProperty = (iri: string): readonly [namespace: string, local: string] => {
  const local = localName.exec(iri)?.[0];
  if (local === undefined || local.length === iri.length)
    return impossible(`the property <${iri}> does not end in an XML name.`);
  return [iri.slice(0, -local.length), local];
};

const qualifiedName = (iri: string, namespaces: Namespaces): string => {
  const [namespace, local] = splitProperty(iri);
  const prefix =
    namespaces.get(namespace) ?? knownPrefixes.get(namespace) ?? `ns${namespaces.size}`;
  namespaces.set(namespace, prefix);
  return `${prefix}:${local}`;
};

const reference = (term: Term, iriAttribute: string): string => {
  if (term.termType === 'NamedNode') return `${iriAttribute}="${escape(term.value)}"`;
  if (term.termType === 'BlankNode') return `rdf:nodeID="${nodeName(term.value)}"`;
  return impossible(`a ${term.termType} stands as a subject or object.`);
};

/** Blank node labels may hold or start with what XML names may not. */
const nodeName = (label: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(label)
    ? `b${label}`
    : `x${Buffer.from(label, 'utf8').toString('hex')}`;

const literalElement = (name: string, term: Literal): string => {
  const content = escapeContent(term.value);
  if (term.language !== '')
    return `<${name} xml:lang="${escape(term.language)}">${content}</${name}>`;
  const datatype = term.datatype.value;
  return datatype === xsd.string
    ? `<${name}>${content}</${name}>`
    : `<${name} rdf:datatype="${escape(datatype)}">${content}</${name}>`;
};

const propertyElement = ({ predicate, object }: Quad, namespaces: Namespaces): string => {
  const name = qualifiedName(predicate.value, namespaces);
  return object.termType === 'Literal'
    ? literalElement(name, object)
    : `<${name} ${reference(object, 'rdf:resource')}/>`;
};

const description = (quads: readonly Quad[], namespaces: Namespaces): string => {
  const [first] = quads;
  if (!first) return '';
  const lines = quads.map((each) => `    ${propertyElement(each, namespaces)}\n`);
  const subject = reference(first.subject, 'rdf:about');
  return `  <rdf:Description ${subject}>\n${lines.join('')}  </rdf:Description>\n`;
};

/**
 * Quads as an RDF/XML document; their graphs are not shown.
 *
 * @param subjects the quads grouped by subject
 * @throws IsnadError `not-acceptable` for what RDF/XML has no way to say
 */
export const writeRdfXml = (subjects: readonly (readonly Quad[])[]): string => {
  const namespaces: Namespaces = new Map([[prefixes.rdf, 'rdf']]);
  const body = subjects.map((quads) => description(quads, namespaces)).join('');
  const declared = [...namespaces]
    .map(([namespace, prefix]) => ` xmlns:${prefix}="${escape(namespace)}"`)
    .join('\n        ');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF${declared}>\n${body}</rdf:RDF>\n`;
};

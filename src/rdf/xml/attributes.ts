import type { SaxesTagNS } from 'saxes';
import { IsnadError } from '../../errors.ts';
import { prefixes, rdf } from '../../model/terms.ts';
import { resolveIri } from '../resolve-iri.ts';

/** What an element passes on to those inside it. */
export interface Scope {
  readonly base: string;
  readonly language: string;
}

/** The attributes of an element of RDF/XML, sorted by what they mean. */
export interface ElementAttributes {
  /** Attributes of the RDF syntax by local name: `about`, `resource`, `datatype`, … */
  readonly syntax: Readonly<Record<string, string | undefined>>;
  /** Properties written as attributes: IRI and value. */
  readonly properties: readonly (readonly [iri: string, value: string])[];
  readonly scope: Scope;
}

const syntaxNames = new Set(['about', 'ID', 'nodeID', 'resource', 'parseType', 'datatype']);
const neverAttributes = new Set([
  'RDF',
  'Description',
  'li',
  'bagID',
  'aboutEach',
  'aboutEachPrefix',
]);
const ncName = /^[\p{L}_][\p{L}\p{M}\p{N}_.\-·]*$/u;

const refuse = (reason: string): never => {
  throw new IsnadError('rdf-syntax', reason);
};

const innerScope = (tag: SaxesTagNS, outer: Scope): Scope => {
  const base = tag.attributes['xml:base']?.value;
  return {
    base: base === undefined ? outer.base : resolveIri(base.replace(/#.*$/s, ''), outer.base),
    language: tag.attributes['xml:lang']?.value ?? outer.language,
  };
};

/**
 * Reads the attributes of an element.
 *
 * @throws IsnadError `rdf-syntax` for attributes that RDF/XML does not allow
 */
export const readAttributes = (tag: SaxesTagNS, outer: Scope): ElementAttributes => {
  const syntax: Record<string, string> = {};
  const properties: [string, string][] = [];
  for (const { prefix, name, uri, local, value } of Object.values(tag.attributes)) {
    if (prefix === 'xml' || prefix === 'xmlns' || name === 'xmlns') continue;
    if (uri === '') refuse(`the attribute ${name} has no namespace.`);
    if (uri !== prefixes.rdf) properties.push([uri + local, value]);
    else if (syntaxNames.has(local)) syntax[local] = value;
    else if (neverAttributes.has(local)) refuse(`rdf:${local} is not allowed as an attribute.`);
    else properties.push([uri + local, value]);
  }
  for (const name of ['ID', 'nodeID'])
    if (syntax[name] !== undefined && !ncName.test(syntax[name]))
      refuse(`rdf:${name} "${syntax[name]}" is not a name.`);
  return { syntax, properties, scope: innerScope(tag, outer) };
};

/** Whether a property written as an attribute is `rdf:type`, whose value is an IRI. */
export const isTypeAttribute = (iri: string): boolean => iri === rdf.type;

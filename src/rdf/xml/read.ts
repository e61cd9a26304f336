import type { SaxesTagNS } from 'saxes';
import { prefixes, rdf } from '../../model/terms.ts';
import { resolveIri } from '../resolve-iri.ts';
import { blankNode, literal, namedNode, typedLiteral } from '../terms.ts';
import type { Quad } from '../terms.ts';
import { type ElementAttributes, readAttributes, type Scope } from './attributes.ts';
import {
  type Graph,
  labelled,
  type Node,
  type Place,
  refuse,
  state,
  stateAttributes,
  stateList,
  stateProperty,
  subjectOf,
} from './graph.ts';
import { collectXmlLiteral, type XmlLiteral } from './literal.ts';
import { readMarkup } from './markup.ts';

/** One open element: what may stand inside it, and what happens when it closes. */
interface Frame {
  /** Takes an element inside this one. */
  readonly open: (tag: SaxesTagNS) => Frame;
  readonly text: (text: string) => void;
  readonly close: () => void;
}

const depthMax = 256;
const syntaxTerms =
  'RDF ID about bagID parseType resource nodeID datatype aboutEach aboutEachPrefix'
    .split(' ')
    .map((name) => prefixes.rdf + name);
const neverNodes = new Set([...syntaxTerms, `${prefixes.rdf}li`]);
const neverProperties = new Set([...syntaxTerms, `${prefixes.rdf}Description`]);

const nothing = (): void => undefined;
const noText = (text: string): void => {
  if (/[^ \t\r\n]/.test(text)) refuse(`the text "${text.trim().slice(0, 40)}" is out of place.`);
};
const noneOf = ({ syntax }: ElementAttributes, names: readonly string[], where: string): void => {
  for (const name of names)
    if (syntax[name] !== undefined) refuse(`rdf:${name} is not allowed ${where}.`);
};

/** The document: rdf:RDF with nodes inside, or one node by itself. */
const documentFrame = (graph: Graph, scope: Scope): Frame => ({
  text: noText,
  close: nothing,
  open: (tag) => {
    if (tag.uri + tag.local !== `${prefixes.rdf}RDF`) return nodeFrame(graph, tag, scope, nothing);
    const attributes = readAttributes(tag, scope);
    if (attributes.properties.length > 0) refuse('rdf:RDF takes no attributes but namespaces.');
    return {
      text: noText,
      close: nothing,
      open: (inner) => nodeFrame(graph, inner, attributes.scope, nothing),
    };
  },
});

/** A node element: names its subject, states its type and attributes, holds properties. */
const nodeFrame = (
  graph: Graph,
  tag: SaxesTagNS,
  outer: Scope,
  found: (node: Node) => void,
): Frame => {
  const type = tag.uri + tag.local;
  if (tag.uri === '' || neverNodes.has(type)) refuse(`<${tag.name}> cannot be a node.`);
  const attributes = readAttributes(tag, outer);
  noneOf(attributes, ['resource', 'parseType', 'datatype'], 'on a node');
  const subject = subjectOf(graph, attributes);
  if (type !== `${prefixes.rdf}Description`)
    state(graph, subject, namedNode(rdf.type), namedNode(type));
  stateAttributes(graph, subject, attributes);
  found(subject);
  return propertiesFrame(graph, subject, attributes.scope);
};

/** The inside of a node: properties. */
const propertiesFrame = (graph: Graph, subject: Node, scope: Scope): Frame => {
  let items = 0;
  const propertyIri = (tag: SaxesTagNS): string => {
    const iri = tag.uri + tag.local;
    if (tag.uri === '' || neverProperties.has(iri)) refuse(`<${tag.name}> cannot be a property.`);
    if (iri !== `${prefixes.rdf}li`) return iri;
    items += 1;
    return `${prefixes.rdf}_${items}`;
  };
  return {
    text: noText,
    close: nothing,
    open: (tag) => {
      const predicate = namedNode(propertyIri(tag));
      return propertyFrame(graph, { subject, predicate }, readAttributes(tag, scope));
    },
  };
};

const propertyFrame = (graph: Graph, place: Place, attributes: ElementAttributes): Frame => {
  const { syntax, properties } = attributes;
  noneOf(attributes, ['about'], 'on a property');
  if (syntax['parseType'] !== undefined) return parseTypeFrame(graph, place, attributes);
  const isReference = syntax['resource'] !== undefined || syntax['nodeID'] !== undefined;
  return isReference || (properties.length > 0 && syntax['datatype'] === undefined)
    ? referenceFrame(graph, place, attributes)
    : valueFrame(graph, place, attributes);
};

/** `<p rdf:resource="…"/>` and its kin: an empty element whose attributes describe the object. */
const referenceFrame = (graph: Graph, place: Place, attributes: ElementAttributes): Frame => {
  const { resource, nodeID } = attributes.syntax;
  noneOf(attributes, ['datatype'], 'beside a reference');
  if (resource !== undefined) noneOf(attributes, ['nodeID'], 'beside rdf:resource');
  const unnamed = nodeID === undefined ? blankNode() : labelled(nodeID);
  const object =
    resource === undefined ? unnamed : namedNode(resolveIri(resource, attributes.scope.base));
  stateProperty(graph, place, object, attributes);
  stateAttributes(graph, object, attributes);
  return {
    text: noText,
    close: nothing,
    open: (tag) => refuse(`<${tag.name}> stands inside a property that must be empty.`),
  };
};

/** A property with text or with one node inside. */
const valueFrame = (graph: Graph, place: Place, attributes: ElementAttributes): Frame => {
  const { scope, syntax, properties } = attributes;
  if (properties.length > 0) refuse('rdf:datatype is not allowed beside attributes.');
  const { datatype } = syntax;
  let text = '';
  let object: Node | undefined;
  return {
    text: (found) => {
      text += found;
    },
    open: (tag) => {
      if (object ?? datatype) refuse(`<${tag.name}> is one value too many.`);
      noText(text);
      text = '';
      return nodeFrame(graph, tag, scope, (node) => {
        object = node;
      });
    },
    close: () => {
      if (object) noText(text);
      const value =
        datatype === undefined
          ? literal(text, scope.language || undefined)
          : typedLiteral(text, resolveIri(datatype, scope.base));
      stateProperty(graph, place, object ?? value, attributes);
    },
  };
};

const parseTypeFrame = (graph: Graph, place: Place, attributes: ElementAttributes): Frame => {
  noneOf(attributes, ['resource', 'nodeID', 'datatype'], 'beside rdf:parseType');
  if (attributes.properties.length > 0) refuse('rdf:parseType is not allowed beside attributes.');
  const { parseType } = attributes.syntax;
  if (parseType === 'Collection') return collectionFrame(graph, place, attributes);
  if (parseType === 'Resource') {
    const object = blankNode();
    stateProperty(graph, place, object, attributes);
    return propertiesFrame(graph, object, attributes.scope);
  }
  const xml = collectXmlLiteral();
  return xmlFrame(xml, () => {
    stateProperty(graph, place, typedLiteral(xml.value(), rdf.XMLLiteral), attributes);
  });
};

const xmlFrame = (xml: XmlLiteral, close: () => void): Frame => ({
  text: xml.text,
  close,
  open: (tag) => {
    xml.open(tag);
    return xmlFrame(xml, () => xml.close(tag));
  },
});

const collectionFrame = (graph: Graph, place: Place, attributes: ElementAttributes): Frame => {
  const items: Node[] = [];
  return {
    text: noText,
    open: (tag) => nodeFrame(graph, tag, attributes.scope, (node) => items.push(node)),
    close: () => stateProperty(graph, place, stateList(graph, items), attributes),
  };
};

/**
 * Reads RDF/XML (RDF 1.1 XML Syntax). Blank nodes get fresh labels.
 *
 * @param baseIri against which relative IRIs are resolved
 * @throws IsnadError `rdf-syntax` with line and column; `delivery-unsafe` for a DOCTYPE or entities
 */
export const readRdfXml = (text: string, baseIri: string): Quad[] => {
  const graph: Graph = { quads: [], ids: new Set() };
  const stack: Frame[] = [documentFrame(graph, { base: baseIri, language: '' })];
  const top = (): Frame => stack.at(-1) ?? refuse('the document goes on after its end.');
  readMarkup(
    text,
    {
      open: (tag) => {
        stack.push(top().open(tag));
      },
      text: (found) => top().text(found),
      close: () => stack.pop()?.close(),
    },
    { depthMax, format: 'RDF/XML' },
  );
  return graph.quads;
};

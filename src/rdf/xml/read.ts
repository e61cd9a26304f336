import type { SaxesTagNS } from 'saxes';
import { IsnadError } from '../../errors.ts';
import { prefixes, rdf } from '../../model/terms.ts';
import { resolveIri } from '../resolve-iri.ts';
import { blankNode, literal, namedNode, quad, typedLiteral } from '../terms.ts';
import type { BlankNode, NamedNode, Quad, QuadObject } from '../terms.ts';
import {
  type ElementAttributes,
  isTypeAttribute,
  readAttributes,
  type Scope,
} from './attributes.ts';
import { collectXmlLiteral, type XmlLiteral } from './literal.ts';
import { readMarkup } from './markup.ts';

type Node = NamedNode | BlankNode;

/** One open element: what may stand inside it, and what happens when it closes. */
interface Frame {
  readonly scope: Scope;
  /** Takes an element inside this one. */
  readonly open: (tag: SaxesTagNS) => Frame;
  readonly text: (text: string) => void;
  readonly close: () => void;
}

const depthMax = 256;
const refuse = (reason: string): never => {
  throw new IsnadError('rdf-syntax', reason);
};
const noText = (text: string): void => {
  if (/[^ \t\r\n]/.test(text))
    refuse(`the text "${text.trim().slice(0, 40)}" stands between elements.`);
};
const nothing = (): void => undefined;

const neverNodes = new Set(
  [
    'RDF',
    'ID',
    'about',
    'bagID',
    'parseType',
    'resource',
    'nodeID',
    'datatype',
    'li',
    'aboutEach',
    'aboutEachPrefix',
  ].map((name) => prefixes.rdf + name),
);
const neverProperties = new Set(
  [
    'Description',
    'RDF',
    'ID',
    'about',
    'bagID',
    'parseType',
    'resource',
    'nodeID',
    'datatype',
    'aboutEach',
    'aboutEachPrefix',
  ].map((name) => prefixes.rdf + name),
);

/** Builds the frames of one document; `quads` fills as elements close. */
const createReader = (quads: Quad[]) => {
  const names = new Set<string>();

  const state = (subject: Node, predicate: NamedNode, object: QuadObject): void => {
    quads.push(quad(subject, predicate, object));
  };
  const byId = (id: string, { base }: Scope): NamedNode => {
    const iri = resolveIri(`#${id}`, base);
    if (names.has(iri)) refuse(`rdf:ID "${id}" stands twice.`);
    names.add(iri);
    return namedNode(iri);
  };
  const labelled = (label: string): BlankNode => blankNode(`id-${label}`);

  const stateAttributes = (subject: Node, { properties, scope }: ElementAttributes): void => {
    for (const [iri, value] of properties)
      state(
        subject,
        namedNode(iri),
        isTypeAttribute(iri)
          ? namedNode(resolveIri(value, scope.base))
          : literal(value, scope.language || undefined),
      );
  };

  /** States a triple and, where the property has an rdf:ID, the triple's reification. */
  const stateProperty = (
    subject: Node,
    predicate: NamedNode,
    object: QuadObject,
    { syntax, scope }: ElementAttributes,
  ): void => {
    state(subject, predicate, object);
    if (syntax['ID'] === undefined) return;
    const statement = byId(syntax['ID'], scope);
    state(statement, namedNode(rdf.type), namedNode(rdf.Statement));
    state(statement, namedNode(rdf.subject), subject);
    state(statement, namedNode(rdf.predicate), predicate);
    state(statement, namedNode(rdf.object), object);
  };

  const subjectOf = ({ syntax, scope }: ElementAttributes): Node => {
    const given = ['about', 'ID', 'nodeID'].filter((name) => syntax[name] !== undefined);
    if (given.length > 1) refuse(`rdf:${given.join(' and rdf:')} name one node.`);
    if (syntax['about'] !== undefined) return namedNode(resolveIri(syntax['about'], scope.base));
    if (syntax['ID'] !== undefined) return byId(syntax['ID'], scope);
    return syntax['nodeID'] === undefined ? blankNode() : labelled(syntax['nodeID']);
  };

  /** A node element: names its subject, states its type and attributes, holds properties. */
  const nodeFrame = (tag: SaxesTagNS, outer: Scope, found: (node: Node) => void): Frame => {
    const type = tag.uri + tag.local;
    if (tag.uri === '' || neverNodes.has(type)) refuse(`<${tag.name}> cannot be a node.`);
    const attributes = readAttributes(tag, outer);
    for (const name of ['resource', 'parseType', 'datatype'])
      if (attributes.syntax[name] !== undefined) refuse(`rdf:${name} is not allowed on a node.`);
    const subject = subjectOf(attributes);
    if (type !== `${prefixes.rdf}Description`) state(subject, namedNode(rdf.type), namedNode(type));
    stateAttributes(subject, attributes);
    found(subject);
    return propertiesFrame(subject, attributes.scope);
  };

  /** The inside of a node: properties. */
  const propertiesFrame = (subject: Node, scope: Scope, close: () => void = nothing): Frame => {
    let items = 0;
    return {
      scope,
      text: noText,
      close,
      open: (tag) => {
        let iri = tag.uri + tag.local;
        if (tag.uri === '' || neverProperties.has(iri))
          refuse(`<${tag.name}> cannot be a property.`);
        if (iri === `${prefixes.rdf}li`) {
          items += 1;
          iri = `${prefixes.rdf}_${items}`;
        }
        return propertyFrame(subject, namedNode(iri), readAttributes(tag, scope));
      },
    };
  };

  const propertyFrame = (
    subject: Node,
    predicate: NamedNode,
    attributes: ElementAttributes,
  ): Frame => {
    const { syntax, properties } = attributes;
    if (syntax['about'] !== undefined) refuse('rdf:about is not allowed on a property.');
    if (syntax['parseType'] !== undefined) return parseTypeFrame(subject, predicate, attributes);
    const isReference = syntax['resource'] !== undefined || syntax['nodeID'] !== undefined;
    return isReference || (properties.length > 0 && syntax['datatype'] === undefined)
      ? referenceFrame(subject, predicate, attributes)
      : valueFrame(subject, predicate, attributes);
  };

  /** `<p rdf:resource="…"/>` and its kin: an empty element whose attributes describe the object. */
  const referenceFrame = (
    subject: Node,
    predicate: NamedNode,
    attributes: ElementAttributes,
  ): Frame => {
    const { syntax, scope } = attributes;
    const { resource, nodeID, datatype } = syntax;
    if (resource !== undefined && nodeID !== undefined)
      refuse('rdf:resource and rdf:nodeID name one node.');
    if (datatype !== undefined) refuse('rdf:datatype is not allowed beside a reference.');
    const unnamed = nodeID === undefined ? blankNode() : labelled(nodeID);
    const object = resource === undefined ? unnamed : namedNode(resolveIri(resource, scope.base));
    stateProperty(subject, predicate, object, attributes);
    stateAttributes(object, attributes);
    return {
      scope,
      text: noText,
      close: nothing,
      open: (tag) => refuse(`<${tag.name}> stands inside a property that must be empty.`),
    };
  };

  /** A property with text or with one node inside. */
  const valueFrame = (
    subject: Node,
    predicate: NamedNode,
    attributes: ElementAttributes,
  ): Frame => {
    const { scope, syntax, properties } = attributes;
    if (properties.length > 0)
      refuse('rdf:datatype is not allowed beside properties as attributes.');
    let text = '';
    let object: Node | undefined;
    const { datatype } = syntax;
    return {
      scope,
      text: (found) => {
        text += found;
      },
      open: (tag) => {
        if (object || datatype !== undefined) refuse(`<${tag.name}> is one value too many.`);
        noText(text);
        text = '';
        return nodeFrame(tag, scope, (node) => {
          object = node;
        });
      },
      close: () => {
        if (object) noText(text);
        const value =
          datatype === undefined
            ? literal(text, scope.language || undefined)
            : typedLiteral(text, resolveIri(datatype, scope.base));
        stateProperty(subject, predicate, object ?? value, attributes);
      },
    };
  };

  const parseTypeFrame = (
    subject: Node,
    predicate: NamedNode,
    attributes: ElementAttributes,
  ): Frame => {
    const { scope, syntax, properties } = attributes;
    for (const name of ['resource', 'nodeID', 'datatype'])
      if (syntax[name] !== undefined) refuse(`rdf:${name} is not allowed beside rdf:parseType.`);
    if (properties.length > 0)
      refuse('properties as attributes are not allowed beside rdf:parseType.');
    if (syntax['parseType'] === 'Resource') {
      const object = blankNode();
      stateProperty(subject, predicate, object, attributes);
      return propertiesFrame(object, scope);
    }
    if (syntax['parseType'] === 'Collection')
      return collectionFrame(subject, predicate, attributes);
    const xml = collectXmlLiteral();
    return xmlFrame(scope, xml, () => {
      stateProperty(subject, predicate, typedLiteral(xml.value(), rdf.XMLLiteral), attributes);
    });
  };

  const xmlFrame = (scope: Scope, xml: XmlLiteral, close: () => void): Frame => ({
    scope,
    text: xml.text,
    close,
    open: (tag) => {
      xml.open(tag);
      return xmlFrame(scope, xml, () => xml.close(tag));
    },
  });

  const collectionFrame = (
    subject: Node,
    predicate: NamedNode,
    attributes: ElementAttributes,
  ): Frame => {
    const items: Node[] = [];
    return {
      scope: attributes.scope,
      text: noText,
      open: (tag) => nodeFrame(tag, attributes.scope, (node) => items.push(node)),
      close: () => {
        let rest: Node = namedNode(rdf.nil);
        for (const item of items.toReversed()) {
          const cell = blankNode();
          state(cell, namedNode(rdf.first), item);
          state(cell, namedNode(rdf.rest), rest);
          rest = cell;
        }
        stateProperty(subject, predicate, rest, attributes);
      },
    };
  };

  const nodesFrame = (scope: Scope): Frame => ({
    scope,
    text: noText,
    close: nothing,
    open: (tag) => nodeFrame(tag, scope, nothing),
  });

  /** The document: rdf:RDF with nodes, or one node by itself. */
  return (scope: Scope): Frame => ({
    ...nodesFrame(scope),
    open: (tag) => {
      if (tag.uri + tag.local !== `${prefixes.rdf}RDF`) return nodeFrame(tag, scope, nothing);
      const attributes = readAttributes(tag, scope);
      if (attributes.properties.length > 0) refuse('rdf:RDF takes no attributes but namespaces.');
      return nodesFrame(attributes.scope);
    },
  });
};

/**
 * Reads RDF/XML (RDF 1.1 XML Syntax). Blank nodes get fresh labels.
 *
 * @param baseIri against which relative IRIs are resolved
 * @throws IsnadError `rdf-syntax` with line and column; `delivery-unsafe` for a DOCTYPE or entities
 */
export const readRdfXml = (text: string, baseIri: string): Quad[] => {
  const quads: Quad[] = [];
  const stack: Frame[] = [createReader(quads)({ base: baseIri, language: '' })];
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
  return quads;
};

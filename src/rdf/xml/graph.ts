import { IsnadError } from '../../errors.ts';
import { rdf } from '../../model/terms.ts';
import { resolveIri } from '../resolve-iri.ts';
import { blankNode, literal, namedNode, quad } from '../terms.ts';
import type { BlankNode, NamedNode, Quad, QuadObject } from '../terms.ts';
import { type ElementAttributes, isTypeAttribute, type Scope } from './attributes.ts';

export type Node = NamedNode | BlankNode;

/** The triples read so far from one document, and the names that may not be given again. */
export interface Graph {
  readonly quads: Quad[];
  readonly ids: Set<string>;
}

/** A subject and a property of it, waiting for their object. */
export interface Place {
  readonly subject: Node;
  readonly predicate: NamedNode;
}

export const refuse = (reason: string): never => {
  throw new IsnadError('rdf-syntax', reason);
};

/** Adds a triple. */
export const state = (
  { quads }: Graph,
  subject: Node,
  predicate: NamedNode,
  object: QuadObject,
): void => {
  quads.push(quad(subject, predicate, object));
};

/** The blank node of an `rdf:nodeID`. */
export const labelled = (label: string): BlankNode => blankNode(`id-${label}`);

const byId = ({ ids }: Graph, id: string, { base }: Scope): NamedNode => {
  const iri = resolveIri(`#${id}`, base);
  if (ids.has(iri)) refuse(`rdf:ID "${id}" stands twice.`);
  ids.add(iri);
  return namedNode(iri);
};

/** The subject a node element names, or a fresh blank node. */
export const subjectOf = (graph: Graph, { syntax, scope }: ElementAttributes): Node => {
  const given = ['about', 'ID', 'nodeID'].filter((name) => syntax[name] !== undefined);
  if (given.length > 1) refuse(`rdf:${given.join(' and rdf:')} name one node.`);
  if (syntax['about'] !== undefined) return namedNode(resolveIri(syntax['about'], scope.base));
  if (syntax['ID'] !== undefined) return byId(graph, syntax['ID'], scope);
  return syntax['nodeID'] === undefined ? blankNode() : labelled(syntax['nodeID']);
};

/** Adds the properties that an element states as attributes. */
export const stateAttributes = (
  graph: Graph,
  subject: Node,
  { properties, scope }: ElementAttributes,
): void => {
  for (const [iri, value] of properties) {
    const object = isTypeAttribute(iri)
      ? namedNode(resolveIri(value, scope.base))
      : literal(value, scope.language || undefined);
    state(graph, subject, namedNode(iri), object);
  }
};

/** Adds a triple and, where its property has an `rdf:ID`, the triple's reification. */
export const stateProperty = (
  graph: Graph,
  { subject, predicate }: Place,
  object: QuadObject,
  { syntax, scope }: ElementAttributes,
): void => {
  state(graph, subject, predicate, object);
  if (syntax['ID'] === undefined) return;
  const statement = byId(graph, syntax['ID'], scope);
  state(graph, statement, namedNode(rdf.type), namedNode(rdf.Statement));
  state(graph, statement, namedNode(rdf.subject), subject);
  state(graph, statement, namedNode(rdf.predicate), predicate);
  state(graph, statement, namedNode(rdf.object), object);
};

/** Adds a list and gives its first cell, or rdf:nil. */
export const stateList = (graph: Graph, items: readonly Node[]): Node => {
  let rest: Node = namedNode(rdf.nil);
  for (const item of items.toReversed()) {
    const cell = blankNode();
    state(graph, cell, namedNode(rdf.first), item);
    state(graph, cell, namedNode(rdf.rest), rest);
    rest = cell;
  }
  return rest;
};

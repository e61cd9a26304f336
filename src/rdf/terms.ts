import type * as Rdf from '@rdfjs/types';
import { DataFactory } from 'n3';
import { xsd } from '../model/terms.ts';

/** RDF/JS terms: the one data factory of the project, and the types that go with it. */
export type {
  BlankNode,
  Literal,
  NamedNode,
  Quad,
  Quad_Graph as QuadGraph,
  Quad_Object as QuadObject,
  Term,
} from '@rdfjs/types';

const factory: Rdf.DataFactory = DataFactory;

/** An IRI as a term. The IRI is not checked here; `canonical.ts` refuses what no engine stores. */
export const namedNode = <Iri extends string>(iri: Iri): Rdf.NamedNode<Iri> =>
  factory.namedNode(iri);

/** A blank node, with a fresh label unless one is given. */
export const blankNode = (label?: string): Rdf.BlankNode => factory.blankNode(label);

/** A literal: plain, with a language tag, or with the datatype given as a term. */
export const literal = (value: string, languageOrDatatype?: string | Rdf.NamedNode): Rdf.Literal =>
  factory.literal(value, languageOrDatatype);

/** A literal with the datatype given as an IRI. */
export const typedLiteral = (value: string, datatypeIri: string): Rdf.Literal =>
  factory.literal(value, factory.namedNode(datatypeIri));

/** An `xsd:integer`; `value` must be a safe integer. */
export const integerLiteral = (value: number): Rdf.Literal =>
  typedLiteral(String(value), xsd.integer);

/** An `xsd:boolean`. */
export const booleanLiteral = (value: boolean): Rdf.Literal =>
  typedLiteral(String(value), xsd.boolean);

/** The name of the default graph. */
export const defaultGraph = (): Rdf.DefaultGraph => factory.defaultGraph();

/** A quad; in the default graph unless a graph is given. */
export const quad = (
  subject: Rdf.Quad_Subject,
  predicate: Rdf.Quad_Predicate,
  object: Rdf.Quad_Object,
  graph?: Rdf.Quad_Graph,
): Rdf.Quad => factory.quad(subject, predicate, object, graph);

/** The same triples, all in the graph `graph`. */
export const inGraph = (quads: readonly Rdf.Quad[], graph: Rdf.Quad_Graph): Rdf.Quad[] =>
  quads.map((each) => quad(each.subject, each.predicate, each.object, graph));

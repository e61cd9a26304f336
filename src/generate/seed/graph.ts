import { conceptIri, localId } from '../../model/iris.ts';
import { recordTypes, type RecordTypeName } from '../../model/record-types.ts';
import { iri, term, text, type Name, type Statements, type Value } from './turtle.ts';

/** A subject under construction; every call of `add` says more about it. */
export interface Node {
  readonly iri: string;
  /** Adds values; what is absent is left out, so that a cell that may be empty needs no test. */
  readonly add: (property: Name, ...values: readonly (Value | undefined)[]) => Node;
  /** A part of this record without a life of its own, with the class it has. */
  readonly part: (fragment: string, type: Name) => Node;
}

/** One dataset's statements, which become one file. */
export interface Graph {
  readonly slug: string;
  readonly statements: Statements;
  readonly node: (iri: string) => Node;
}

/** An empty graph for the dataset `slug`. */
export const createGraph = (slug: string): Graph => {
  const statements = new Map<string, Map<Name, Set<string>>>();
  const node = (subject: string): Node => {
    const properties = statements.get(subject) ?? new Map<Name, Set<string>>();
    statements.set(subject, properties);
    const self: Node = {
      iri: subject,
      add: (property, ...values) => {
        const present = values.filter((each) => each !== undefined);
        const stated = properties.get(property) ?? new Set<string>();
        for (const each of present) stated.add(each.turtle);
        if (stated.size > 0) properties.set(property, stated);
        return self;
      },
      part: (fragment, type) => node(`${subject}#${fragment}`).add('rdf:type', term(type)),
    };
    return self;
  };
  return { slug, statements, node };
};

const segmentOf = (type: RecordTypeName): string => {
  const found = recordTypes.find(({ name }) => name === type);
  if (!found) throw new Error(`There is no record type ${type}.`);
  return found.idSegment;
};

/** Key of a record in its source: `person/pers001`. */
export const recordKey = (type: RecordTypeName, key: string): string => `${segmentOf(type)}/${key}`;

/** IRI of the record that dataset `slug` has under `key`, relative to the installation's base. */
export const recordIri = (slug: string, type: RecordTypeName, key: string): string =>
  `id/${segmentOf(type)}/${localId(slug, recordKey(type, key))}`;

/** A record of this graph's dataset: its type and its key in the source are stated. */
export const record = (graph: Graph, type: RecordTypeName, key: string): Node =>
  graph
    .node(recordIri(graph.slug, type, key))
    .add('rdf:type', term(`isnad:${type}`))
    .add('isnad:sourceKey', text(recordKey(type, key)));

/** A concept of a shared vocabulary. */
export const concept = (scheme: string, name: string): Value => iri(conceptIri(scheme, name));

/** Text of a cell, or nothing when the cell is empty. */
export const cell = (words: string, language?: string): Value | undefined =>
  words === '' ? undefined : text(words, language);

import type { Literal, NamedNode } from '../rdf/terms.ts';

/**
 * What a mapping says, before anything has its IRI: descriptions of records, each known by its type
 * and its key in the source. The name stage turns them into quads.
 */

/** A record of the dataset: the segment of its IRI and its key in the source. */
export interface RecordRef {
  readonly type: string;
  /** `manuscript/mysql_id_15` */
  readonly key: string;
}

/** A part of a record that has no life of its own: the record's IRI and a fragment. */
export interface PartRef {
  readonly part: string;
  readonly of: RecordRef;
}

export type Value = Literal | NamedNode | RecordRef | PartRef;

/** Statements about one record or part. */
export interface Description {
  readonly subject: RecordRef | PartRef;
  readonly statements: readonly Statement[];
}

/** A property IRI and its value. */
export type Statement = readonly [property: string, value: Value];

/** Whether a value is a finished RDF term. */
export const isTerm = (value: Value): value is Literal | NamedNode => 'termType' in value;

/** Whether a value is a part of a record. */
export const isPart = (value: RecordRef | PartRef): value is PartRef => 'part' in value;

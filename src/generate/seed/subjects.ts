import { localId } from '../../model/iris.ts';
import { codices } from './codex-table.ts';
import type { Facts, Row } from './facts.ts';
import { recordIri } from './graph.ts';

/**
 * The IRIs of the objects that several tables speak of. A row of manuscripts with a `cc_id` has no
 * record of its own: it speaks of the record that the catalogue has in dataset `corpus-coranicum`,
 * whose key is the contract with the import.
 */

/** Slug of the catalogue. */
const catalogue = 'corpus-coranicum';

/** Slugs of the two datasets of manuscripts, one for each licence. */
export const corpusRows = 'manuscripts-corpus-coranicum';
export const curatedRows = 'manuscripts-curated';

/** Key of the catalogue's record number `ccId`, after its type. */
export const catalogueKey = (ccId: string): string => `mysql_id_${ccId}`;

/** IRI of the catalogue's record number `ccId`. */
export const catalogueIri = (ccId: string): string =>
  recordIri(catalogue, 'Manuscript', catalogueKey(ccId));

/** Key under which the catalogue knows a holding institution. */
export const repositoryKey = (repository: number): string => `repository/repository_${repository}`;

/** IRI of a holding institution in the catalogue's dataset. */
export const repositoryIri = (repository: number): string =>
  `id/organization/${localId(catalogue, repositoryKey(repository))}`;

/** A set of thirty volumes is a Set; every other row is one manuscript. */
export const manuscriptType = ({ id }: Row<'manuscripts'>): 'Manuscript' | 'Set' =>
  id === 'ms081' ? 'Set' : 'Manuscript';

/** IRI of the object of a row of the table of manuscripts. */
export const manuscriptIri = (row: Row<'manuscripts'>): string =>
  row.cc_id === '' ? recordIri(curatedRows, manuscriptType(row), row.id) : catalogueIri(row.cc_id);

/** IRI of a former codex of the table of codices. */
export const codexIri = (key: string): string => {
  const codex = codices.find((each) => each.key === key);
  if (!codex) throw new Error(`There is no codex ${key}.`);
  return recordIri(codex.dataset, 'FormerCodex', key);
};

/** Finds an object by `ms030`, the id of a row, or by `codex:` and the key of a former codex. */
export type FindSubject = (name: string) => string;

/** Reads the table of manuscripts for its objects. */
export const createSubjects = (facts: Facts): FindSubject => {
  const rows = new Map(facts.manuscripts.map((row) => [row.id, manuscriptIri(row)]));
  return (name) => {
    if (name.startsWith('codex:')) return codexIri(name.slice('codex:'.length));
    const found = rows.get(name);
    if (found === undefined) throw new Error(`There is no manuscript ${name}.`);
    return found;
  };
};

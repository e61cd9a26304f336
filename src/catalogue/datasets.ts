import { dcterms, isnad } from '../model/terms.ts';
import type { Term } from '../rdf/terms.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type { DatasetNote } from '../search/witness-snapshot.ts';
import { valuesOf } from '../sparql/values-clause.ts';
import { type GraphReader } from './graph-reader.ts';

/** Title, licence and attribution of the datasets with these IRIs, by IRI; those described only. */
export const readDatasets = async (
  reader: GraphReader,
  iris: ReadonlySet<string>,
): Promise<Record<string, DatasetNote>> => {
  if (iris.size === 0) return {};
  const found = await reader.select(`SELECT DISTINCT ?dataset ?property ?value {
    ${valuesOf('dataset', iris)}
    VALUES ?property {
      <${dcterms.title}> <${dcterms.license}> <${dcterms.rightsHolder}> <${isnad.attribution}>
    }
    ?dataset ?property ?value } ORDER BY ?dataset ?property ?value`);
  const groups = Map.groupBy(found, ({ dataset }) => dataset?.value ?? '');
  return Object.fromEntries(
    [...groups].map(([dataset, rows]) => {
      const valuesOfProperty = (property: string): Term[] =>
        rows.flatMap((row) => (row['property']?.value === property ? (row['value'] ?? []) : []));
      return [dataset, datasetNote(valuesOfProperty)];
    }),
  );
};

const datasetNote = (valuesOfProperty: (property: string) => Term[]): DatasetNote => {
  const [licence] = valuesOfProperty(dcterms.license);
  const [rightsHolder] = valuesOfProperty(dcterms.rightsHolder);
  const [attribution] = valuesOfProperty(isnad.attribution);
  return {
    titles: valuesOfProperty(dcterms.title).flatMap(textOf),
    ...(licence === undefined ? {} : { licence: licence.value }),
    ...(rightsHolder === undefined ? {} : { rightsHolder: rightsHolder.value }),
    ...(attribution === undefined ? {} : { attribution: attribution.value }),
  };
};

/** A literal as text with its language; nothing for other terms. */
export const textOf = (term: Term | undefined): TaggedText[] =>
  term?.termType === 'Literal' ? [{ value: term.value, language: term.language }] : [];

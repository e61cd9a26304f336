import { dcterms, rdfs, skos } from '../model/terms.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import { valuesOf } from '../sparql/values-clause.ts';
import { type GraphReader } from './graph-reader.ts';

/** The labels stated of each of these IRIs, in every language; IRIs without one are left out. */
export const labelsOf = async (
  reader: GraphReader,
  iris: Iterable<string>,
): Promise<ReadonlyMap<string, readonly TaggedText[]>> => {
  const labels = new Map<string, TaggedText[]>();
  const rows = await reader.select(
    `SELECT DISTINCT ?thing ?label { ${valuesOf('thing', iris)}
      ?thing <${rdfs.label}>|<${skos.prefLabel}>|<${dcterms.title}> ?label } ORDER BY ?thing ?label`,
  );
  for (const { thing, label } of rows) {
    if (thing === undefined || label?.termType !== 'Literal') continue;
    const own = labels.get(thing.value) ?? [];
    own.push({ value: label.value, language: label.language });
    labels.set(thing.value, own);
  }
  return labels;
};

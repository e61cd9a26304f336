import { dcterms, rdfs, skos } from '../model/terms.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import { textOf } from './datasets.ts';
import { valuesOf, type GraphReader } from './graph-reader.ts';

/** The labels of all that have one, by IRI, in a fixed order. */
export const readLabels = async (
  reader: GraphReader,
  iris: ReadonlySet<string>,
): Promise<Map<string, TaggedText[]>> => {
  if (iris.size === 0) return new Map();
  const found = await reader.select(`SELECT DISTINCT ?thing ?label {
    ${valuesOf('thing', iris)}
    ?thing <${rdfs.label}>|<${skos.prefLabel}>|<${dcterms.title}> ?label
  } ORDER BY ?thing ?label`);
  const byThing = Map.groupBy(found, ({ thing }) => thing?.value ?? '');
  return new Map(
    [...byThing].map(([thing, rows]) => [thing, rows.flatMap(({ label }) => textOf(label))]),
  );
};

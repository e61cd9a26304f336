import { isnad } from '../model/terms.ts';
import type { Quad } from '../rdf/terms.ts';
import { valuesOf } from '../sparql/values-clause.ts';
import { type GraphReader } from './graph-reader.ts';
import { listedPassage } from './listed-passage.ts';
import { quadOf } from './quad-of.ts';
import type { ListedPassage } from './record-description.ts';

/** The passages stated of a record as a whole, in textual order, and all that is stated of them. */
export const listWholePassages = async (
  reader: GraphReader,
  iri: string,
): Promise<{ passages: ListedPassage[]; quads: Quad[] }> => {
  const found = await reader.select(`SELECT ?s ?p ?o ?g {
    ${valuesOf('record', [iri])}
    { SELECT DISTINCT ?s ?start {
      ${valuesOf('record', [iri])}
      ?s <${isnad.passageOf}> ?record
      FILTER NOT EXISTS { ?s <${isnad.onPage}> ?page }
      OPTIONAL { ?s <${isnad.startOrdinal}> ?start }
    } }
    GRAPH ?g { ?s ?p ?o }
  } ORDER BY ?start ?s`);
  const quads = found.flatMap(quadOf);
  const bySubject = Map.groupBy(quads, ({ subject }) => subject.value);
  return { passages: [...bySubject].map(([passage, own]) => listedPassage(passage, own)), quads };
};

import { prefixes } from '../model/terms.ts';
import { valuesOf } from '../sparql/values-clause.ts';

/** A query that lists everything that refers to a record by one property. */
export const inboundSparql = (iri: string, property: string): string =>
  `PREFIX rdfs: <${prefixes.rdfs}>

SELECT ?thing ?label ?dataset
WHERE {
  ${valuesOf('record', [iri])}
  ${valuesOf('property', [property])}
  GRAPH ?dataset { ?thing ?property ?record }
  OPTIONAL { ?thing rdfs:label ?label }
}
ORDER BY ?label ?thing`;

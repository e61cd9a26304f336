/**
 * Every media type the service reads or writes, in one table.
 *
 * `kind` says what it can carry: `graph` triples, `dataset` quads, `bindings` the answer of SELECT
 * and ASK. `format` is the short name of `?format=` and of file suffixes in `/doc`.
 */
export const mediaTypes = {
  'text/turtle': { format: 'ttl', kind: 'graph', name: 'Turtle' },
  'application/n-triples': { format: 'nt', kind: 'graph', name: 'N-Triples' },
  'application/rdf+xml': { format: 'rdf', kind: 'graph', name: 'RDF/XML' },
  'application/ld+json': { format: 'jsonld', kind: 'dataset', name: 'JSON-LD' },
  'application/n-quads': { format: 'nq', kind: 'dataset', name: 'N-Quads' },
  'application/trig': { format: 'trig', kind: 'dataset', name: 'TriG' },
  'application/sparql-results+json': { format: 'json', kind: 'bindings', name: 'SPARQL JSON' },
  'application/sparql-results+xml': { format: 'xml', kind: 'bindings', name: 'SPARQL XML' },
  'text/csv': { format: 'csv', kind: 'bindings', name: 'CSV' },
  'text/tab-separated-values': { format: 'tsv', kind: 'bindings', name: 'TSV' },
} as const;

export type MediaType = keyof typeof mediaTypes;
export type MediaKind = (typeof mediaTypes)[MediaType]['kind'];

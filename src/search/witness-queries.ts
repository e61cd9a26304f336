import { conceptIri } from '../model/iris.ts';
import { crm, dcterms, isnad, owl, rdfs, shared, skos } from '../model/terms.ts';

/**
 * What the witness projection reads of the graph. Each query names the graph of what it finds as
 * `?g`, first; the text holds no input.
 */
export const witnessQueries = {
  passages: `SELECT ?g ?passage ?manuscript ?start ?end ?page ?evidence ?key ?startWord ?endWord ?heading ?endHeading {
    GRAPH ?g {
      ?passage <${isnad.startOrdinal}> ?start ; <${isnad.endOrdinal}> ?end ;
        <${isnad.passageOf}> ?manuscript .
      OPTIONAL { ?passage <${isnad.onPage}> ?page }
      OPTIONAL { ?passage <${isnad.evidence}> ?evidence }
      OPTIONAL { ?passage <${isnad.verbatimKey}> ?key }
      OPTIONAL { ?passage <${isnad.startWord}> ?startWord }
      OPTIONAL { ?passage <${isnad.endWord}> ?endWord }
      OPTIONAL { ?passage <${isnad.startsWithHeading}> ?heading }
      OPTIONAL { ?passage <${isnad.endsWithHeading}> ?endHeading }
    } }`,
  doubtful: `SELECT ?g ?passage {
    GRAPH ?g { ?passage <${isnad.passageFlag}> <${conceptIri('passage-flag', 'doubtful')}> } }`,
  pages: `SELECT ?g ?page ?label ?sequence {
    GRAPH ?g {
      ?page <${isnad.pageLabel}> ?label .
      OPTIONAL { ?page <${isnad.pageSequence}> ?sequence }
    } }`,
  manuscripts: `SELECT ?g ?manuscript { GRAPH ?g { ?manuscript a <${isnad.Manuscript}> } }`,
  facts: `SELECT ?g ?manuscript ?property ?value {
    ?manuscript a <${isnad.Manuscript}> .
    GRAPH ?g { ?manuscript ?property ?value }
    FILTER(?property IN (
      <${rdfs.label}>, <${isnad.shelfmark}>, <${isnad.holder}>, <${isnad.script}>)) }`,
  productions: `SELECT ?g ?manuscript ?production {
    GRAPH ?g { ?manuscript <${isnad.production}> ?production } }`,
  dates: `SELECT ?g ?production ?assertion ?span ?written ?claimed ?calendar ?earliest ?latest {
    GRAPH ?g {
      ?assertion <${isnad.about}> ?production ;
        <${isnad.assertedProperty}> <${crm['P4_has_time-span']}> ; <${isnad.assertedValue}> ?span .
      OPTIONAL { ?span <${isnad.dateAsWritten}> ?written }
      OPTIONAL { ?assertion <${isnad.valueAsWritten}> ?claimed }
      OPTIONAL { ?span <${isnad.calendar}> ?calendar }
      OPTIONAL { ?span <${isnad.beginEarliest}> ?earliest }
      OPTIONAL { ?span <${isnad.endLatest}> ?latest }
    } }`,
  scripts: `SELECT ?g ?manuscript ?script ?written {
    GRAPH ?g {
      ?assertion <${isnad.assertedProperty}> <${isnad.script}> ; <${isnad.about}> ?manuscript .
      OPTIONAL { ?assertion <${isnad.assertedValue}> ?script }
      OPTIONAL { ?assertion <${isnad.valueAsWritten}> ?written }
    } }`,
  holders: `SELECT ?g ?holder ?label ?place ?placeLabel {
    { SELECT DISTINCT ?holder { ?manuscript <${isnad.holder}> ?holder } }
    GRAPH ?g { ?holder <${rdfs.label}> ?label }
    OPTIONAL {
      ?holder <${isnad.locatedIn}> ?place .
      OPTIONAL { ?place <${rdfs.label}> ?placeLabel }
    } }`,
  concepts: `SELECT ?g ?concept ?label ?broader {
    GRAPH ?g {
      ?concept <${skos.inScheme}> <${shared.vocabulary}script> ; <${skos.prefLabel}> ?label .
      OPTIONAL { ?concept <${skos.broader}> ?broader }
    } }`,
  same: `SELECT ?g ?one ?other {
    VALUES ?same { <${owl.sameAs}> <${skos.exactMatch}> }
    GRAPH ?g { ?one ?same ?other } }`,
  datasets: `SELECT ?g ?dataset ?property ?value {
    VALUES ?property {
      <${dcterms.title}> <${dcterms.license}> <${dcterms.rightsHolder}> <${isnad.attribution}>
    }
    GRAPH ?g { ?dataset <${dcterms.license}> [] ; ?property ?value } }`,
} as const;

export type WitnessQueryName = keyof typeof witnessQueries;

export const witnessQueryNames: readonly WitnessQueryName[] = [
  'manuscripts',
  'facts',
  'productions',
  'dates',
  'scripts',
  'holders',
  'passages',
  'pages',
  'doubtful',
  'same',
  'datasets',
  'concepts',
];

/** Properties whose every use is part of the projection. */
const properties = [
  isnad.passageOf,
  isnad.passageFlag,
  isnad.pageLabel,
  isnad.holder,
  isnad.locatedIn,
  isnad.production,
  isnad.assertedProperty,
  skos.inScheme,
  owl.sameAs,
  skos.exactMatch,
  dcterms.license,
];

/** Finds a row if any of `graphs` states something the projection is made of. */
export const touchesWitnesses = (graphs: readonly string[]): string =>
  `SELECT ?g {
    VALUES ?g { ${graphs.map((graph) => `<${graph}>`).join(' ')} }
    { VALUES ?property { ${properties.map((property) => `<${property}>`).join(' ')} }
      GRAPH ?g { ?subject ?property ?value } }
    UNION { GRAPH ?g { ?subject a <${isnad.Manuscript}> } }
    UNION { ?subject a <${isnad.Manuscript}> . GRAPH ?g { ?subject <${rdfs.label}> ?value } }
    UNION { ?manuscript <${isnad.holder}> ?subject . GRAPH ?g { ?subject <${rdfs.label}> ?value } }
  } LIMIT 1`;

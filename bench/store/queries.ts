import { holderIri, manuscriptIri, scriptIri } from './catalogue.ts';

const prefixes =
  'PREFIX isnad: <https://w3id.org/isnad/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> ';

/** One manuscript's statements: what most requests of a catalogue are. */
export const lookupQuery = (n: number): string => `SELECT ?p ?o { <${manuscriptIri(n)}> ?p ?o }`;

/** Twelve questions such as `queries/` holds, asked of the generated catalogue. */
export const domainQueries: Readonly<Record<string, string>> = {
  'how many manuscripts': 'SELECT (COUNT(*) AS ?n) { ?m a isnad:Manuscript }',
  'manuscripts by script':
    'SELECT ?script (COUNT(?m) AS ?n) { ?m isnad:script ?script } GROUP BY ?script ORDER BY DESC(?n)',
  'witnesses of a verse':
    'SELECT ?m ?page ?from ?to { ?t isnad:fromVerse ?from ; isnad:toVerse ?to ; isnad:onPage ?page . ?page isnad:pageOf ?m FILTER(?from <= 262 && ?to >= 262) }',
  'holdings of one library': `SELECT ?m ?shelfmark { ?m isnad:holder <${holderIri(7)}> ; isnad:shelfmark ?shelfmark } ORDER BY ?shelfmark LIMIT 100`,
  'of one script before 800': `SELECT ?m ?year { ?m isnad:script <${scriptIri(3)}> ; isnad:notBefore ?year FILTER(?year < 800) } ORDER BY ?year LIMIT 200`,
  'statements by dataset':
    'SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?m isnad:script ?s } } GROUP BY ?g ORDER BY ?g',
  'a page of a list':
    'SELECT ?m ?label ?year { ?m a isnad:Manuscript ; rdfs:label ?label OPTIONAL { ?m isnad:notBefore ?year } } ORDER BY ?label LIMIT 50',
  'words in a label':
    'SELECT ?m ?label { ?m rdfs:label ?label FILTER(CONTAINS(?label, "777")) } LIMIT 20',
  'neighbours by holder and script': `SELECT ?other { <${manuscriptIri(11)}> isnad:holder ?h ; isnad:script ?s . ?other isnad:holder ?h ; isnad:script ?s } LIMIT 100`,
  'from passage to holder':
    'SELECT ?holder (COUNT(*) AS ?n) { ?t isnad:fromVerse 300 ; isnad:onPage/isnad:pageOf/isnad:holder ?holder } GROUP BY ?holder',
  'scripts of one library': `SELECT DISTINCT ?script { ?m isnad:holder <${holderIri(7)}> ; isnad:script ?script }`,
  'undated manuscripts':
    'SELECT (COUNT(*) AS ?n) { ?m a isnad:Manuscript FILTER NOT EXISTS { ?m isnad:notBefore ?year } }',
};

/** A query with its prefixes. */
export const withPrefixes = (query: string): string => prefixes + query;

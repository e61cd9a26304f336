import { conceptIri } from '../model/iris.ts';
import { prefixes } from '../model/terms.ts';
import { formatVerse, type VerseRange } from '../model/verses.ts';

/**
 * The witness lookup as a SPARQL query that anyone can run and change: one row for each passage that
 * overlaps the range. Counting an object with several records once is left to the reader.
 */
export const witnessSparql = ({ startOrdinal, endOrdinal }: VerseRange): string =>
  `PREFIX isnad: <${prefixes.isnad}>

# ${formatVerse(startOrdinal)} is verse number ${startOrdinal} of 6236 in the Kufan count, ${formatVerse(endOrdinal)} number ${endOrdinal}.
SELECT ?manuscript ?shelfmark ?pageLabel ?startVerse ?endVerse ?passage ?dataset
WHERE {
  VALUES (?from ?to) { (${startOrdinal} ${endOrdinal}) }
  GRAPH ?dataset {
    ?passage isnad:startOrdinal ?start ; isnad:endOrdinal ?end ; isnad:passageOf ?manuscript .
    OPTIONAL { ?passage isnad:startVerse ?startVerse ; isnad:endVerse ?endVerse }
    OPTIONAL { ?passage isnad:onPage ?page . ?page isnad:pageLabel ?pageLabel }
  }
  OPTIONAL { ?manuscript isnad:shelfmark ?shelfmark }
  FILTER(?start <= ?to && ?end >= ?from)
  FILTER NOT EXISTS { ?passage isnad:passageFlag <${conceptIri('passage-flag', 'doubtful')}> }
}
ORDER BY ?manuscript ?start`;

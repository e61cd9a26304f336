import { conceptIri } from '../model/iris.ts';
import { prefixes, shared } from '../model/terms.ts';
import type { Translated } from './strings.ts';

/** A query to start from, on the page that asks the graph. */
export interface ExampleQuery {
  readonly title: Translated;
  readonly query: string;
}

const prefixesOf = (...names: readonly (keyof typeof prefixes)[]): string =>
  names.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join('');

/** From the simplest question on; each runs on what every installation holds or may hold. */
export const exampleQueries: readonly ExampleQuery[] = [
  {
    title: { en: 'What kinds of things are described?', ar: 'ما أنواع السجلات الموجودة؟' },
    query: `SELECT ?type (COUNT(DISTINCT ?thing) AS ?number)
WHERE { ?thing a ?type }
GROUP BY ?type
ORDER BY DESC(?number)`,
  },
  {
    title: {
      en: 'Which datasets are there, under which licence?',
      ar: 'ما مجموعات البيانات ورخصها؟',
    },
    query: `${prefixesOf('dcterms', 'isnad')}
SELECT ?dataset ?title ?licence
WHERE { ?dataset a isnad:Dataset ; dcterms:title ?title ; dcterms:license ?licence }
ORDER BY ?title`,
  },
  {
    title: {
      en: 'Manuscripts with their holder and shelfmark, and who says so',
      ar: 'المخطوطات وجهات حفظها وأرقامها، ومصدر القول',
    },
    query: `${prefixesOf('isnad', 'rdfs')}
SELECT ?manuscript ?holder ?shelfmark ?dataset
WHERE {
  GRAPH ?dataset { ?manuscript a isnad:Manuscript ; isnad:shelfmark ?shelfmark }
  OPTIONAL { ?manuscript isnad:holder/rdfs:label ?holder }
}
ORDER BY ?holder ?shelfmark
LIMIT 100`,
  },
  {
    title: {
      en: 'Pages that bear the Throne Verse (2:255)',
      ar: 'الصفحات التي تحمل آية الكرسي (2:255)',
    },
    query: `${prefixesOf('isnad')}
SELECT ?manuscript ?shelfmark ?pageLabel
WHERE {
  <${shared.quran}2:255> isnad:verseOrdinal ?verse .
  ?passage isnad:startOrdinal ?start ; isnad:endOrdinal ?end ;
    isnad:onPage/isnad:pageLabel ?pageLabel ; isnad:passageOf ?manuscript .
  FILTER(?start <= ?verse && ?end >= ?verse)
  FILTER NOT EXISTS { ?passage isnad:passageFlag <${conceptIri('passage-flag', 'doubtful')}> }
  OPTIONAL { ?manuscript isnad:shelfmark ?shelfmark }
}
ORDER BY ?shelfmark`,
  },
  {
    title: {
      en: 'Manuscripts about whose date the sources disagree',
      ar: 'مخطوطات اختلفت المصادر في تاريخها',
    },
    query: `${prefixesOf('crm', 'isnad')}
SELECT ?manuscript ?shelfmark (COUNT(DISTINCT ?claim) AS ?claims)
  (MIN(?earliest) AS ?from) (MAX(?latest) AS ?to)
WHERE {
  ?manuscript isnad:production ?production ; isnad:shelfmark ?shelfmark .
  ?claim isnad:about ?production ; isnad:assertedProperty crm:P4_has_time-span ;
    isnad:assertedValue ?span .
  OPTIONAL { ?span isnad:beginEarliest ?earliest }
  OPTIONAL { ?span isnad:endLatest ?latest }
}
GROUP BY ?manuscript ?shelfmark
HAVING (COUNT(DISTINCT ?claim) > 1)
ORDER BY DESC(?claims)
LIMIT 50`,
  },
  {
    title: {
      en: 'Everything stated of one thing, with its source',
      ar: 'كل ما قيل عن شيء واحد مع مصدره',
    },
    query: `SELECT ?dataset ?property ?value
WHERE { GRAPH ?dataset { <${shared.quran}2:255> ?property ?value } }`,
  },
];

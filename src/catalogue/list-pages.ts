import { isnad } from '../model/terms.ts';
import type { Quad } from '../rdf/terms.ts';
import { listedPassage } from './listed-passage.ts';
import { quadOf } from './quad-of.ts';
import { valuesOf } from '../sparql/values-clause.ts';
import { type GraphReader } from './graph-reader.ts';
import type { ListedPage, ListedPassage, PageList } from './record-description.ts';

/** How many pages of a manuscript are listed at once. */
const pagesListedMax = 100;

/** Part `page` of the pages of a record, in the order of the source; nothing if it has none. */
export const listPages = async (
  reader: GraphReader,
  iri: string,
  page: number,
): Promise<PageList | undefined> => {
  const [counted] = await reader.select(
    `SELECT (COUNT(DISTINCT ?page) AS ?total) {
      ${valuesOf('record', [iri])} ?page <${isnad.pageOf}> ?record }`,
  );
  const total = Number(counted?.['total']?.value ?? 0);
  if (total === 0) return undefined;
  const listed = await reader.select(`SELECT DISTINCT ?page ?label ?sequence {
    ${valuesOf('record', [iri])}
    ?page <${isnad.pageOf}> ?record ; <${isnad.pageLabel}> ?label .
    OPTIONAL { ?page <${isnad.pageSequence}> ?sequence }
  } ORDER BY ?sequence ?label ?page
  LIMIT ${pagesListedMax} OFFSET ${(page - 1) * pagesListedMax}`);
  const iris = listed.flatMap((row) => row['page']?.value ?? []);
  const quads = await readQuads(reader, iris);
  const passages = passagesByPage(quads);
  return {
    total,
    page,
    pageCount: Math.ceil(total / pagesListedMax),
    pagesPerPart: pagesListedMax,
    quads,
    pages: listed.flatMap((row): ListedPage[] => {
      const pageIri = row['page']?.value;
      if (pageIri === undefined) return [];
      const label = row['label']?.value ?? '';
      return [{ iri: pageIri, label, passages: passages.get(pageIri) ?? [] }];
    }),
  };
};

/** What is stated of the pages and of the passages on them. */
const readQuads = async (reader: GraphReader, pages: readonly string[]): Promise<Quad[]> => {
  if (pages.length === 0) return [];
  const found = await reader.select(`SELECT ?s ?p ?o ?g {
    { ${valuesOf('s', pages)} GRAPH ?g { ?s ?p ?o } }
    UNION { ${valuesOf('page', pages)} ?s <${isnad.onPage}> ?page . GRAPH ?g { ?s ?p ?o } } }`);
  return found.flatMap(quadOf);
};

const passagesByPage = (quads: readonly Quad[]): Map<string, ListedPassage[]> => {
  const byPage = new Map<string, ListedPassage[]>();
  const bySubject = Map.groupBy(quads, ({ subject }) => subject.value);
  for (const [iri, own] of bySubject) {
    const page = own.find(({ predicate }) => predicate.value === isnad.onPage)?.object.value;
    if (page === undefined) continue;
    byPage.set(page, [...(byPage.get(page) ?? []), listedPassage(iri, own)]);
  }
  return byPage;
};

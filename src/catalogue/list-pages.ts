import { conceptIri } from '../model/iris.ts';
import { isnad } from '../model/terms.ts';
import { formatRange } from '../model/verses.ts';
import type { Quad } from '../rdf/terms.ts';
import { quadOf } from './quad-of.ts';
import { valuesOf, type GraphReader } from './graph-reader.ts';
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
    const valueOf = (property: string): string | undefined =>
      own.find(({ predicate }) => predicate.value === property)?.object.value;
    const page = valueOf(isnad.onPage);
    if (page === undefined) continue;
    const passage = {
      iri,
      range: rangeText(valueOf(isnad.startOrdinal), valueOf(isnad.endOrdinal)),
      verbatimKey: valueOf(isnad.verbatimKey),
      isDoubtful: own.some(({ object }) => object.value === doubtful),
      graph: own[0]?.graph.value ?? '',
    };
    byPage.set(page, [...(byPage.get(page) ?? []), passage]);
  }
  return byPage;
};

const doubtful = conceptIri('passage-flag', 'doubtful');

const rangeText = (start: string | undefined, end: string | undefined): string | undefined =>
  start === undefined || end === undefined ? undefined : formatRange(Number(start), Number(end));

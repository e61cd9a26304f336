import { activityStreams, rdf } from '../model/terms.ts';
import { integerLiteral, namedNode, quad, type Quad, type QuadObject } from '../rdf/terms.ts';
import type { PageList } from './record-description.ts';

/**
 * A document that holds only part of a manuscript's pages says so in its own data, as a page of an
 * ordered collection (ActivityStreams 2).
 */
export interface Paging {
  readonly document: string;
  readonly totalItems: number;
  /** How many pages of the manuscript come before the first one here. */
  readonly startIndex: number;
  readonly next: string | undefined;
}

/**
 * What a document says of its place in the list; nothing when it holds the whole list.
 *
 * @param document IRI of the document without parameters
 */
export const pagingOf = (list: PageList | undefined, document: string): Paging | undefined => {
  if (list === undefined || list.pageCount < 2) return undefined;
  const { total, page, pageCount, pagesPerPart } = list;
  return {
    document: `${document}?page=${page}`,
    totalItems: total,
    startIndex: (page - 1) * pagesPerPart,
    next: page < pageCount ? `${document}?page=${page + 1}` : undefined,
  };
};

/** Paging as triples about the document. */
export const pagingQuads = ({ document, totalItems, startIndex, next }: Paging): Quad[] => {
  const state = (property: string, object: QuadObject): Quad =>
    quad(namedNode(document), namedNode(property), object);
  return [
    state(rdf.type, namedNode(activityStreams.OrderedCollectionPage)),
    state(activityStreams.totalItems, integerLiteral(totalItems)),
    state(activityStreams.startIndex, integerLiteral(startIndex)),
    ...(next === undefined ? [] : [state(activityStreams.next, namedNode(next))]),
  ];
};

/** Paging as a node of a JSON-LD document with `pagingTerms`. */
export const pagingNode = ({ document, totalItems, startIndex, next }: Paging): object => ({
  id: document,
  type: [activityStreams.OrderedCollectionPage],
  totalItems,
  startIndex,
  ...(next === undefined ? {} : { next }),
});

/** The terms of `pagingNode`, for the context. */
export const pagingTerms = {
  paging: '@included',
  totalItems: activityStreams.totalItems,
  startIndex: activityStreams.startIndex,
  next: { '@id': activityStreams.next, '@type': '@id' },
} as const;

import type { Request, Response } from 'express';
import { datasetNodes, datasetQuads } from '../catalogue/dataset-quads.ts';
import { pagingNode, pagingOf, pagingQuads } from '../catalogue/paging.ts';
import type { RecordDescription } from '../catalogue/record-description.ts';
import type { RdfMediaType } from '../rdf/media-types.ts';
import { serialise } from '../rdf/serialise.ts';
import { frameThing } from './json-ld-files.ts';
import type { Services } from './services.ts';

/**
 * Sends the description of a thing as RDF, with the titles and licences of its sources.
 *
 * @param document IRI of the document about the thing
 */
export const sendDescription = async (
  response: Response,
  { iris }: Services,
  description: RecordDescription,
  document: string,
  mediaType: RdfMediaType,
): Promise<void> => {
  const { iri, datasets, pages } = description;
  const paging = pagingOf(pages, document);
  const quads = [...description.quads, ...(pages?.quads ?? [])];
  response.set('Content-Type', `${mediaType}; charset=utf-8`);
  if (mediaType === 'application/ld+json') {
    const framed = await frameThing(quads, iri, `${iris.base}context.jsonld`, {
      datasets: datasetNodes(datasets),
      ...(paging === undefined ? {} : { paging: [pagingNode(paging)] }),
    });
    response.send(`${JSON.stringify(framed, undefined, 2)}\n`);
    return;
  }
  const beside = [...datasetQuads(datasets), ...(paging === undefined ? [] : pagingQuads(paging))];
  response.send(await serialise([...quads, ...beside], mediaType));
};

/** Says under which licences the statements stand, and where more of a long list is (RFC 8288). */
export const linkDescription = (
  request: Request,
  response: Response,
  { datasets, pages }: RecordDescription,
): void => {
  const licences = Object.values(datasets).flatMap(({ licence }) => licence ?? []);
  for (const licence of new Set(licences)) response.append('Link', `<${licence}>; rel="license"`);
  if (pages === undefined || pages.page >= pages.pageCount) return;
  const all = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
  all.set('page', String(pages.page + 1));
  response.append('Link', `<${request.path}?${all}>; rel="next"`);
};

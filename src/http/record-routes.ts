import type { Request, Response } from 'express';
import { describeRecord } from '../catalogue/describe-record.ts';
import { findElsewhere } from '../catalogue/find-elsewhere.ts';
import { IsnadError } from '../errors.ts';
import { recordTypes } from '../model/record-types.ts';
import { renderRecordPage } from '../web/record-page.ts';
import { askerOf } from './asker.ts';
import { alternatesOf, chooseFormat, documentFormats, linkAlternates } from './formats.ts';
import { pageContext } from './page-context.ts';
import { pageNumber, readParameters } from './parameters.ts';
import type { Route } from './route.ts';
import { linkDescription, sendDescription } from './send-description.ts';
import type { Services } from './services.ts';
import { answersFromCache } from './validators.ts';

const knownSegments: ReadonlySet<string> = new Set(recordTypes.map(({ idSegment }) => idSegment));
const localIdPattern = /^[A-Za-z0-9_-]{1,120}$/;

/** The type and local id in a path, and the suffix that asks for a format. */
interface RecordPath {
  readonly type: string;
  readonly localId: string;
  readonly suffix: string | undefined;
}

/**
 * The record that a path names.
 *
 * @throws IsnadError `not-found` for what cannot be the address of a record
 */
export const readRecordPath = (request: Request): RecordPath => {
  const type = String(request.params['type']);
  const [localId = '', suffix] = String(request.params['localId']).split('.', 2);
  if (!knownSegments.has(type)) {
    throw new IsnadError('not-found', `“${type.slice(0, 40)}” is no type of record.`, {
      extra: { allowed: [...knownSegments] },
    });
  }
  if (!localIdPattern.test(localId)) {
    throw new IsnadError('not-found', 'No record can have this address.');
  }
  return { type, localId, suffix };
};

/** The 404 that helps: the same id under another type, and where else to look. */
const unknownRecord = async (
  { type, localId }: RecordPath,
  { store, settings, iris }: Services,
): Promise<IsnadError> => {
  const candidates = recordTypes.map(({ idSegment }) => iris.record(idSegment, localId));
  const elsewhere = await findElsewhere(store, settings, candidates);
  const near = elsewhere.map((iri) => `/${iri.slice(iris.base.length)}`);
  return new IsnadError('not-found', `There is no record at /id/${type}/${localId}.`, {
    extra: { near: [...near, '/datasets', '/quran', '/sparql'] },
  });
};

const redirectToDocument = (request: Request, response: Response): void => {
  const { type, localId, suffix } = readRecordPath(request);
  const query = request.originalUrl.split('?')[1];
  const ending = suffix === undefined ? '' : `.${suffix}`;
  response
    .vary('Accept')
    .location(`/doc/${type}/${localId}${ending}${query === undefined ? '' : `?${query}`}`)
    .status(303)
    .end();
};

const answerDocument = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  const recordPath = readRecordPath(request);
  const { type, localId, suffix } = recordPath;
  const page = pageNumber(readParameters(request, ['page']).page);
  const format = chooseFormat(request, documentFormats, suffix);
  const { store, settings, iris } = services;
  const iri = iris.record(type, localId);
  const description = await describeRecord(store, settings, iri, page, askerOf(request, response));
  if (description === undefined) throw await unknownRecord(recordPath, services);
  const path = `/doc/${type}/${localId}`;
  const alternates = alternatesOf(documentFormats, (each) => `${path}.${each.suffix}`);
  const context = pageContext(request, services);
  linkAlternates(response, alternates);
  linkDescription(request, response, description);
  response.set('Content-Location', `${path}.${format.suffix}`);
  const variant = [request.originalUrl, format.mediaType, context.words.language];
  if (answersFromCache(request, response, description.commit, variant)) return;
  if (format.mediaType === 'text/html') {
    response.type('html').send(renderRecordPage(context, description, alternates));
  } else {
    const document = iris.document(type, localId);
    await sendDescription(response, services, description, document, format.mediaType);
  }
};

export const recordRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/id/:type/:localId',
    summary: 'A record: leads (303) to the document about it.',
    handle: redirectToDocument,
  },
  {
    method: 'GET',
    path: '/doc/:type/:localId',
    summary:
      'The document about a record, with the source of each statement; by Accept, ?format= or suffix.',
    handle: answerDocument,
  },
];

import type { ImportResult } from '../import/import-delivery.ts';
import type { ImportProgress } from '../import/import-request.ts';
import { IsnadError } from '../errors.ts';
import type { Statistics } from '../catalogue/statistics.ts';
import { readBody, send, type ServerLocation } from './http-client.ts';
import { followProgress } from './progress-answer.ts';
import { createRemoteTime } from './time-workplace.ts';
import { createRemoteTokens } from './token-workplace.ts';
import type { Redaction } from '../store/time.ts';
import type { Workplace } from './workplace.ts';

interface RedactProgress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** A workplace that speaks to a running service, over its socket or its address. */
export const createRemoteWorkplace = (location: ServerLocation): Workplace => {
  const statistics = async (): Promise<Statistics> => {
    const answer = await send(location, { method: 'GET', path: '/api/v1/statistics' });
    const read: Statistics = JSON.parse((await readBody(answer)).toString('utf8'));
    return read;
  };
  return {
    query: async (text, mediaType) => {
      const answer = await send(location, {
        method: 'POST',
        path: '/sparql',
        headers: {
          'content-type': 'application/sparql-query',
          accept: mediaType ?? 'application/sparql-results+json, text/turtle',
        },
        body: text,
      });
      const received = answer.headers['content-type'] ?? 'application/octet-stream';
      return { mediaType: received, body: await readBody(answer) };
    },
    importDelivery: async (request, onProgress) => {
      if (!('socketPath' in location)) {
        throw new IsnadError(
          'wrong-use',
          'An import reads files of the machine that serves: run it there, without --server.',
        );
      }
      const answer = await send(location, {
        method: 'POST',
        path: '/operator/imports',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      });
      return followProgress<ImportProgress, ImportResult>(answer, onProgress);
    },
    redact: redactThrough(location),
    exportGraphs: async function* exportGraphs(graphs, at) {
      const parameters = new URLSearchParams(graphs.map((graph) => ['graph', graph]));
      if (at !== undefined) parameters.set('at', String(at));
      const query = parameters.size === 0 ? '' : `?${parameters}`;
      yield* await send(location, { method: 'GET', path: `/dump.nq${query}` });
    },
    checkEngines: () => checkEngines(location),
    statistics,
    baseIri: async () => (await statistics()).baseIri,
    time: createRemoteTime(location),
    tokens: createRemoteTokens(location),
    close: () => Promise.resolve(),
  };
};

const redactThrough =
  (location: ServerLocation): Workplace['redact'] =>
  async (request, onProgress) => {
    if (!('socketPath' in location))
      throw new IsnadError(
        'wrong-use',
        'Lines are withheld on the machine that serves: run it there, without --server.',
      );
    const answer = await send(location, {
      method: 'POST',
      path: '/operator/redactions',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return followProgress<RedactProgress, Redaction>(answer, ({ stage, done, total }) =>
      onProgress(stage, done, total),
    );
  };

const checkEngines = async (location: ServerLocation): Promise<readonly string[]> => {
  if (!('socketPath' in location))
    throw new IsnadError(
      'wrong-use',
      'Engines are checked on the machine that serves: run it there, without --server.',
    );
  const answer = await send(location, { method: 'POST', path: '/operator/check' });
  const checked: { readonly doubts: readonly string[] } = JSON.parse(
    (await readBody(answer)).toString('utf8'),
  );
  return checked.doubts;
};

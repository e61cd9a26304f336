import express, { type Express } from 'express';
import { IsnadError } from '../errors.ts';
import { openToAllSites } from './cors.ts';
import { answerProblem } from './error-answer.ts';
import { observeRequests, type AnsweredRequest } from './observe-requests.ts';
import type { Metrics } from './metrics/registry.ts';
import type { OpeningProgress } from './metrics/sources.ts';
import { securityHeaders } from './security-headers.ts';

/** The error every path answers with until the store is open. */
const opening = ({ done, total }: OpeningProgress): IsnadError => {
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  return new IsnadError('store-opening', `The journal is being read: ${percent} %.`, {
    extra: { percent, done, total },
  });
};

/**
 * What the service answers while its store is being opened, however long that takes: that the process is
 * alive, its metrics, and 503 with the progress for all else.
 */
export const createOpeningApp = (
  progress: () => OpeningProgress,
  metrics: Metrics,
  onAnswered: (request: AnsweredRequest) => void,
): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.use(observeRequests(onAnswered), securityHeaders, openToAllSites);
  app.get('/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'alive' });
  });
  app.get('/metrics', async (_request, response) => {
    const { mediaType, body } = await metrics.text();
    response.set('Cache-Control', 'no-store').set('Content-Type', mediaType).send(body);
  });
  app.use((_request, response) => answerProblem(response, opening(progress())));
  return app;
};

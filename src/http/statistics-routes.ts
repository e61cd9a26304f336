import type { Request, Response } from 'express';
import { readStatistics } from '../catalogue/statistics.ts';
import { readParameters } from './parameters.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';
import { answersFromCache } from './validators.ts';

const answerStatistics = async (
  request: Request,
  response: Response,
  { store, settings, iris }: Services,
): Promise<void> => {
  readParameters(request, []);
  const statistics = await readStatistics(store, settings, iris);
  if (answersFromCache(request, response, statistics.commit.sequence, ['statistics'])) return;
  response.json(statistics);
};

export const statisticsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/statistics',
    summary: 'How many quads each graph holds and how many records there are of each type.',
    handle: answerStatistics,
  },
];

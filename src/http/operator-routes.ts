import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { IsnadError } from '../errors.ts';
import { importFormats, type ImportRequest } from '../import/import-request.ts';
import { clientGone } from './client-gone.ts';
import { answerWithProgress } from './progress-lines.ts';
import { readBodyWith } from './read-body.ts';
import { redactRoute } from './redact-route.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';
import { undoRoute } from './undo-route.ts';

/**
 * What only the operator may do. These routes are served on the data directory's socket alone, which
 * only the directory's owner can open; never over TCP.
 */
const optionalText = z.exactOptional(z.string().min(1).max(2000));
const importRequest = z.strictObject({
  path: z.string().min(1).max(4096),
  format: z.enum(importFormats),
  dataset: z.strictObject({
    slug: z.string().min(1).max(64),
    title: z.string().min(1).max(2000),
    licence: z.string().min(1).max(2000),
    rightsHolder: optionalText,
    attribution: optionalText,
    source: optionalText,
  }),
  dryRun: z.exactOptional(z.boolean()),
  allowViolations: z.exactOptional(z.boolean()),
});

const readRequest = (body: unknown): ImportRequest => {
  const read = importRequest.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new IsnadError(
    'invalid-parameter',
    `${issue?.path.join('.') ?? 'The body'}: ${issue?.message ?? 'cannot be read'}.`,
  );
};

const answerImport = async (
  request: Request,
  response: Response,
  { store, iris, settings }: Services,
): Promise<void> => {
  const wanted = readRequest(request.body);
  const { importDelivery } = await import('../import/import-delivery.ts');
  await answerWithProgress(response, async (onProgress) =>
    importDelivery({ store, iris, settings }, wanted, {
      onProgress,
      signal: clientGone(response),
    }),
  );
};

const readJson = express.json({ limit: '64kb' });

export const operatorRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/operator/imports',
    summary: 'On the socket only: import a delivery of this machine, with progress.',
    handle: async (request, response, services) => {
      await readBodyWith(readJson, request, response);
      await answerImport(request, response, services);
    },
  },
  {
    method: 'POST',
    path: '/operator/check',
    summary: 'On the socket only: whether every engine holds what the journal states.',
    handle: async (_request, response, { watched }) => {
      if (!watched) throw new IsnadError('not-found', 'This store cannot be checked.');
      response.set('Cache-Control', 'no-store').json({ doubts: await watched.checkEngines() });
    },
  },
  undoRoute,
  redactRoute,
];

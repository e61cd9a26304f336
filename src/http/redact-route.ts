import express from 'express';
import { z } from 'zod';
import { IsnadError } from '../errors.ts';
import type { RedactionRequest } from '../store/time.ts';
import { answerWithProgress } from './progress-lines.ts';
import { readBodyWith } from './read-body.ts';
import type { Route } from './route.ts';

const iri = z.string().min(1).max(4096);
const redactionRequest = z.strictObject({
  of: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('commit'),
      sequence: z.int().min(1),
      graph: z.exactOptional(z.string().max(4096)),
    }),
    z.strictObject({ kind: z.literal('record'), iri }),
    z.strictObject({ kind: z.literal('lines'), lines: z.array(z.string().min(1)).min(1) }),
  ]),
  reason: z.string().min(1).max(2000),
  dryRun: z.boolean(),
});

const readRequest = (body: unknown): Omit<RedactionRequest, 'actor'> => {
  const read = redactionRequest.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new IsnadError(
    'invalid-parameter',
    `${issue?.path.join('.') ?? 'The body'}: ${issue?.message ?? 'cannot be read'}.`,
  );
};

/** Lines may be given one by one; more than this many bytes of them are better named by their commit. */
const readJson = express.json({ limit: '16mb' });

export const redactRoute: Route = {
  method: 'POST',
  path: '/operator/redactions',
  summary: 'On the socket only: withhold lines from every commit, with progress.',
  handle: async (request, response, { store }) => {
    await readBodyWith(readJson, request, response);
    const wanted = readRequest(request.body);
    await answerWithProgress(response, async (onProgress) =>
      store.redact({
        ...wanted,
        actor: 'operator',
        onProgress: (stage, done, total) => onProgress({ stage, done, total }),
      }),
    );
  },
};

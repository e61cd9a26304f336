import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { viewOf, type CommitView } from '../catalogue/commits.ts';
import { IsnadError } from '../errors.ts';
import { deadlineOf } from './access/deadline.ts';
import { sequenceIn } from './commit-routes.ts';
import { readBodyWith } from './read-body.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';

const undoRequest = z.strictObject({
  partial: z.exactOptional(z.boolean()),
  message: z.exactOptional(z.string().min(1).max(2000)),
});

/** What an undo did. */
export interface UndoAnswer {
  /** The commit that takes the other one back; nothing when nothing was left to take back. */
  readonly commit?: CommitView;
  readonly undone: number;
  /** Quads left as they are, because later commits touched them. */
  readonly leftQuads: number;
}

const readJson = express.json({ limit: '64kb' });

const answerUndo = async (
  request: Request,
  response: Response,
  services: Services,
): Promise<void> => {
  await readBodyWith(readJson, request, response);
  const read = undoRequest.safeParse(request.body ?? {});
  if (!read.success)
    throw new IsnadError('invalid-parameter', read.error.issues[0]?.message ?? 'Unreadable body.');
  const { commit, undone, leftQuads } = await services.store.time.undo({
    sequence: sequenceIn(request),
    partial: read.data.partial ?? false,
    actor: 'operator',
    deadlineAt: deadlineOf(request, services),
    ...(read.data.message === undefined ? {} : { message: read.data.message }),
  });
  const answer: UndoAnswer = {
    ...(commit ? { commit: viewOf(commit) } : {}),
    undone: undone.sequence,
    leftQuads,
  };
  response.set('Cache-Control', 'no-store').json(answer);
};

export const undoRoute: Route = {
  method: 'POST',
  path: '/commits/:sequence/undo',
  summary: 'On the socket only: take a commit back.',
  handle: answerUndo,
};

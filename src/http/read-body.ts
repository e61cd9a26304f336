import type { Request, RequestHandler, Response } from 'express';

const toError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

/** Lets one of Express' body readers read a request; what it finds is in `request.body` then. */
export const readBodyWith = async (
  reader: RequestHandler,
  request: Request,
  response: Response,
): Promise<void> => {
  await new Promise<void>((resolve, reject) => {
    void reader(request, response, (error?: unknown) =>
      error === undefined ? resolve() : reject(toError(error)),
    );
  });
};

import express, { type Request, type RequestHandler, type Response } from 'express';

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

/**
 * The body of a request, whatever its type.
 *
 * @throws what Express throws for a body that is too large or broken off
 */
export const readBytes = async (
  request: Request,
  response: Response,
  bytesMax: number,
): Promise<Uint8Array> => {
  await readBodyWith(express.raw({ type: () => true, limit: bytesMax }), request, response);
  const body: unknown = request.body;
  return body instanceof Uint8Array ? body : new Uint8Array();
};

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

async function* withFirst(
  first: IteratorResult<Uint8Array, unknown>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let step = first; step.done !== true; step = await rest.next()) yield step.value;
  } finally {
    await rest.return?.();
  }
}

/**
 * Sends an answer in pieces, as they are made and as fast as its client takes them. What goes wrong before
 * the first of them is thrown while the answer can still be another; afterwards the connection is ended, so
 * that a cut answer cannot pass for a whole one.
 */
export const sendPieces = async (
  response: Response,
  headers: Readonly<Record<string, string>>,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> => {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  response.set(headers);
  await pipeline(Readable.from(withFirst(first, iterator)), response);
};

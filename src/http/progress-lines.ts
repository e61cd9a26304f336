import type { Response } from 'express';
import { toWireError } from '../errors.ts';

/**
 * Answers with lines of JSON: `{"progress":…}` as the work goes on, and last `{"result":…}` or
 * `{"error":…}`. The status is 200 whatever becomes of it, because the head of the answer goes first.
 */
export const answerWithProgress = async (
  response: Response,
  work: (onProgress: (progress: unknown) => void) => Promise<unknown>,
): Promise<void> => {
  const write = (line: unknown): void => {
    response.write(`${JSON.stringify(line)}\n`);
  };
  response.type('application/x-ndjson').set('Cache-Control', 'no-store').flushHeaders();
  try {
    write({ result: await work((progress) => write({ progress })) });
  } catch (error) {
    write({ error: toWireError(error) });
  }
  response.end();
};

import { createInterface } from 'node:readline';
import { fromWireError, IsnadError, type WireError } from '../errors.ts';

/** One line of such an answer: how far the work is, how it ended, or why it failed. */
type ProgressLine<Progress, Result> =
  | { readonly progress: Progress }
  | { readonly result: Result }
  | { readonly error: WireError };

/**
 * Follows an answer in lines of JSON to its result.
 *
 * @throws IsnadError the one that the answer ends with
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the service says what it sends
export const followProgress = async <Progress, Result>(
  answer: NodeJS.ReadableStream,
  onProgress: (progress: Progress) => void,
): Promise<Result> => {
  for await (const line of createInterface({ input: answer })) {
    const message: ProgressLine<Progress, Result> = JSON.parse(line);
    if ('result' in message) return message.result;
    if ('error' in message) throw fromWireError(message.error);
    onProgress(message.progress);
  }
  throw new IsnadError('internal', 'The server ended the work without saying how it went.');
};

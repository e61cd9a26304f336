import { hash } from 'node:crypto';
import type { Request, Response } from 'express';
import { IsnadError } from '../../errors.ts';
import { keyedWritesOf } from '../../sparql/keyed-writes.ts';
import type { CommitDetails, CommitReceipt, KeyedRequest } from '../../store/store.ts';
import { clientGone } from '../client-gone.ts';
import type { Services } from '../services.ts';
import { principalOf } from './identify.ts';

/** A signal that does not fire. */
const never = new AbortController().signal;

const keyForm = /^[\u0020-\u007E]{1,255}$/;

/** What tells one request from another: all that decides what it does. */
const digestOf = (parts: readonly (string | Uint8Array)[]): string =>
  hash('sha256', parts.map((part) => hash('sha256', part)).join('\n'));

/**
 * The key of a request and what was asked under it. A key is its sender's own: the same one of another
 * token means something else.
 *
 * @throws IsnadError `invalid-parameter`
 */
const keyedRequestOf = (request: Request, body: string | Uint8Array): KeyedRequest | undefined => {
  const key = request.get('Idempotency-Key');
  if (key === undefined) return undefined;
  if (!keyForm.test(key))
    throw new IsnadError('invalid-parameter', 'The Idempotency-Key cannot be read.', {
      extra: { parameter: 'Idempotency-Key', allowed: ['1 to 255 printable ASCII characters'] },
    });
  const { method, originalUrl } = request;
  return {
    key: digestOf([principalOf(request).id ?? '', key]),
    request: digestOf([method, originalUrl, request.get('Content-Type') ?? '', body]),
  };
};

/** How a write is to be done. */
export interface WriteTerms {
  readonly details: CommitDetails | undefined;
  /**
   * Ends the work when its client is gone. One that gave the write a key will ask again what became of it, and
   * others may be waiting for the same: such a write goes on.
   */
  readonly signal: AbortSignal;
}

/**
 * Does the write of a request, once for each `Idempotency-Key`, and names its commit in the answer's
 * headers.
 *
 * @param body what the request holds
 * @throws IsnadError `invalid-parameter`, `idempotency-conflict`, and what `write` throws
 */
export const writeOnce = async (
  request: Request,
  response: Response,
  { store }: Services,
  body: string | Uint8Array,
  write: (terms: WriteTerms) => Promise<CommitReceipt>,
): Promise<CommitReceipt> => {
  const keyed = keyedRequestOf(request, body);
  const receipt = keyed
    ? await keyedWritesOf(store).run(keyed, () => write({ details: { keyed }, signal: never }))
    : {
        ...(await write({ details: undefined, signal: clientGone(response) })),
        isRepeated: false,
      };
  const { commit, head, isRepeated } = receipt;
  response
    .set('X-Isnad-Commit', String(commit?.sequence ?? head.sequence))
    .set('Cache-Control', 'no-store');
  if (isRepeated) response.set('Idempotent-Replayed', 'true');
  return receipt;
};

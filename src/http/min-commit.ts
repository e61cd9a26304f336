import type { RequestHandler } from 'express';
import { IsnadError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { timeoutMsOf } from './access/deadline.ts';
import { clientGone } from './client-gone.ts';
import type { Services } from './services.ts';

/** Requests that may wait for a commit; more would let anybody fill the memory. */
const waitingMax = 1000;

const readSequence = (text: string): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new IsnadError('invalid-parameter', `X-Isnad-Min-Commit is “${text.slice(0, 40)}”.`, {
    extra: { parameter: 'X-Isnad-Min-Commit', allowed: ['the number of a commit'] },
  });
};

const notYet = (sequence: number, store: Store): IsnadError =>
  new IsnadError(
    'commit-awaited',
    `Commit ${sequence} has not been made; the newest is ${store.head().sequence}.`,
    { extra: { commit: store.head().sequence } },
  );

/** Resolves once a commit is visible to queries. */
const awaitCommit = async (
  store: Store,
  sequence: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const reached = Promise.withResolvers<void>();
  const look = (): void => {
    if (store.head().sequence >= sequence) reached.resolve();
  };
  const stop = store.onCommit(look);
  const timer = setTimeout(() => reached.reject(notYet(sequence, store)), timeoutMs);
  const leave = (): void => reached.reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  try {
    look();
    await reached.promise;
  } finally {
    stop();
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
};

/**
 * Lets a request that names a commit in `X-Isnad-Min-Commit` wait until that commit is visible: whatever it
 * is answered then is of that commit or a later one. It waits as long as a query may take, and is told then
 * that there is no such commit.
 */
export const honourMinCommit = (services: Services): RequestHandler => {
  const { store } = services;
  let waiting = 0;
  return async (request, response, next) => {
    const given = request.get('X-Isnad-Min-Commit');
    const sequence = given === undefined ? 0 : readSequence(given);
    if (sequence > store.head().sequence) {
      if (waiting >= waitingMax)
        throw new IsnadError('store-busy', 'Too many requests are waiting for a commit.');
      waiting += 1;
      await awaitCommit(
        store,
        sequence,
        timeoutMsOf(request, services),
        clientGone(response),
      ).finally(() => (waiting -= 1));
    }
    next();
  };
};

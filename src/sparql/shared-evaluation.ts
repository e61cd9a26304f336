import { IsnadError, isIsnadError, type ErrorCode } from '../errors.ts';
import type { QueryAnswer, QueryRequest } from '../store/store.ts';

/** One evaluation that several clients wait for. */
export interface Flight {
  readonly answer: Promise<QueryAnswer>;
  /** How many still wait. The work is given up when nobody does. */
  waiting: number;
  isDone: boolean;
  /** When the evaluation gives up, in milliseconds of `Date.now()`. */
  readonly deadlineAt: number;
  readonly abandon: (reason: unknown) => void;
}

/** Longest delay `setTimeout` takes. */
const timerMax = 2 ** 31 - 1;
/** Less time than this is not worth another evaluation. */
const worthwhileMs = 250;
/** What befell the one who asked first, and says nothing about the query. */
const personal: ReadonlySet<ErrorCode> = new Set(['query-timeout', 'store-busy', 'client-busy']);

/**
 * Begins an evaluation that does not end with the client who asked first.
 *
 * @param ask gets the request with a signal that is the evaluation's own; begins after this call
 * @param onAbandoned called when nobody waits any more: nobody may join then
 */
export const startFlight = (
  request: QueryRequest,
  ask: (request: QueryRequest) => Promise<QueryAnswer>,
  onAbandoned: () => void,
): Flight => {
  const controller = new AbortController();
  const begin = async (): Promise<QueryAnswer> => {
    await Promise.resolve();
    return ask({ ...request, signal: controller.signal });
  };
  const answer = begin();
  const abandon = (reason: unknown): void => {
    onAbandoned();
    controller.abort(reason);
  };
  const { deadlineAt } = request;
  const flight: Flight = { answer, waiting: 0, isDone: false, deadlineAt, abandon };
  // Each who waits is told of a failure; that nobody may be waiting is no failure of its own.
  const settle = (): void => {
    flight.isDone = true;
  };
  answer.then(settle, settle);
  return flight;
};

/**
 * Waits for an evaluation as long as this request allows: until its deadline, while its client is there.
 *
 * @param askAlone asks anew where the evaluation failed for what was the first client's own matter
 * @throws IsnadError `query-timeout` at the deadline; what the evaluation or `askAlone` threw; the
 *   signal's reason
 */
export const joinFlight = async (
  flight: Flight,
  request: QueryRequest,
  askAlone?: () => Promise<QueryAnswer>,
): Promise<QueryAnswer> => {
  const { signal, deadlineAt } = request;
  const own = Promise.withResolvers<never>();
  const left = Math.min(Math.max(deadlineAt - Date.now(), 0), timerMax);
  const expire = (): void =>
    own.reject(new IsnadError('query-timeout', 'The query was stopped at its time limit.'));
  const leave = (): void => own.reject(signal?.reason);
  // The first's deadline is the evaluation's, which says best what became of it.
  const timer = askAlone ? setTimeout(expire, left) : undefined;
  signal?.addEventListener('abort', leave, { once: true });
  let isWaiting = true;
  const mayAskAlone = (error: unknown): boolean =>
    isWaiting &&
    isIsnadError(error) &&
    personal.has(error.code) &&
    // Refused at once, or out of a time shorter than one's own.
    (Date.now() < flight.deadlineAt || deadlineAt > flight.deadlineAt + worthwhileMs);
  const shared = flight.answer.catch((error: unknown) => {
    if (askAlone && mayAskAlone(error)) return askAlone();
    throw error;
  });
  flight.waiting += 1;
  try {
    return await Promise.race([shared, own.promise]);
  } finally {
    isWaiting = false;
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
    flight.waiting -= 1;
    if (flight.waiting === 0 && !flight.isDone)
      flight.abandon(signal?.reason ?? 'Nobody waits any more.');
  }
};

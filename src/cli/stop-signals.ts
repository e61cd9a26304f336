import { exitCodes } from './exit-codes.ts';
import { tell } from './terminal.ts';

export interface StopSignals {
  /** Resolves at the first SIGINT or SIGTERM. */
  readonly asked: Promise<void>;
  /** From now on the first signal is waited for; until then it ends the process at once. */
  readonly waitFor: () => void;
}

/**
 * Listens for the signals that ask a service to stop. The second one ends the process at once, as does the
 * first while nobody waits for it: then nothing has been promised that is not on the disk.
 */
export const listenForStop = (): StopSignals => {
  const asked = Promise.withResolvers<void>();
  let isWaitedFor = false;
  let count = 0;
  const onSignal = (): void => {
    count += 1;
    if (count > 1) process.exit(exitCodes.failed);
    if (!isWaitedFor) process.exit(exitCodes.done);
    asked.resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  return {
    asked: asked.promise,
    waitFor: () => {
      isWaitedFor = true;
    },
  };
};

/** What a stop may take after its requests have ended: the running write, and the ends of the workers. */
const closingMs = 5_000;

/**
 * Ends the process when a stop takes too long, since nobody waits for it for ever. What was acknowledged is
 * on the disk in any case.
 *
 * @param timeoutMs what the requests under way may take
 * @returns to be called when the stop has come to its end
 */
export const limitStop = (timeoutMs: number): (() => void) => {
  const timer = setTimeout(() => {
    tell('Stopping took too long: ended without waiting further.');
    process.exit(exitCodes.failed);
  }, timeoutMs + closingMs);
  return () => clearTimeout(timer);
};

import type { Log } from '../log.ts';

/** Connections are dropped by the hundreds where they are dropped at all. */
const tellEveryMs = 60_000;

/** Says in the log, at most once a minute, how many connections were closed because there were too many. */
export const logDropped = (log: Log, connectionsMax: number): (() => void) => {
  let dropped = 0;
  let toldAt = -Infinity;
  return () => {
    dropped += 1;
    const now = performance.now();
    if (now - toldAt < tellEveryMs) return;
    log.warn('connections closed, because there were too many', { dropped, connectionsMax });
    dropped = 0;
    toldAt = now;
  };
};

import type { Place } from '../../journal/place.ts';
import type { Reader } from './reader.ts';

/** A commit that no reader has yet. */
export interface Publication {
  readonly place: Place;
  /** A large change: the last reader at the old commit goes on answering meanwhile. */
  readonly large: boolean;
  /** Whether it is known to be on the disk; until then a reader that has read it answers nothing. */
  isDurable: boolean;
  /** Resolves with whether it came to be on the disk. */
  readonly durable: PromiseWithResolvers<boolean>;
  readonly done: PromiseWithResolvers<void>;
  reader: Reader | undefined;
  /** Readers that broke down on it. */
  failures: number;
  /** After a failure, until when no other is lost to it. */
  restUntil: number;
}

export const newPublication = (place: Place, large: boolean): Publication => ({
  place,
  large,
  isDurable: false,
  durable: Promise.withResolvers<boolean>(),
  done: Promise.withResolvers<void>(),
  reader: undefined,
  failures: 0,
  restUntil: 0,
});

/** After a reader broke down on a commit the next one waits, twice as long each time. */
const restMs = { first: 500, max: 30_000 };

/** Notes that a reader broke down on a commit. Gives how long it rests, in milliseconds. */
export const restAfterFailure = (publication: Publication): number => {
  const ms = Math.min(restMs.first * 2 ** publication.failures, restMs.max);
  publication.failures += 1;
  publication.restUntil = Date.now() + ms;
  return ms;
};

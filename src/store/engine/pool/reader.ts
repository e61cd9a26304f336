import type { Place } from '../../journal/place.ts';
import type { EngineClient } from '../client.ts';
import type { Lane, Waiting } from './waiting.ts';

/** What the pool needs of an engine. */
export type PoolEngine = Pick<
  EngineClient,
  'call' | 'advance' | 'terminate' | 'memoryBytes' | 'healthy'
>;

/**
 * One replica of the pool. All are alike: light, heavy and spare are what they do at the moment, by the
 * lane of the query they are at work on, or by having none.
 */
export interface Reader {
  readonly engine: PoolEngine;
  place: Place;
  activity: 'idle' | 'answering' | 'advancing';
  query: Waiting | undefined;
  /** Memory after it last read the journal, in bytes. */
  baselineBytes: number;
  /** It is to be replaced: it took much more memory than its data need, or holds what is withheld now. */
  bloated: boolean;
}

/** An engine is replaced when a query made its memory grow beyond this. */
const bloat = { factor: 1.5, bytes: 64 * 1024 * 1024 };

export const newReader = (engine: PoolEngine, place: Place): Reader => ({
  engine,
  place,
  activity: 'idle',
  query: undefined,
  baselineBytes: engine.memoryBytes,
  bloated: false,
});

/** Whether a query left the engine with much more memory than it had. */
export const hasGrown = ({ engine, baselineBytes }: Reader): boolean =>
  engine.memoryBytes > baselineBytes * bloat.factor + bloat.bytes;

/** The lane a replica is at work in, if it is. */
export const laneOf = ({ activity, query }: Reader): Lane | undefined =>
  activity === 'answering' ? query?.lane : undefined;

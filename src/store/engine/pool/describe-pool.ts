import type { Place } from '../../journal/place.ts';
import type { FairLine } from './fair-line.ts';
import { working } from './lanes.ts';
import { laneOf, type Reader } from './reader.ts';
import type { EngineStatus, PoolStatus } from './status.ts';

/** The parts of a pool its status is read from. */
export interface PoolParts {
  readonly readers: readonly Reader[];
  readonly visible: Place;
  readonly line: FairLine;
  readonly isBuilding: boolean;
  readonly wanted: number;
  readonly quarantined: number;
  readonly overranShapes: number;
  readonly counters: PoolStatus['counters'];
}

const describeEngine = (reader: Reader): EngineStatus => ({
  role: laneOf(reader) ?? (reader.activity === 'answering' ? 'idle' : reader.activity),
  commit: reader.place.sequence,
  memoryBytes: reader.engine.memoryBytes,
});

/** What an operator sees of a pool at this moment. */
export const describePool = (parts: PoolParts): PoolStatus => {
  const { readers, visible, line, isBuilding, counters, ...counts } = parts;
  const current = readers.filter(
    ({ activity, place }) => activity !== 'advancing' && place.sequence >= visible.sequence,
  ).length;
  const engines = readers.map(describeEngine);
  return {
    ...counts,
    visible: visible.sequence,
    current,
    catchingUp: readers.length - current + (isBuilding ? 1 : 0),
    answering: readers.filter(({ activity }) => activity === 'answering').length,
    answeringByLane: { light: working(readers, 'light'), heavy: working(readers, 'heavy') },
    waiting: line.length,
    waitingByLane: { light: line.count('light'), heavy: line.count('heavy') },
    waitingClients: line.clients,
    memoryBytes: engines.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    engines,
    counters: structuredClone(counters),
  };
};

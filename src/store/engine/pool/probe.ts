import type { EngineQuery } from '../calls.ts';
import type { Reader } from './reader.ts';

/** How many replicas answered, and how many were at work and therefore not asked. */
export interface Probe {
  readonly answered: number;
  readonly busy: number;
}

/** The smallest question there is. */
const question: EngineQuery = {
  query: 'ASK {}',
  mediaType: 'application/sparql-results+json',
  defaultGraph: 'standard',
  baseIri: 'urn:isnad:probe',
  resultBytesMax: 1024,
};

const ask = async (
  reader: Reader,
  readers: ReadonlySet<Reader>,
  turn: () => void,
): Promise<boolean> => {
  reader.activity = 'advancing';
  try {
    await reader.engine.call('query', question);
    return true;
  } catch (error) {
    // One that was ended meanwhile is being replaced already.
    if (readers.has(reader)) throw error;
    return false;
  } finally {
    reader.activity = 'idle';
    turn();
  }
};

/**
 * Asks every replica that is idle something small, all at the same time, which keeps each for less than
 * a millisecond. Those at work are left to it: their queries have deadlines.
 *
 * @param turn lets the pool go on with what waits
 * @throws what a replica's engine throws that is still there afterwards
 */
export const probeIdle = async (readers: ReadonlySet<Reader>, turn: () => void): Promise<Probe> => {
  const idle = Array.from(readers).filter(({ activity }) => activity === 'idle');
  const answers = await Promise.all(idle.map(async (reader) => ask(reader, readers, turn)));
  return { answered: answers.filter(Boolean).length, busy: readers.size - idle.length };
};

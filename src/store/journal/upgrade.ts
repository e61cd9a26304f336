import { setImmediate as breathe } from 'node:timers/promises';
import { addHashes, emptyGraphHash, hashOfLines, subtractHashes } from '../../rdf/graph-hash.ts';
import type { GraphDelta } from '../store.ts';
import { GraphStates } from './graph-states.ts';
import { decodePayload } from './payload.ts';
import { journalStart, type Place } from './place.ts';
import { readRecords } from './read-records.ts';

/**
 * What every graph holds at `head`, with its hash, worked out from the quads of all commits: for a
 * journal whose records do not tell the hashes.
 *
 * @throws IsnadError `store-damaged`
 */
export const computeStates = async (directory: string, head: Place): Promise<GraphStates> => {
  const states = new GraphStates();
  for (const { record } of readRecords(directory, journalStart, head)) {
    for (const { entry, removed, added } of decodePayload(record)) {
      const { graph, created, dropped, addedQuads, removedQuads } = entry;
      const before = created ? emptyGraphHash : states.of(graph).hash;
      const hash = addHashes(subtractHashes(before, hashOfLines(removed)), hashOfLines(added));
      const quads = states.of(graph).quads + addedQuads - removedQuads;
      states.apply([{ graph, created, dropped, addedQuads, removedQuads, after: { quads, hash } }]);
    }
    await breathe();
  }
  return states;
};

/** A change of nothing: with it, a commit states what a graph holds. */
export const unchanged = (graph: string): GraphDelta => ({
  graph,
  added: [],
  removed: [],
  addedQuads: 0,
  removedQuads: 0,
  hashChange: emptyGraphHash,
  created: false,
  dropped: false,
});

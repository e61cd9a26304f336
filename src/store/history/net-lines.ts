import { decodePayload } from '../journal/payload.ts';
import type { DecodedRecord } from '../journal/record-format.ts';
import type { GraphChange } from '../time.ts';
import { byteLines, toPieces } from './lines.ts';

/** What is wanted of the changes: graphs and lines, given as bytes. */
export interface LineFilter {
  readonly wantsGraph: (graph: string) => boolean;
  readonly wantsLine: (line: string) => boolean;
}

/** A line's first operation decides whether it was there before, its last whether it is there after. */
class NetGraph {
  /** Lines that were not there before and are now. */
  readonly added = new Set<string>();
  /** Lines that were there before and are not now. */
  readonly removed = new Set<string>();
  readonly existedBefore: boolean;
  existsAfter: boolean;

  constructor(existedBefore: boolean) {
    this.existedBefore = existedBefore;
    this.existsAfter = existedBefore;
  }

  remove(line: string): void {
    if (!this.added.delete(line)) this.removed.add(line);
  }

  add(line: string): void {
    if (!this.removed.delete(line)) this.added.add(line);
  }
}

const applyPieces = (
  pieces: Iterable<Buffer>,
  wantsLine: LineFilter['wantsLine'],
  apply: (line: string) => void,
): void => {
  for (const piece of pieces) for (const line of byteLines(piece)) if (wantsLine(line)) apply(line);
};

/**
 * What records do together, graph by graph: lines that came and went in between are left out. Holds the
 * changed lines of all wanted graphs in memory.
 *
 * @param records in order; a journal's deltas are exact, so each operation on a line had an effect
 */
export const netChanges = (
  records: Iterable<DecodedRecord>,
  { wantsGraph, wantsLine }: LineFilter,
): GraphChange[] => {
  const graphs = new Map<string, NetGraph>();
  for (const record of records)
    for (const { entry, removed, added } of decodePayload(record)) {
      if (!wantsGraph(entry.graph)) continue;
      const net = graphs.get(entry.graph) ?? new NetGraph(!entry.created);
      graphs.set(entry.graph, net);
      applyPieces(removed, wantsLine, (line) => net.remove(line));
      applyPieces(added, wantsLine, (line) => net.add(line));
      net.existsAfter = !entry.dropped;
    }
  return [...graphs].flatMap(([graph, net]) => toChange(graph, net)).toSorted(byGraph);
};

const toChange = (graph: string, net: NetGraph): GraphChange[] => {
  const created = net.existsAfter && !net.existedBefore;
  const dropped = net.existedBefore && !net.existsAfter;
  if (net.added.size + net.removed.size === 0 && !created && !dropped) return [];
  return [
    {
      graph,
      added: toPieces([...net.added]),
      removed: toPieces([...net.removed]),
      addedQuads: net.added.size,
      removedQuads: net.removed.size,
      created,
      dropped,
    },
  ];
};

const byGraph = (left: GraphChange, right: GraphChange): number =>
  Buffer.compare(Buffer.from(left.graph), Buffer.from(right.graph));

/** The change that leads back. */
export const inverse = (change: GraphChange): GraphChange => ({
  graph: change.graph,
  added: change.removed,
  removed: change.added,
  addedQuads: change.removedQuads,
  removedQuads: change.addedQuads,
  created: change.dropped,
  dropped: change.created,
});

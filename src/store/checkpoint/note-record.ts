import type { Iris } from '../../model/iris.ts';
import { decodePayload } from '../journal/payload.ts';
import { provenanceLines } from '../journal/provenance.ts';
import { toCommitRecord, type DecodedRecord } from '../journal/record-format.ts';
import type { LineRuns } from './line-runs.ts';
import { keyPrefix } from './merge.ts';

/** Lines between two moments at which the caller can give up. */
export const linesBetweenChecks = 5000;

function* noteLines(
  runs: LineRuns,
  graph: string,
  pieces: Iterable<Buffer>,
  added: boolean,
): Generator<void> {
  const prefix = keyPrefix(graph);
  let lines = 0;
  for (const piece of pieces) {
    const text = piece.toString('latin1');
    for (let start = 0; start < text.length;) {
      const end = text.indexOf('\n', start);
      runs.add(prefix + text.slice(start, end), added);
      start = end + 1;
      if (++lines % linesBetweenChecks === 0) yield;
    }
  }
}

/**
 * Notes what one commit does to the lines of graphs, that of the commits' provenance included.
 *
 * @param wants the graphs whose lines are noted; all of them when left out
 */
export function* noteRecord(
  record: DecodedRecord,
  iris: Iris,
  runs: LineRuns,
  wants: (graph: string) => boolean = () => true,
): Generator<void> {
  for (const { entry, removed, added } of decodePayload(record)) {
    if (!wants(entry.graph)) continue;
    yield* noteLines(runs, entry.graph, removed, false);
    yield* noteLines(runs, entry.graph, added, true);
  }
  if (wants(iris.provenance))
    for (const line of provenanceLines(toCommitRecord(record, record.header), iris))
      runs.add(keyPrefix(iris.provenance) + Buffer.from(line).toString('latin1'), true);
  yield;
}

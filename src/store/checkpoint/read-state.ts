import { createIris } from '../../model/iris.ts';
import { journalStart, type Place } from '../journal/place.ts';
import { readRecords } from '../journal/read-records.ts';
import { BlockDamage } from './blocks.ts';
import { LineRuns } from './line-runs.ts';
import { mergeLines, splitKey } from './merge.ts';
import { noteRecord } from './note-record.ts';
import { readKeys } from './read-quads.ts';
import type { ShelvedCheckpoint } from './list.ts';

/** Which state is to be read, and of what. */
export interface StatePlan {
  readonly journalDirectory: string;
  readonly baseIri: string;
  /** The commit whose state it is. */
  readonly at: number;
  /** Only of these graphs. */
  readonly graphs: readonly string[];
  /** A checkpoint of that commit or one before, so that the journal is read from there only. */
  readonly base: ShelvedCheckpoint | undefined;
  /** The newest commit on the disk. */
  readonly head: Place;
  /** Where lines are sorted that are too many for the memory; made when needed, and removed. */
  readonly runsFolder: string;
}

/** Characters of a piece, which are bytes: little enough to wait in a connection, much for a message. */
const pieceBytes = 256 * 1024;

/** Whether a graph is wanted; the same one is asked after many times over. */
const isAmong = (graphs: readonly string[]): ((graph: string) => boolean) => {
  const wanted = new Set(graphs);
  return (graph) => wanted.has(graph);
};

/** The keys of wanted graphs, whose names are looked up once for all of their lines. */
function* keysOf(
  { directory, manifest: { graphs, provenance } }: ShelvedCheckpoint,
  wants: (graph: string) => boolean,
): Generator<string> {
  let prefix = '';
  let isWanted = false;
  let lines = 0;
  for (const key of readKeys(directory)) {
    lines += 1;
    if (prefix === '' || !key.startsWith(prefix)) {
      const { graph } = splitKey(key);
      prefix = key.slice(0, key.indexOf('\0') + 1);
      isWanted = wants(graph);
    }
    if (isWanted) yield key;
  }
  const total = graphs.reduce((sum, { quads }) => sum + quads, provenance.quads);
  if (lines !== total) throw new BlockDamage(`it holds ${lines} quads instead of ${total}`);
}

function* toPieces(keys: Iterable<string>): Generator<Uint8Array<ArrayBuffer>> {
  let lines: string[] = [];
  let bytes = 0;
  const piece = (): Uint8Array<ArrayBuffer> => {
    // A buffer of its own: a pooled one cannot be handed over to another thread.
    const text = new Uint8Array(bytes);
    Buffer.from(text.buffer).write(lines.join(''), 'latin1');
    lines = [];
    bytes = 0;
    return text;
  };
  for (const key of keys) {
    const line = `${key.slice(key.indexOf('\0') + 1)}\n`;
    lines.push(line);
    bytes += line.length;
    if (bytes >= pieceBytes) yield piece();
  }
  if (bytes > 0) yield piece();
}

/**
 * What graphs held at a commit, as canonical N-Quads in the order of graphs and lines, in pieces that each
 * end with a line: a checkpoint merged with what the commits since did, in memory that does not grow with
 * the store. The engines have no part in it.
 *
 * @throws IsnadError `store-damaged` for a journal, BlockDamage for a checkpoint that is not as it was
 *   written, and what the file system threw
 */
export function* readState(plan: StatePlan): Generator<Uint8Array<ArrayBuffer>> {
  const { journalDirectory, base, head, at } = plan;
  const iris = createIris(plan.baseIri);
  const wants = isAmong(plan.graphs);
  const runs = new LineRuns(plan.runsFolder);
  try {
    const from = base?.manifest.place ?? journalStart;
    for (const { record } of readRecords(journalDirectory, from, head)) {
      if (record.sequence > at) break;
      // To its end at once: the thread it runs in is ended from outside.
      noteRecord(record, iris, runs, wants).toArray();
    }
    const before = base ? keysOf(base, wants) : [];
    yield* toPieces(mergeLines(before, runs.sorted()));
  } finally {
    runs.remove();
  }
}

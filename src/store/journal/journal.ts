import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { IsnadError } from '../../errors.ts';
import { isPassing } from '../passing-error.ts';
import type { CommitDescription, CommitRecord, GraphDelta, GraphState } from '../store.ts';
import type { Appended, Appender, RecordDraft } from './append.ts';
import { stateAfter, type GraphStates } from './graph-states.ts';
import type { JournalIo } from './journal-io.ts';
import { encodePayload, type StatedDelta } from './payload.ts';
import { segmentFileName, type Place } from './place.ts';
import {
  decodeMetadata,
  headerBytes,
  previousOf,
  recordPrefixBytes,
  toCommitRecord,
} from './record-format.ts';
import { damaged } from './read-records.ts';
import type { JournalPoint } from './journal-point.ts';
import type { History } from './read-history.ts';
import type { RecordStart } from './record-start.ts';
import { readRedactions } from './redactions.ts';
import { SegmentFile } from './segment-file.ts';
import { formatVersion } from './segment-format.ts';
import { computeStates, unchanged } from './upgrade.ts';

const mebibyte = 1024 * 1024;

export interface JournalOptions {
  /** The `journal` directory; made when absent. */
  readonly directory: string;
  /** Base IRI of the installation; fixed by the first commit. */
  readonly baseIri: string;
  /** A segment that has reached this size gets no further record. */
  readonly segmentBytesMax?: number;
  /** A commit whose state is known, from a checkpoint: only what follows is read and checked. */
  readonly from?: JournalPoint | undefined;
  /** Commits that checkpoints say were on the disk, whether or not they can be begun with. */
  readonly witnessed?: readonly Place[];
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told in one sentence of each thing that was put right on opening. */
  readonly onNotice?: (notice: string) => void;
  /** Told of each commit found that is read, oldest first, before the journal is open. */
  readonly onRecord?: (record: CommitRecord) => void;
  readonly io?: JournalIo;
}

/** A commit that is on the disk. */
export interface JournaledCommit {
  readonly record: CommitRecord;
  readonly place: Place;
}

export const segmentBytesMaxOf = ({ segmentBytesMax = 64 * mebibyte }: JournalOptions): number =>
  segmentBytesMax;

/** What one commit does, and what is said of it. */
export interface CommitDraft {
  readonly deltas: readonly GraphDelta[];
  readonly description: CommitDescription;
}

/** The append-only journal of one data directory, open for writing. */
export class Journal {
  readonly #directory: string;
  readonly #baseIri: string;
  readonly #now: () => number;
  readonly #segmentBytesMax: number;
  readonly #appender: Appender;
  readonly #starts: RecordStart[];
  readonly #states: GraphStates;
  #head: Place;
  #recordedAt: string;

  constructor(options: JournalOptions, appender: Appender, history: History) {
    this.#directory = options.directory;
    this.#baseIri = options.baseIri;
    this.#now = options.now ?? Date.now;
    this.#segmentBytesMax = segmentBytesMaxOf(options);
    this.#appender = appender;
    this.#starts = history.starts;
    this.#states = history.states;
    this.#recordedAt = history.recordedAt;
    this.#head = history.scan.last;
  }

  /** The newest commit on the disk. */
  get head(): Place {
    return this.#head;
  }

  /** False once a sync has failed. */
  get writable(): boolean {
    return this.#appender.writable;
  }

  /** What a graph holds at the newest commit. */
  stateOf(graph: string): GraphState {
    return this.#states.of(graph);
  }

  /**
   * Writes commits, in this order, and resolves when all of them are on the disk. The time recorded is
   * never earlier than that of the commit before, whatever the clock says.
   *
   * @param onWritten told of them once they are written, before they are synced: what they will be
   * @throws IsnadError `disk-full`, `write-failed`; none of them is written then
   */
  async append(
    drafts: readonly CommitDraft[],
    onWritten?: (commits: readonly JournaledCommit[]) => void,
  ): Promise<JournaledCommit[]> {
    const now = new Date(this.#now()).toISOString();
    const recordedAt = now > this.#recordedAt ? now : this.#recordedAt;
    const ahead = new Map<string, GraphState>();
    const records: RecordDraft[] = [];
    for (const draft of drafts) records.push(await this.#encode(draft, recordedAt, ahead));
    const first = records[0];
    if (this.#head.sequence === 0 && first)
      records[0] = { ...first, header: { ...first.header, baseIri: this.#baseIri } };
    const toCommit = ({ end }: Appended, index: number): JournaledCommit => ({
      record: toCommitRecord(end, required(records[index]).header),
      place: end,
    });
    const appended = await this.#appender.append(this.#head, records, (written) =>
      onWritten?.(written.map(toCommit)),
    );
    this.#recordedAt = recordedAt;
    const commits = appended.map(toCommit);
    for (const [index, { record, place }] of commits.entries()) {
      this.#starts.push({ segment: place.segment, offset: required(appended[index]).startsAt });
      this.#head = place;
      this.#states.apply(record.graphs);
    }
    return commits;
  }

  /** @param ahead what graphs hold after the drafts before this one, which are not written yet */
  async #encode(
    { deltas, description }: CommitDraft,
    recordedAt: string,
    ahead: Map<string, GraphState>,
  ): Promise<RecordDraft> {
    const stated = deltas.map((delta): StatedDelta => {
      const before = ahead.get(delta.graph) ?? this.#states.of(delta.graph);
      const after = stateAfter(before, delta);
      ahead.set(delta.graph, after);
      return { delta, after };
    });
    const { graphs, payload } = await encodePayload(stated);
    return { header: { recordedAt, ...description, graphs }, payload };
  }

  /**
   * States the hashes of all graphs in a commit of its own, for a journal whose last commit is of a
   * format that did not. What a crash leaves of it is done again at the next start.
   */
  async upgrade(): Promise<CommitRecord> {
    const states = await computeStates(this.#directory, this.#head);
    for (const [graph, state] of states.entries()) this.#states.set(graph, state);
    const deltas = [...states.entries()].map(([graph]) => unchanged(graph));
    const message = `The journal states the hash of every graph from here on (format ${formatVersion})`;
    const description = { activity: 'upgrade', actor: 'isnad', message } as const;
    const [commit] = await this.append([{ deltas, description }]);
    return required(commit).record;
  }

  /** All that has to be known to open the journal from its newest commit on. */
  point(): JournalPoint {
    const graphs = [...this.#states.entries()].map(([graph, state]) => ({ graph, ...state }));
    return {
      place: this.#head,
      recordedAt: this.#recordedAt,
      graphs,
      starts: [...this.#starts],
    };
  }

  /** Bytes of the journal's records from the first commit to a place in it. */
  bytesTo({ segment, offset }: Place): number {
    return (segment - 1) * this.#segmentBytesMax + offset;
  }

  /** Whether a place is the end of a commit of this journal. */
  async holds(place: Place): Promise<boolean> {
    const { sequence } = place;
    if (sequence > this.#head.sequence) return false;
    const next = this.#starts[sequence] ?? this.#head;
    if (next.segment === place.segment && next.offset !== place.offset) return false;
    for await (const { hash } of this.records(sequence)) return hash === place.hash;
    return false;
  }

  /** Says in the head that the journal withholds lines, which older programs cannot read. */
  async markRedacted(): Promise<void> {
    await this.#appender.markRedacted(this.#head);
  }

  /** Runs `work`, which puts other files in the place of segments, and goes on in those. */
  async reopenAfter(work: () => Promise<void>): Promise<void> {
    await this.#appender.reopenAfter(work);
  }

  /**
   * The metadata of every commit from `from` to the newest at the time of the call, oldest first. Each is
   * what the commit after it, or the head, says it is: a start checks only what came after a checkpoint.
   *
   * @throws IsnadError `store-damaged`
   */
  async *records(from = 1): AsyncGenerator<CommitRecord> {
    const newest = this.#head;
    const redactions = readRedactions(this.#directory);
    let file: { readonly segment: number; readonly reader: SegmentFile } | undefined;
    let held: { readonly record: CommitRecord; readonly start: RecordStart } | undefined;
    const released = (hash: string): CommitRecord[] => {
      if (held && held.record.hash !== hash) throw this.#damaged(held.record.sequence, held.start);
      return held ? [held.record] : [];
    };
    try {
      for (let sequence = Math.max(from, 1); sequence <= newest.sequence; sequence += 1) {
        const start = required(this.#starts[sequence - 1]);
        if (file?.segment !== start.segment) {
          file?.reader.close();
          file = { segment: start.segment, reader: this.#openSegment(start.segment) };
        }
        const { record, previous } = this.#readMetadata(file.reader, sequence, start);
        yield* released(previous);
        const withheldQuads = redactions.linesOf(sequence);
        held = { record: withheldQuads === 0 ? record : { ...record, withheldQuads }, start };
        if (sequence % 100 === 0) await breathe();
      }
      yield* released(newest.hash);
    } finally {
      file?.reader.close();
    }
  }

  async close(): Promise<void> {
    await this.#appender.close();
  }

  #damaged(sequence: number, { segment, offset }: RecordStart): IsnadError {
    return damaged(this.#directory, segment, offset, sequence, 'it is not what follows it says');
  }

  #readMetadata(
    file: SegmentFile,
    sequence: number,
    start: RecordStart,
  ): { readonly record: CommitRecord; readonly previous: string } {
    try {
      return readMetadata(file, start.offset);
    } catch (error) {
      if (isPassing(error)) throw error;
      throw this.#damaged(sequence, start);
    }
  }

  #openSegment(segment: number): SegmentFile {
    return new SegmentFile(path.join(this.#directory, segmentFileName(segment)));
  }
}

/** The metadata of a record, and the hash of the commit it says it follows. */
const readMetadata = (
  file: SegmentFile,
  offset: number,
): { readonly record: CommitRecord; readonly previous: string } => {
  const prefix = file.read(offset, recordPrefixBytes);
  const { hash: previous } = previousOf(prefix);
  const found = decodeMetadata(file.read(offset, recordPrefixBytes + headerBytes(prefix)));
  return { record: toCommitRecord(found, found.header), previous };
};

const required = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new IsnadError('internal', 'The journal lost count of a commit.');
  return value;
};

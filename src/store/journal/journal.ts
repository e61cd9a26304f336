import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { IsnadError } from '../../errors.ts';
import type { CommitDescription, CommitRecord, GraphDelta } from '../store.ts';
import { Appender } from './append.ts';
import { createJournal } from './create.ts';
import { decodeHeadFile, headFileName, type Head } from './head-file.ts';
import { fileIo, type JournalIo } from './journal-io.ts';
import { encodePayload } from './payload.ts';
import { segmentFileName, type Place } from './place.ts';
import {
  decodeMetadata,
  headerBytes,
  recordPrefixBytes,
  toCommitRecord,
  type RecordHeader,
} from './record-format.ts';
import { damaged } from './read-records.ts';
import { scanJournal, type FoundRecord, type ScanResult } from './scan.ts';
import { SegmentFile } from './segment-file.ts';
import { segmentHeaderBytes } from './segment-format.ts';
import { setAside } from './set-aside.ts';

const mebibyte = 1024 * 1024;
/** How long a scan may hold the thread before it lets others run, in milliseconds. */
const breathEveryMs = 20;

export interface JournalOptions {
  /** The `journal` directory; made when absent. */
  readonly directory: string;
  /** Base IRI of the installation; fixed by the first commit. */
  readonly baseIri: string;
  /** A segment that has reached this size gets no further record. */
  readonly segmentBytesMax?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told in one sentence of each thing that was put right on opening. */
  readonly onNotice?: (notice: string) => void;
  /** Told of each commit found, oldest first, before the journal is open. */
  readonly onRecord?: (record: CommitRecord) => void;
  readonly io?: JournalIo;
}

/** A commit that is on the disk. */
export interface JournaledCommit {
  readonly record: CommitRecord;
  readonly place: Place;
}

/** Where a record starts, to find it by its sequence. */
interface RecordStart {
  readonly segment: number;
  readonly offset: number;
}

/** The append-only journal of one data directory, open for writing. */
export class Journal {
  readonly #directory: string;
  readonly #baseIri: string;
  readonly #now: () => number;
  readonly #appender: Appender;
  readonly #starts: RecordStart[];
  #head: Place;
  #recordedAt: string;

  constructor(options: JournalOptions, appender: Appender, history: History) {
    this.#directory = options.directory;
    this.#baseIri = options.baseIri;
    this.#now = options.now ?? Date.now;
    this.#appender = appender;
    this.#starts = history.starts;
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

  /**
   * Writes one commit and resolves when it is on the disk. The time recorded is never earlier than
   * that of the commit before, whatever the clock says.
   *
   * @throws IsnadError `write-failed`
   */
  async append(
    deltas: readonly GraphDelta[],
    description: CommitDescription,
  ): Promise<JournaledCommit> {
    const { graphs, payload } = await encodePayload(deltas);
    const now = new Date(this.#now()).toISOString();
    const recordedAt = now > this.#recordedAt ? now : this.#recordedAt;
    const first = this.#head.sequence === 0 ? { baseIri: this.#baseIri } : {};
    const header: RecordHeader = { recordedAt, ...description, ...first, graphs };
    const { startsAt, end } = await this.#appender.append(this.#head, header, payload);
    this.#starts.push({ segment: end.segment, offset: startsAt });
    this.#recordedAt = recordedAt;
    this.#head = end;
    return { record: toCommitRecord(end, header), place: end };
  }

  /** The metadata of every commit from `from` to the newest at the time of the call, oldest first. */
  async *records(from = 1): AsyncGenerator<CommitRecord> {
    const newest = this.#head.sequence;
    let file: { readonly segment: number; readonly reader: SegmentFile } | undefined;
    try {
      for (let sequence = Math.max(from, 1); sequence <= newest; sequence += 1) {
        const start = this.#starts[sequence - 1];
        if (!start) return;
        if (file?.segment !== start.segment) {
          file?.reader.close();
          file = { segment: start.segment, reader: this.#openSegment(start.segment) };
        }
        yield readMetadata(file.reader, start.offset);
        if (sequence % 100 === 0) await breathe();
      }
    } finally {
      file?.reader.close();
    }
  }

  async close(): Promise<void> {
    await this.#appender.close();
  }

  #openSegment(segment: number): SegmentFile {
    return new SegmentFile(path.join(this.#directory, segmentFileName(segment)));
  }
}

const readMetadata = (file: SegmentFile, offset: number): CommitRecord => {
  const prefix = file.read(offset, recordPrefixBytes);
  const found = decodeMetadata(file.read(offset, recordPrefixBytes + headerBytes(prefix)));
  return toCommitRecord(found, found.header);
};

interface History {
  readonly starts: RecordStart[];
  readonly recordedAt: string;
  readonly scan: ScanResult;
}

const readHead = (directory: string): Head => {
  const file = path.join(directory, headFileName);
  const head = existsSync(file) ? decodeHeadFile(readFileSync(file)) : undefined;
  if (head) return head;
  throw new IsnadError(
    'store-damaged',
    `The head of the journal, ${file}, is ${existsSync(file) ? 'unreadable' : 'missing'}. ` +
      'Nothing was changed. Keep the directory as it is and put back the last backup of this file.',
    { position: { file }, extra: { file } },
  );
};

const checkBase = (options: JournalOptions, found: FoundRecord): void => {
  const stored = found.header.baseIri;
  if (stored === undefined)
    throw damaged(options.directory, 1, found.startsAt, 1, 'it names no base IRI');
  if (stored !== options.baseIri)
    throw new IsnadError(
      'store-base-iri',
      `The base IRI of this data directory is ${stored}, not ${options.baseIri}.`,
    );
};

const readHistory = async (options: JournalOptions, head: Place): Promise<History> => {
  const starts: RecordStart[] = [];
  let recordedAt = '';
  let breath = performance.now();
  const scan = scanJournal(options.directory, head);
  for (let step = scan.next(); ; step = scan.next()) {
    if (step.done) return { starts, recordedAt, scan: step.value };
    const found = step.value;
    if (found.end.sequence === 1) checkBase(options, found);
    starts.push({ segment: found.end.segment, offset: found.startsAt });
    recordedAt = found.header.recordedAt;
    options.onRecord?.(toCommitRecord(found.end, found.header));
    if (performance.now() - breath < breathEveryMs) continue;
    await breathe();
    breath = performance.now();
  }
};

/** What a crash left behind is put right only after the whole journal has verified. */
const mend = async (
  options: JournalOptions,
  appender: Appender,
  head: Head,
  { last }: ScanResult,
): Promise<void> => {
  const adopted = last.sequence - head.place.sequence;
  if (adopted > 0)
    options.onNotice?.(`${adopted} commit(s) written after the last head were kept.`);
  if (!head.whole) options.onNotice?.('One of the two slots of the head was unreadable.');
  if (adopted === 0 && head.whole) return;
  await appender.sync();
  await appender.writeHead(last);
};

/**
 * Opens the journal, or makes an empty one where there is none. The caller holds the directory's lock.
 *
 * @throws IsnadError `store-damaged`, `store-version`, `store-base-iri`; nothing is changed then
 */
export const openJournal = async (options: JournalOptions): Promise<Journal> => {
  const { directory, onNotice } = options;
  if (!existsSync(directory)) await createJournal(directory);
  const head = readHead(directory);
  const history = await readHistory(options, head.place);
  const { last, segment, torn } = history.scan;
  if (torn)
    for (const { file, bytes } of await setAside(directory, torn, new Date()))
      onNotice?.(`${bytes} bytes after commit ${last.sequence} were set aside in ${file}.`);
  const appender = await Appender.open({
    directory,
    head: head.place,
    headSlot: head.slot,
    segment,
    offset: segment === last.segment ? last.offset : segmentHeaderBytes,
    segmentBytesMax: options.segmentBytesMax ?? 64 * mebibyte,
    io: options.io ?? fileIo,
  });
  await mend(options, appender, head, history.scan);
  return new Journal(options, appender, history);
};

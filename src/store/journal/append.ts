import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import { encodeSlot, headFileName, redactedHeadVersion, slotOffset } from './head-file.ts';
import { syncDirectory, writeSynced, type JournalIo } from './journal-io.ts';
import { segmentFileName, type Place } from './place.ts';
import { encodeRecord, type RecordHeader } from './record-format.ts';
import { encodeSegmentHeader, formatVersion, segmentHeaderBytes } from './segment-format.ts';

/** Records up to this size are written in one piece. */
const onePieceBytes = 1024 * 1024;

export interface AppenderStart {
  readonly directory: string;
  readonly head: Place;
  readonly headSlot: 0 | 1;
  /** The segment that takes the next record, and where its records end. */
  readonly segment: number;
  readonly offset: number;
  /** Format of that segment; one of an older format takes no record of this one. */
  readonly segmentVersion: number;
  readonly segmentBytesMax: number;
  /** Version of the heads that are written. */
  readonly headVersion: number;
  readonly io: JournalIo;
}

/** What is to be written of one commit. */
export interface RecordDraft {
  readonly header: RecordHeader;
  readonly payload: readonly Uint8Array[];
}

/** Where a record was put. */
export interface Appended {
  readonly startsAt: number;
  readonly end: Place;
}

/** The writing end of the journal: one append at a time, of one record or of several that wait together. */
export class Appender {
  readonly #start: AppenderStart;
  #segment: number;
  #segmentVersion: number;
  #offset: number;
  #headSlot: 0 | 1;
  #headVersion: number;
  #file: FileHandle;
  readonly #headFile: FileHandle;
  /** Why nothing may be written any more. */
  #broken: Error | undefined;

  private constructor(start: AppenderStart, file: FileHandle, headFile: FileHandle) {
    this.#start = start;
    this.#segment = start.segment;
    this.#segmentVersion = start.segmentVersion;
    this.#offset = start.offset;
    this.#headSlot = start.headSlot;
    this.#headVersion = start.headVersion;
    this.#file = file;
    this.#headFile = headFile;
  }

  static async open(start: AppenderStart): Promise<Appender> {
    const file = await open(path.join(start.directory, segmentFileName(start.segment)), 'r+');
    return new Appender(start, file, await open(path.join(start.directory, headFileName), 'r+'));
  }

  get writable(): boolean {
    return this.#broken === undefined;
  }

  /**
   * Writes the records that follow `previous`, syncs them, then the head: two syncs, however many they
   * are. Resolves when both are on the disk.
   *
   * @param onWritten told where they are once they are written, before they are synced
   * @throws IsnadError `disk-full`; `write-failed`, for good once a sync has failed, because after that nobody can
   *   say which bytes are on the disk
   */
  async append(
    previous: Place,
    drafts: readonly RecordDraft[],
    onWritten?: (appended: readonly Appended[]) => void,
  ): Promise<Appended[]> {
    if (this.#broken) throw writeFailed(this.#broken);
    if (this.#isFull()) await this.#roll();
    const appended: Appended[] = [];
    const parts: Uint8Array[] = [];
    let place: Place = { ...previous, segment: this.#segment, offset: this.#offset };
    for (const { header, payload } of drafts) {
      const record = encodeRecord(place, header, payload);
      const startsAt = place.offset;
      const { sequence } = place;
      place = {
        ...place,
        sequence: sequence + 1,
        hash: record.hash,
        offset: startsAt + record.bytes,
      };
      parts.push(...record.parts);
      appended.push({ startsAt, end: place });
    }
    const bytes = place.offset - this.#offset;
    await this.#write(bytes <= onePieceBytes ? [Buffer.concat(parts)] : parts);
    // The disk is at work while others are told.
    const synced = this.#orFail(this.#start.io.sync(this.#file));
    onWritten?.(appended);
    await synced;
    await this.#orFail(this.writeHead(place));
    this.#offset = place.offset;
    return appended;
  }

  /** Records `place` as the newest acknowledged commit, in the slot that does not hold the present one. */
  async writeHead(place: Place): Promise<void> {
    const slot = this.#headSlot === 0 ? 1 : 0;
    await this.#start.io.write(
      this.#headFile,
      [encodeSlot(place, this.#headVersion)],
      slotOffset(slot),
    );
    await this.#start.io.sync(this.#headFile);
    this.#headSlot = slot;
  }

  /** Syncs the segment: for records found beyond the head when the journal was opened. */
  async sync(): Promise<void> {
    await this.#start.io.sync(this.#file);
  }

  /** From here on heads say that the journal withholds lines; `place` is the present head. */
  async markRedacted(place: Place): Promise<void> {
    this.#headVersion = redactedHeadVersion;
    // Both slots, so that no program is left with one that it reads.
    await this.#orFail(this.writeHead(place));
    await this.#orFail(this.writeHead(place));
  }

  /**
   * Runs `work`, which puts other files in the place of segments, and goes on in the file that is there
   * then: the one open until now would take records that nobody ever finds.
   */
  async reopenAfter(work: () => Promise<void>): Promise<void> {
    await this.#file.close();
    try {
      await work();
    } finally {
      await this.#orFail(this.#openAgain());
    }
  }

  async #openAgain(): Promise<void> {
    this.#file = await open(path.join(this.#start.directory, segmentFileName(this.#segment)), 'r+');
  }

  async close(): Promise<void> {
    await this.#file.close();
    await this.#headFile.close();
  }

  /** A write that fails, as on a full disk, is taken back: the journal goes on once there is room. */
  async #write(parts: readonly Uint8Array[]): Promise<void> {
    try {
      await this.#start.io.write(this.#file, parts, this.#offset);
    } catch (error) {
      await this.#orFail(this.#takeBack());
      throw notWritten(error);
    }
  }

  /** What was refused must not come back after a loss of power. */
  async #takeBack(): Promise<void> {
    await this.#file.truncate(this.#offset);
    await this.#start.io.sync(this.#file);
  }

  async #orFail(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#broken = error instanceof Error ? error : new Error(String(error));
      throw writeFailed(error);
    }
  }

  #isFull(): boolean {
    return this.#offset >= this.#start.segmentBytesMax || this.#segmentVersion < formatVersion;
  }

  /** Begins the next segment. One that could not be written whole is taken back. */
  async #roll(): Promise<void> {
    const file = path.join(this.#start.directory, segmentFileName(this.#segment + 1));
    try {
      await writeSynced(file, encodeSegmentHeader(this.#segment + 1));
    } catch (error) {
      await this.#orFail(rm(file, { force: true }));
      throw notWritten(error);
    }
    await this.#orFail(syncDirectory(this.#start.directory));
    const next = await open(file, 'r+');
    await this.#file.close();
    this.#file = next;
    this.#segment += 1;
    this.#segmentVersion = formatVersion;
    this.#offset = segmentHeaderBytes;
  }
}

/** What the operating system says when there is no room, or no more of it for this user. */
const noRoomCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);

const writeFailed = (cause: unknown): IsnadError =>
  new IsnadError('write-failed', `The journal could not be written: ${reasonOf(cause)}.`, {
    cause,
  });

/** The error for bytes that could not be written and were taken back: the next write may succeed. */
export const notWritten = (cause: unknown): IsnadError => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!noRoomCodes.has(code)) return writeFailed(cause);
  return new IsnadError('disk-full', `The journal could not be written: ${reasonOf(cause)}.`, {
    cause,
  });
};

import path from 'node:path';
import { startThread } from '../../threads.ts';
import type { JournalPoint } from '../journal/journal-point.ts';
import type { Place } from '../journal/place.ts';
import { QuietMoment } from '../quiet-moment.ts';
import type { CheckpointShelf } from './shelf.ts';
import type { CheckpointNews, CheckpointStart } from './worker.ts';

/** The worker's file, in source and when built. */
const workerFile = new URL(`./worker${path.extname(import.meta.url)}`, import.meta.url);

export interface CheckpointKeeperParts {
  readonly shelf: CheckpointShelf;
  readonly journalDirectory: string;
  readonly baseIri: string;
  /** The newest commit on the disk, and all that is known there. */
  readonly point: () => JournalPoint;
  readonly head: () => Place;
  /** Bytes of the journal from its start to a place. */
  readonly bytesTo: (place: Place) => number;
  readonly onNotice: (notice: string) => void;
}

/**
 * A new checkpoint is worth its making once a start would have this much of the journal to check, and an
 * engine without an image to read: about a second's work. As all of it is written anew, the journal must
 * also have grown by as much as the last one takes.
 */
const worthwhile = { bytes: 8 * 1024 * 1024, commits: 5000 };
/** Runs of lines are spilled long before; the limit keeps the collector at work. */
const workerHeapMb = 512;
/** A checkpoint waits for a moment without commits; not for ever. */
const patience = { quietMs: 5000, patienceMs: 300_000 };
/** A disk that was full once is likely to be full again. */
const restMs = 600_000;

/**
 * Keeps the newest checkpoint close to the head: in a worker of its own, from the last one and the commits
 * since, when nothing is being written. No query and no write waits for it.
 */
export class CheckpointKeeper {
  readonly #parts: CheckpointKeeperParts;
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #moment = new QuietMoment(patience, () => void this.make());
  /** After a failure, until when no other is tried. */
  #restUntil = 0;
  #making: Promise<void> | undefined;
  #closed = false;

  constructor(parts: CheckpointKeeperParts) {
    this.#parts = parts;
  }

  /** To be called after each commit, and once at the start. */
  consider(): void {
    if (this.#closed || this.#making || Date.now() < this.#restUntil) return;
    if (this.#isDue()) this.#moment.wait();
  }

  /** Makes a checkpoint of the newest commit; one at a time. A failure is told of, and harms nothing. */
  async make(): Promise<void> {
    if (this.#closed) return;
    this.#moment.cancel();
    this.#making ??= this.#make();
    await this.#making;
  }

  /** Gives up what is being made, and makes nothing any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#giveUp();
  }

  /** Removes all checkpoints, also the one that is being made. The next commit may be reason for a new one. */
  async drop(): Promise<void> {
    await this.#giveUp();
    this.#parts.shelf.clear();
  }

  async #giveUp(): Promise<void> {
    this.#moment.cancel();
    Atomics.store(this.#stop, 0, 1);
    await this.#making;
    Atomics.store(this.#stop, 0, 0);
  }

  #isDue(): boolean {
    const { shelf, head, bytesTo } = this.#parts;
    const newest = shelf.newest?.manifest.place;
    const bytes = bytesTo(head()) - (newest ? bytesTo(newest) : 0);
    const commits = head().sequence - (newest?.sequence ?? 0);
    const lastBytes = shelf.newest?.manifest.quads.bytes ?? 0;
    return bytes >= Math.max(worthwhile.bytes, lastBytes) || commits >= worthwhile.commits;
  }

  async #make(): Promise<void> {
    try {
      await this.#makeNewest();
    } catch (error) {
      // Nobody waits for what a timer begins: an error that left here would end the process.
      const reason = error instanceof Error ? error.message : String(error);
      this.#fail(reason);
    } finally {
      this.#making = undefined;
      this.#moment.forget();
    }
    // Much may have been written meanwhile.
    this.consider();
  }

  async #makeNewest(): Promise<void> {
    const { shelf, journalDirectory, baseIri, head, point } = this.#parts;
    const { newest } = shelf;
    // All that is known of a long journal is much: it is taken only where there is something to make of it.
    if (head().sequence <= (newest?.manifest.place.sequence ?? 0)) return;
    const present = point();
    const target = shelf.pathFor(present.place);
    const plan = { journalDirectory, baseIri, target, base: newest, point: present };
    const news = await this.#runWorker({ ...plan, stop: this.#stop });
    if (news.kind === 'made') shelf.put({ directory: target, manifest: news.manifest });
    if (news.kind === 'failed') this.#fail(news.reason);
    if (news.kind === 'failed' && news.baseIsDamaged && newest) shelf.discard(newest.directory);
  }

  /** Says why there is none, and does not try again at every quiet moment. */
  #fail(reason: string): void {
    this.#parts.onNotice(`No checkpoint was made: ${reason}.`);
    this.#restUntil = Date.now() + restMs;
  }

  async #runWorker(start: CheckpointStart): Promise<CheckpointNews> {
    return new Promise((resolve) => {
      const worker = startThread(workerFile, {
        workerData: start,
        resourceLimits: { maxOldGenerationSizeMb: workerHeapMb },
      });
      let news: CheckpointNews = {
        kind: 'failed',
        reason: 'its thread ended',
        baseIsDamaged: false,
      };
      worker.on('message', (told: CheckpointNews) => {
        news = told;
      });
      worker.on('error', (error) => {
        news = { kind: 'failed', reason: String(error), baseIsDamaged: false };
      });
      worker.on('exit', () => resolve(news));
    });
  }
}

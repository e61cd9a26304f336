import type { Place } from '../../journal/place.ts';
import { QuietMoment } from '../../quiet-moment.ts';
import type { EngineClient } from '../client.ts';
import type { ImageShelf } from './shelf.ts';

export interface KeeperParts {
  readonly shelf: ImageShelf;
  /** Starts an engine of nobody's, from the newest image where there is one. */
  readonly spawn: () => EngineClient;
  /** The newest commit that queries see. */
  readonly head: () => Place;
  /** Bytes of the journal from its start to a place. */
  readonly bytesTo: (place: Place) => number;
  readonly onNotice: (notice: string) => void;
}

/** A new image is worth its writing once an engine would have this much of the journal to read. */
const worthwhile = { bytes: 1024 * 1024, commits: 2000 };
/** Images wait for a moment without commits; not for ever. */
const patience = { quietMs: 1500, patienceMs: 60_000 };
/** A disk that was full once is likely to be full again, and the journal needs it more. */
const restMs = 600_000;

/**
 * Keeps the newest image close to the head. An image is made by an engine of its own that starts from the
 * last one, reads what came since, writes its memory and ends: no query and no write waits for it, and
 * its memory holds nothing but data.
 */
export class ImageKeeper {
  readonly #parts: KeeperParts;
  readonly #moment = new QuietMoment(patience, () => void this.make());
  #making: { readonly engine: EngineClient; readonly done: Promise<void> } | undefined;
  /** After a failure, until when no other is tried. */
  #restUntil = 0;
  #closed = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /** To be called after each commit, and once at the start. */
  consider(): void {
    if (this.#closed || this.#making || Date.now() < this.#restUntil) return;
    if (this.#isDue()) this.#moment.wait();
  }

  /** Makes an image of the present head; one at a time. A failure costs nothing but the next start's time. */
  async make(): Promise<void> {
    if (this.#closed) return;
    this.#moment.cancel();
    try {
      this.#making ??= this.#begin();
    } catch (error) {
      this.#fail(error);
      return;
    }
    await this.#making.done;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#stop();
  }

  /** Removes all images, also the one that is being made. The next commit may be reason for a new one. */
  async drop(): Promise<void> {
    await this.#stop();
    this.#parts.shelf.clear();
  }

  async #stop(): Promise<void> {
    this.#moment.cancel();
    const making = this.#making;
    await making?.engine.terminate();
    await making?.done;
    this.#moment.cancel();
  }

  #isDue(): boolean {
    const { shelf, head, bytesTo } = this.#parts;
    const newest = shelf.newest?.place;
    const bytes = bytesTo(head()) - (newest ? bytesTo(newest) : 0);
    const commits = head().sequence - (newest?.sequence ?? 0);
    return bytes >= worthwhile.bytes || commits >= worthwhile.commits;
  }

  #begin(): { readonly engine: EngineClient; readonly done: Promise<void> } {
    const engine = this.#parts.spawn();
    return { engine, done: this.#makeWith(engine) };
  }

  /** Says why there is none, and does not try again at every quiet moment. */
  #fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#parts.onNotice(`No image was made: ${reason}`);
    this.#restUntil = Date.now() + restMs;
  }

  async #makeWith(engine: EngineClient): Promise<void> {
    const { shelf, head } = this.#parts;
    try {
      const place = head();
      const path = shelf.pathFor(place);
      await engine.call('advance', place);
      await engine.call('saveImage', path);
      shelf.put({ path, place, memoryBytes: engine.memoryBytes });
    } catch (error) {
      if (!this.#closed) this.#fail(error);
    } finally {
      await engine.terminate();
      this.#making = undefined;
      this.#moment.forget();
    }
    this.consider();
  }
}

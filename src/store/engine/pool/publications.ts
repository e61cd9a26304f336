import type { Place } from '../../journal/place.ts';
import { newPublication, type Publication, restAfterFailure } from './publication.ts';
import type { Reader } from './reader.ts';

export interface PublicationsOptions {
  readonly readers: ReadonlySet<Reader>;
  /** Replicas there are to be. */
  readonly wanted: number;
  /** Whether one more replica is on its way. */
  readonly isBuilding: () => boolean;
  /** Lets a replica read the journal; whether it could, and the commit came to be on the disk. */
  readonly advance: (reader: Reader, place: Place, durable: Promise<boolean>) => Promise<boolean>;
}

/**
 * How long an idle replica may stay behind while nobody needs it, in milliseconds: commits that follow
 * each other closely are then read together, and do not wake every engine each.
 */
const catchUpAfterMs = 25;

const isOnDisk = Promise.resolve(true);

/**
 * How commits become visible: one replica reads the new commit, from then on queries are answered at
 * it, and the others follow soon, or when they are needed. No replica answers while it reads.
 */
export class Publications {
  readonly #options: PublicationsOptions;
  #visible: Place;
  #waiting: Publication | undefined;
  #timer: NodeJS.Timeout | undefined;
  #restTimer: NodeJS.Timeout | undefined;
  /** Whether those that are behind have been so for long enough. */
  #isOverdue = false;

  constructor(visible: Place, options: PublicationsOptions) {
    this.#visible = visible;
    this.#options = options;
  }

  /** The newest commit that queries are answered at. */
  get visible(): Place {
    return this.#visible;
  }

  /** Whether a reader is at the commit that waits, and none has broken down on it. */
  get isReading(): boolean {
    return this.#waiting?.reader !== undefined && this.#waiting.failures === 0;
  }

  /**
   * A commit that is written, and not yet known to be on the disk: a reader may read it ahead. Then
   * `confirm` or `withdraw` must follow, before the next is added.
   */
  add(place: Place, large: boolean): void {
    this.#waiting = newPublication(place, large);
  }

  /** The commit is on the disk. Resolves when it is visible. */
  async confirm(): Promise<void> {
    const publication = this.#waiting;
    if (!publication) return;
    publication.isDurable = true;
    publication.durable.resolve(true);
    await publication.done.promise;
  }

  /** Nobody can say whether the commit is on the disk: it never becomes visible. */
  withdraw(): void {
    this.#waiting?.durable.resolve(false);
    this.#waiting = undefined;
    clearTimeout(this.#restTimer);
  }

  /** Lets an idle replica read the commit that waits to become visible. */
  readNewest(then: () => void): void {
    const publication = this.#waiting;
    if (!publication || publication.reader) return;
    const newestFirst = this.#idle().toSorted((a, b) => b.place.sequence - a.place.sequence);
    const reader = newestFirst.find((each) => this.#mayRead(each, publication));
    if (!reader) return;
    publication.reader = reader;
    void this.#read(publication, reader, then).then(then);
  }

  /**
   * Lets idle replicas read what is visible already.
   *
   * @param isNeeded whether something waits for one of them; else they take their time
   */
  catchUp(isNeeded: boolean, then: () => void): void {
    const behind = this.#idle().filter(({ place }) => place.sequence < this.#visible.sequence);
    const now = isNeeded || this.#isOverdue || this.#waiting?.large;
    this.#isOverdue = false;
    if (behind.length === 0) return;
    if (now)
      for (const reader of behind)
        void this.#options.advance(reader, this.#visible, isOnDisk).then(then);
    else
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#isOverdue = true;
        then();
      }, catchUpAfterMs);
  }

  isCurrent(reader: Reader): boolean {
    return reader.activity !== 'advancing' && reader.place.sequence >= this.#visible.sequence;
  }

  /** Whether queries can still be answered while this reader is away for long. */
  canSpare(reader: Reader): boolean {
    const { readers, isBuilding } = this.#options;
    const isAnswering = (each: Reader): boolean => each !== reader && this.isCurrent(each);
    if ([...readers].some(isAnswering)) return true;
    return readers.size === 1 && !isBuilding();
  }

  /** Ends the wait for a commit that will be read on the next start. */
  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#restTimer);
    this.#waiting?.done.resolve();
    this.#waiting = undefined;
  }

  #idle(): Reader[] {
    return [...this.#options.readers].filter(({ activity }) => activity === 'idle');
  }

  /**
   * A large change, one that may take long to reach the disk, and one that readers broke down on must not
   * leave queries without a reader.
   */
  #mayRead(reader: Reader, { large, isDurable, failures, restUntil }: Publication): boolean {
    if (failures > 0) return isDurable && Date.now() >= restUntil && this.#mayLose(reader);
    if (large) return isDurable && this.canSpare(reader);
    return isDurable || this.#idle().length > 1;
  }

  /** Whether queries can still be answered without this reader; where there is to be one, it takes its chance. */
  #mayLose(reader: Reader): boolean {
    const { readers, wanted } = this.#options;
    return this.canSpare(reader) && (readers.size > 1 || wanted === 1);
  }

  async #read(publication: Publication, reader: Reader, then: () => void): Promise<void> {
    const { place, durable, done } = publication;
    const isRead = await this.#options.advance(reader, place, durable.promise);
    publication.reader = undefined;
    if (!isRead) {
      this.#rest(publication, then);
      return;
    }
    this.#waiting = undefined;
    this.#visible = place;
    done.resolve();
  }

  /** The next attempt costs a reader too, if it fails: there is one at a time, and ever more rarely. */
  #rest(publication: Publication, then: () => void): void {
    if (publication !== this.#waiting) return;
    const ms = restAfterFailure(publication);
    this.#restTimer = setTimeout(then, ms);
  }
}

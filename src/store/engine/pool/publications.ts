import type { Place } from '../../journal/place.ts';
import type { Reader } from './reader.ts';

/** A commit that no reader has yet. */
interface Publication {
  readonly place: Place;
  /** A large change: the last reader at the old commit goes on answering meanwhile. */
  readonly large: boolean;
  /** Whether it is known to be on the disk; until then a reader that has read it answers nothing. */
  isDurable: boolean;
  /** Resolves with whether it came to be on the disk. */
  readonly durable: PromiseWithResolvers<boolean>;
  readonly done: PromiseWithResolvers<void>;
  reader: Reader | undefined;
}

export interface PublicationsOptions {
  readonly readers: ReadonlySet<Reader>;
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

  /** Whether a commit waits to become visible. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  /**
   * A commit that is written, and not yet known to be on the disk: a reader may read it ahead. Then
   * `confirm` or `withdraw` must follow, before the next is added.
   */
  add(place: Place, large: boolean): void {
    const durable = Promise.withResolvers<boolean>();
    const done = Promise.withResolvers<void>();
    this.#waiting = { place, large, isDurable: false, durable, done, reader: undefined };
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
  }

  /** Lets an idle replica read the commit that waits to become visible. */
  readNewest(then: () => void): void {
    const publication = this.#waiting;
    if (!publication || publication.reader) return;
    const newestFirst = this.#idle().toSorted((a, b) => b.place.sequence - a.place.sequence);
    const reader = newestFirst.find((each) => this.#mayRead(each, publication));
    if (!reader) return;
    publication.reader = reader;
    void this.#read(publication, reader).then(then);
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
    this.#waiting?.done.resolve();
  }

  #idle(): Reader[] {
    return [...this.#options.readers].filter(({ activity }) => activity === 'idle');
  }

  /** A large change, and one that may take long to reach the disk, must not leave queries without a reader. */
  #mayRead(reader: Reader, { large, isDurable }: Publication): boolean {
    if (large) return isDurable && this.canSpare(reader);
    return isDurable || this.#idle().length > 1;
  }

  async #read(publication: Publication, reader: Reader): Promise<void> {
    const { place, durable, done } = publication;
    const isRead = await this.#options.advance(reader, place, durable.promise);
    publication.reader = undefined;
    if (!isRead) return;
    this.#waiting = undefined;
    this.#visible = place;
    done.resolve();
  }
}

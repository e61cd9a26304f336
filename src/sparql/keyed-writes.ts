import { IsnadError } from '../errors.ts';
import type { CommitReceipt, CommitRecord, KeyedRequest, Store } from '../store/store.ts';

/** How many of the newest commits are searched for keys after a start, about a second's work. */
const searchedMax = 10_000;
/** How many keys are remembered from then on; the oldest is forgotten first. */
const rememberedMax = 100_000;

/** What became of a keyed request: the commit it made, or what it was told where it made none. */
type Known = { readonly request: string } & (
  | { readonly sequence: number }
  | { readonly receipt: CommitReceipt }
);

export interface KeyedReceipt extends CommitReceipt {
  /** Whether this is the outcome of an earlier request, and nothing was done now. */
  readonly isRepeated: boolean;
}

interface UnderWay {
  readonly request: string;
  readonly receipt: Promise<CommitReceipt>;
}

/**
 * Writes that are done once, however often they are asked for with the same key. The key of a write stands
 * in its commit, so it is known after a restart too; that of a write which changed nothing, and so made no
 * commit, is known until then.
 */
class KeyedWrites {
  readonly #store: Store;
  readonly #known = new Map<string, Known>();
  readonly #underWay = new Map<string, UnderWay>();
  #reading: Promise<void> | undefined;

  constructor(store: Store) {
    this.#store = store;
    store.onCommit((record) => this.#note(record));
  }

  /**
   * Does a write unless it was done before under this key.
   *
   * @throws IsnadError `idempotency-conflict` when the key was used for another request; what `write` throws,
   *   which may be tried again under the same key
   */
  async run(keyed: KeyedRequest, write: () => Promise<CommitReceipt>): Promise<KeyedReceipt> {
    this.#reading ??= this.#read();
    await this.#reading;
    const { key, request } = keyed;
    const earlier = this.#underWay.get(key) ?? this.#known.get(key);
    if (earlier && earlier.request !== request)
      throw new IsnadError('idempotency-conflict', 'This key was used for another request.');
    if (earlier) return { ...(await this.#outcomeOf(earlier)), isRepeated: true };
    const receipt = write();
    this.#underWay.set(key, { request, receipt });
    try {
      const done = await receipt;
      if (done.commit) this.#note(done.commit);
      else this.#remember(key, { request, receipt: done });
      return { ...done, isRepeated: false };
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #outcomeOf(earlier: UnderWay | Known): Promise<CommitReceipt> {
    if ('receipt' in earlier) return earlier.receipt;
    for await (const commit of this.#store.log(earlier.sequence))
      return { commit, head: { sequence: commit.sequence, hash: commit.hash } };
    throw new IsnadError('internal', `The journal has no commit ${earlier.sequence}.`);
  }

  /** Reads the keys of the newest commits, once; those to come are noted as they come. */
  async #read(): Promise<void> {
    try {
      const from = Math.max(1, this.#store.head().sequence - searchedMax + 1);
      for await (const record of this.#store.log(from)) this.#note(record);
    } catch (error) {
      this.#reading = undefined;
      throw error;
    }
  }

  #note({ sequence, description }: CommitRecord): void {
    const keyed = description.details?.keyed;
    if (keyed) this.#remember(keyed.key, { request: keyed.request, sequence });
  }

  #remember(key: string, known: Known): void {
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > rememberedMax && oldest !== undefined) this.#known.delete(oldest);
  }
}

const ofStore = new WeakMap<Store, KeyedWrites>();

/** The keyed writes of a store; there is one memory of them, so that no two know different things. */
export const keyedWritesOf = (store: Store): KeyedWrites => {
  const known = ofStore.get(store) ?? new KeyedWrites(store);
  ofStore.set(store, known);
  return known;
};

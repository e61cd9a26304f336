import type { Settings } from '../settings.ts';
import type { Care } from '../store/care.ts';
import type { TimedStore } from '../store/time.ts';
import type { WatchedStore } from '../store/watch.ts';

/** What `main.ts` puts together and the commands use, so that no command names an adapter. */
export interface Composition {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * Opens the data directory of the settings and fills or upgrades it with the installation's own
   * data (ontology, vocabularies, seed).
   *
   * @param purpose a `command` has one user and ends soon, so it makes do with one engine
   * @throws IsnadError `store-locked` when another process holds the directory
   */
  readonly openStore: (
    settings: Settings,
    purpose: 'serve' | 'command',
    onReplay: ReplayListener,
  ) => Promise<OpenedStore>;
  /** What is done to a data directory as a whole. */
  readonly care: Care;
  /** Listens at the address of the settings, and says there that the store is being opened. */
  readonly startServer: (settings: Settings) => Promise<StartedServer>;
}

/** A store with all that the embedded one offers. */
export type OpenedStore = TimedStore & WatchedStore;

/** Told how much of the journal has been read, in commits. */
export type ReplayListener = (done: number, total: number) => void;

export interface StartedServer {
  /** Where the service answers, such as `http://localhost:3030/`. */
  readonly address: string;
  /** How far the opening of the store has come, in commits. */
  readonly tellProgress: ReplayListener;
  /** Serves the store over HTTP and on the data directory's socket from now on. */
  readonly open: (store: OpenedStore) => Promise<void>;
  /**
   * Takes no new requests, finishes the running ones, then resolves.
   *
   * @param timeoutMs when those still running are cut off
   * @returns whether all of them were finished
   */
  readonly close: (timeoutMs: number) => Promise<boolean>;
}

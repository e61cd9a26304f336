import type { Settings } from '../settings.ts';
import type { Care } from '../store/care.ts';
import type { TimedStore } from '../store/time.ts';

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
  ) => Promise<TimedStore>;
  /** What is done to a data directory as a whole. */
  readonly care: Care;
  /** Serves an open store over HTTP and on the data directory's socket. */
  readonly startServer: (settings: Settings, store: TimedStore) => Promise<RunningServer>;
}

/** Told how much of the journal has been read, in commits. */
export type ReplayListener = (done: number, total: number) => void;

export interface RunningServer {
  /** Where the service answers, such as `http://localhost:3030/`. */
  readonly address: string;
  /** Takes no new requests, finishes the running ones, then resolves. */
  readonly close: () => Promise<void>;
}

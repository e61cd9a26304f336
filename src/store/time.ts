import type { Asker } from '../turns.ts';
import type { CommitReceipt, CommitRecord, Store } from './store.ts';

/**
 * What the past of a store can be asked for. All of it is read from the journal; the index that finds
 * the commits in it is a projection, made again when it is lost.
 */
export interface TimeTravel {
  /**
   * The commits that touched something, newest first.
   *
   * @throws IsnadError `store-busy` when the index did not reach the newest commit, or no turn came, before
   *   the deadline; `client-busy` when too many of the same client's questions wait
   */
  readonly history: (request: HistoryRequest) => Promise<History>;

  /**
   * What changed from one commit to another, net: a line that came and went in between is left out.
   * From 0 on, it is the state at a commit. When `to` is the earlier one, it is what leads back.
   *
   * @throws IsnadError `not-found` for a commit there is not, `store-busy`, `client-busy`, `query-timeout`
   */
  readonly diff: (request: DiffRequest) => Promise<readonly GraphChange[]>;

  /** The graphs there were at a commit, in the order of their names. */
  readonly graphsAt: (sequence: number) => Promise<readonly string[]>;

  /**
   * What graphs held at one commit, in the order of their names, in sorted lines of canonical N-Quads,
   * whatever is written meanwhile. It is read from the disk in pieces as they are taken, so that neither
   * engines nor memory have a part in it.
   *
   * @throws IsnadError while it is read: `not-found` for a commit there is not, `store-busy`,
   *   `client-busy`, `query-timeout`
   */
  readonly state: (request: StateRequest) => AsyncIterable<Uint8Array>;

  /**
   * Takes one commit back, as a commit of its own: removes what it added, adds what it removed. Quads
   * that a later commit touched are a conflict; nothing is written then, unless `partial` leaves them
   * as they are. No other write comes between the planning and the commit.
   *
   * @throws IsnadError `not-found`, `undo-conflict` (lists the first of the quads, counts all of them),
   *   `commit-conflict` when other writes never left room, and what `Store.write` throws
   */
  readonly undo: (request: UndoRequest) => Promise<UndoReceipt>;

  /** How many commits the index covers, of how many. */
  readonly progress: () => { readonly done: number; readonly total: number };
}

/** A store with its past. */
export interface TimedStore extends Store {
  readonly time: TimeTravel;
  /**
   * Withholds lines for good, wherever commits hold them: every state, the present one too, is then what
   * it was less those lines, and their bytes are gone from the data directory. It is a commit of its own,
   * and cannot be undone. No other write comes between.
   *
   * @returns what is withheld, also for a dry run, which changes nothing
   * @throws IsnadError `not-found` when no commit holds any of the lines, and what `Store.write` throws.
   *   When `write-failed` says that the commit was made, the next start completes it.
   */
  readonly redact: (request: RedactionRequest) => Promise<Redaction>;
}

/**
 * What is to be withheld: what a commit added (in all graphs or in one); a record, with the nodes and
 * statements that its history shows; or exactly these canonical N-Quads lines.
 */
export type RedactionOf =
  | { readonly kind: 'commit'; readonly sequence: number; readonly graph?: string }
  | { readonly kind: 'record'; readonly iri: string }
  | { readonly kind: 'lines'; readonly lines: readonly string[] };

export interface RedactionRequest {
  readonly of: RedactionOf;
  readonly actor: string;
  /** Why; it stays in the journal for everybody to read, so it must not say what is withheld. */
  readonly reason: string;
  readonly dryRun?: boolean;
  /** Told how far a stage is, in commits or segments. */
  readonly onProgress?: (stage: 'search' | 'withhold', done: number, total: number) => void;
}

/** A commit that loses lines in a graph, and how many. */
export interface RedactedCommit {
  readonly sequence: number;
  readonly graph: string;
  readonly lines: number;
}

export interface Redaction {
  readonly commits: readonly RedactedCommit[];
  /** How many different lines; the first of them are listed. */
  readonly lines: number;
  readonly listed: readonly string[];
  /** Pieces of payloads that lose lines. */
  readonly payloads: number;
  /** How many of the lines the store holds at present. */
  readonly presentQuads: number;
  /** Copies of torn tails, which are removed because they may hold some of the lines. */
  readonly setAside: readonly string[];
  /** The commit that withholds them; absent in a dry run. */
  readonly commit?: CommitRecord;
}

/** What history is asked of: a node with all that belongs to it, or a graph. */
export type Touched =
  | { readonly kind: 'subject'; readonly iri: string }
  | { readonly kind: 'graph'; readonly graph: string };

export interface HistoryRequest extends Asker {
  readonly of: Touched;
  /** Only commits before this one. */
  readonly before?: number;
  /** How many commits at most. */
  readonly limit: number;
  /** When the answer is due, in milliseconds of `Date.now()`. */
  readonly deadlineAt: number;
}

/** What one commit did to it in one graph. */
export interface Touch {
  readonly sequence: number;
  readonly graph: string;
  readonly addedQuads: number;
  readonly removedQuads: number;
}

export interface History {
  /** The commit up to which the index was read. */
  readonly commit: number;
  /** Newest first; a commit that touched it in several graphs stands once for each. */
  readonly touches: readonly Touch[];
  /** Whether there are earlier ones. */
  readonly more: boolean;
}

export interface DiffRequest extends Asker {
  readonly from: number;
  readonly to: number;
  /** Only this node and what belongs to it, or only this graph. */
  readonly of?: Touched;
  readonly deadlineAt: number;
}

export interface StateRequest extends Asker {
  readonly at: number;
  /** Graphs that were there at the commit; without it, all that were. */
  readonly graphs?: readonly string[];
  /** How long it may take to begin, and each piece may take to be worked out, in milliseconds. */
  readonly timeoutMs: number;
}

/** What changed in one graph; lines sorted by code point, in pieces that each end with a line. */
export interface GraphChange {
  readonly graph: string;
  readonly added: readonly Uint8Array[];
  readonly removed: readonly Uint8Array[];
  readonly addedQuads: number;
  readonly removedQuads: number;
  /** Whether the graph exists after and not before, or before and not after. */
  readonly created: boolean;
  readonly dropped: boolean;
}

export interface UndoRequest {
  readonly sequence: number;
  /** Whether quads touched later are left as they are instead of refusing. */
  readonly partial: boolean;
  readonly actor: string;
  /** Why; by default the message of the commit undone. */
  readonly message?: string;
  readonly deadlineAt: number;
}

export interface UndoReceipt extends CommitReceipt {
  /** The commit that was taken back. */
  readonly undone: CommitRecord;
  /** How many quads were left as they are: a later commit touched them, or a redaction withholds them. */
  readonly leftQuads: number;
}

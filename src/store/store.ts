import type { MediaType } from '../rdf/media-types.ts';
import type { OnceTexts, UpdateRequest } from './update-operations.ts';

/**
 * The store port: all that the rest of Isnad knows of storage. One embedded adapter exists
 * (`createEmbeddedStore`); a remote one comes later. `test/store/contract.ts` states what every
 * adapter keeps.
 *
 * Quads cross this port as canonical N-Quads text (`rdf/canonical.ts`): one quad a line, in the
 * engine's stored form, each line ending in ` .\n`.
 */
export interface Store {
  /** The newest commit; sequence 0 and an all-zero hash in an empty store. */
  readonly head: () => CommitRef;

  /**
   * Answers one SPARQL query at one commit, not older than the newest commit at the time of the call.
   * FROM and FROM NAMED mean what they mean in SPARQL 1.1; SERVICE is refused.
   *
   * @throws IsnadError `query-syntax`, `query-unsupported`, `query-failed`, `query-timeout`,
   *   `result-too-large`, `not-acceptable` (the media type does not fit the query's form),
   *   `query-quarantined` (it cost engines of late), `client-busy` (its client's share of the line is full),
   *   `invalid-parameter` (a graph name that is no IRI), `store-busy` (too many are waiting, no engine
   *   came free before the deadline, or the store is closing)
   */
  readonly query: (request: QueryRequest) => Promise<QueryAnswer>;

  /**
   * The stored quads of one graph as canonical N-Quads, sorted by code point, or nothing if there is
   * no such graph. The default graph always exists; its name is the empty string.
   */
  readonly readGraph: (graph: string) => Promise<GraphContent | undefined>;

  /**
   * The names of all graphs with their number of quads, in the order of their names. A graph exists
   * from the commit that creates it to the one that drops it, also while it is empty. The default
   * graph is listed only when it holds quads.
   */
  readonly listGraphs: () => Promise<readonly GraphSummary[]>;

  /**
   * Computes what would change if these graphs had exactly this content. Changes nothing. Graphs
   * that would not change are left out of the plan. A graph that does not exist is created, even
   * without content.
   *
   * @throws IsnadError `invalid-parameter` for a graph that is named twice, whose name is no IRI, or
   *   that is read-only (the provenance graph); `rdf-syntax` for a line of another graph;
   *   `store-full` when the comparison does not fit into an engine's memory
   */
  readonly plan: (desired: readonly DesiredGraph[]) => Promise<Plan>;

  /**
   * Writes a plan of this store as one commit: journaled and synced before the promise resolves,
   * visible to every query that starts afterwards. A plan that changes nothing makes no commit.
   *
   * @throws IsnadError `commit-conflict` when the store has moved on since the plan was made,
   *   `rdf-syntax` when a line is not in the engine's spelling, `invalid-parameter` when the
   *   description names no dataset slug or the plan was not made by this store, `store-full` when no
   *   engine can hold the result, `disk-full` or `write-failed` when it cannot be made durable; nothing
   *   is written then
   */
  readonly commit: (plan: Plan, description: CommitDescription) => Promise<CommitReceipt>;

  /**
   * Works a change out against the newest state and writes it as one commit, in one turn: no other write
   * comes between. Writes that wait together are synced together. A change that changes nothing makes no
   * commit.
   *
   * @throws IsnadError as `plan` and `commit` do, with `commit-conflict` only for a stated `base`;
   *   `forbidden` for a change to a graph that is not one of its `onlyGraphs`; `query-timeout` when working the change out took longer than the deadline; nothing is written then
   */
  readonly write: (
    change: Change,
    description: CommitDescription,
    options?: WriteOptions,
  ) => Promise<CommitReceipt>;

  /** Every commit's metadata from `from` (default 1) on, oldest first. */
  readonly log: (from?: number) => AsyncIterable<CommitRecord>;

  /** Calls `listener` after each commit has become visible, in order; returns a function that stops it. */
  readonly onCommit: (listener: (record: CommitRecord) => void) => () => void;

  /** Ends every worker, waits for the running write, and gives up the directory. */
  readonly close: () => Promise<void>;
}

/** A place in the journal. */
export interface CommitRef {
  readonly sequence: number;
  /** Hexadecimal SHA-256 of the commit record, which includes its predecessor's. */
  readonly hash: string;
}

export interface QueryRequest {
  /** SPARQL 1.1 query text. Values from users are bound as terms (`sparql/bind.ts`), never pasted in. */
  readonly query: string;
  /** Media type of the answer; must fit the query's form. */
  readonly mediaType: MediaType;
  /** `union`: the default graph is all public graphs; `standard`: the default graph only. */
  readonly defaultGraph: 'union' | 'standard';
  /**
   * Graphs of the protocol's default-graph-uri and named-graph-uri, which replace FROM; else those of FROM.
   * Several default graphs are merged as sets only where they are named here.
   */
  readonly graphs?: { readonly default: readonly string[]; readonly named: readonly string[] };
  /** Base against which relative IRIs of the query are resolved. */
  readonly baseIri: string;
  /** When the answer is due, in milliseconds of `Date.now()`. */
  readonly deadlineAt: number;
  /** Bytes of the largest answer. */
  readonly resultBytesMax: number;
  /** Ends the work when its client is gone. */
  readonly signal?: AbortSignal;
  /** Who asks, such as an address: clients take turns. Without it the service itself asks. */
  readonly client?: string;
  /**
   * The query put so that it counts a triple once which several of its merged graphs state, or that it does
   * not matter to its answer. Used only where the store cannot keep the copies from it; with `deferred` such a
   * query fails as `once-form-needed` and is to be asked again with its texts.
   */
  readonly once?: OnceTexts | 'irrelevant' | 'deferred';
  /** What is known of the query's cost without running it; without it, nothing. */
  readonly shape?: QueryShape;
}

/** A query without what does not matter: its prefixes, its spelling, the names of its variables. */
export interface QueryShape {
  /** The same for every spelling of the same query. */
  readonly key: string;
  /** The same also for queries that differ in their constants only. */
  readonly form: string;
  /** Whether it is likely to be long: a product of patterns, or a path without an end. */
  readonly startsHeavy: boolean;
}

export interface QueryAnswer {
  /** Sequence of the commit the answer was computed at. */
  readonly commit: number;
  readonly mediaType: MediaType;
  readonly body: Uint8Array;
}

/**
 * A graph's whole content as canonical N-Quads (UTF-8), in pieces that each end with a line, in any
 * order; a line that is repeated counts once.
 */
export interface GraphContent {
  readonly graph: string;
  readonly nquads: readonly Uint8Array[];
}

/** A graph that is to exist no more. */
export interface GraphRemoval {
  readonly graph: string;
  readonly removed: true;
}

export type DesiredGraph = GraphContent | GraphRemoval;

/** Whether a graph is to be removed. */
export const isRemoval = (desired: DesiredGraph): desired is GraphRemoval => 'removed' in desired;

/** How much a graph holds, and the hash of it (`rdf/graph-hash.ts`). */
export interface GraphState {
  readonly quads: number;
  readonly hash: string;
}

export interface GraphSummary extends GraphState {
  readonly graph: string;
}

/** Lines of one graph to add and to remove; those already there, or not there, are left out. */
export interface LineDelta {
  readonly graph: string;
  readonly added: readonly Uint8Array[];
  readonly removed: readonly Uint8Array[];
  /** The graph is to exist afterwards, even without content. */
  readonly created?: boolean;
  /** The graph is to exist no more, unless it holds quads that are not removed. */
  readonly dropped?: boolean;
}

/** What a write asks for: graphs with exactly this content, lines in and out, or a SPARQL update. */
export type Change = (
  | { readonly kind: 'graphs'; readonly graphs: readonly DesiredGraph[] }
  | { readonly kind: 'delta'; readonly deltas: readonly LineDelta[] }
  | { readonly kind: 'update'; readonly update: UpdateRequest }
) & {
  /**
   * The graphs that may be changed; without it, all. A change that turns out to touch another, also without
   * effect, is refused whole, whatever it looked like before it was worked out.
   */
  readonly onlyGraphs?: readonly string[];
};

export interface WriteOptions {
  /** The newest commit at which the change holds; with another one the write is a `commit-conflict`. */
  readonly base?: CommitRef;
  /** When the change must have been worked out, in milliseconds of `Date.now()`. */
  readonly deadlineAt?: number;
  /** Takes the write out of the line when its client is gone; once it is under way it goes on. */
  readonly signal?: AbortSignal;
}

/** What one commit does to one graph. */
export interface GraphDelta {
  readonly graph: string;
  readonly added: readonly Uint8Array[];
  readonly removed: readonly Uint8Array[];
  readonly addedQuads: number;
  readonly removedQuads: number;
  /** Sum of the hashes of the lines added less that of those removed (`rdf/graph-hash.ts`). */
  readonly hashChange: string;
  readonly created: boolean;
  readonly dropped: boolean;
}

/** A change computed against the state after commit `base`. Only the store makes plans. */
export interface Plan {
  readonly base: CommitRef;
  readonly deltas: readonly GraphDelta[];
}

export type CommitActivity =
  | 'import'
  | 'update'
  | 'graph-store'
  | 'undo'
  | 'redaction'
  | 'upgrade'
  | 'seed';

export interface CommitDescription {
  readonly activity: CommitActivity;
  /** Who wrote: a token's name, `operator` at the command line, `isnad` for the service itself. */
  readonly actor: string;
  readonly message: string;
  /** What an import records of itself: files and their SHA-256, mapping, version, counts, licence. */
  readonly details?: CommitDetails;
}

/** JSON kept in the commit and shown in the provenance graph. */
export interface CommitDetails {
  /** Slug of the dataset. */
  readonly dataset?: string;
  /** Sequence of the commit that an undo takes back. */
  readonly undoes?: number;
  /** What a redaction withholds. */
  readonly redaction?: { readonly payloads: readonly RedactedPayload[] };
  /** IRI of the licence under which the dataset was delivered. */
  readonly licence?: string;
  readonly mapping?: string;
  readonly mappingVersion?: string;
  readonly files?: readonly DeliveredFile[];
  readonly counts?: Readonly<Record<string, number>>;
  /** The request that made the commit, where it bore a key by which its repetition is known. */
  readonly keyed?: KeyedRequest;
}

/** Both are hexadecimal SHA-256, so that the journal shows neither. */
export interface KeyedRequest {
  /** Of who asked, and of the key. */
  readonly key: string;
  /** Of what was asked. */
  readonly request: string;
}

/** A piece of a commit's payload of which a redaction withholds lines. */
export interface RedactedPayload {
  readonly commit: number;
  /** SHA-256 of the piece as it was written, which that commit's header names. */
  readonly sha256: string;
  /** How many of its lines are withheld, by this redaction and those before it. */
  readonly lines: number;
  /** Sum of the hashes of these lines (`rdf/graph-hash.ts`). */
  readonly hash: string;
}

export interface DeliveredFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A commit's metadata as the journal keeps it, without its quads. */
export interface CommitRecord extends CommitRef {
  /** ISO 8601 in UTC; never earlier than the commit before. */
  readonly recordedAt: string;
  readonly description: CommitDescription;
  /** How many of its quads are withheld by redactions; absent where none are. */
  readonly withheldQuads?: number;
  readonly graphs: readonly {
    readonly graph: string;
    readonly addedQuads: number;
    readonly removedQuads: number;
    readonly created: boolean;
    readonly dropped: boolean;
    /** The graph after the commit; commits of format 1 do not say. */
    readonly after?: GraphState;
  }[];
}

export interface CommitReceipt {
  /** Nothing when the plan changed nothing and no commit was made. */
  readonly commit: CommitRecord | undefined;
  readonly head: CommitRef;
}

import type { WireError } from '../../errors.ts';
import type { Place } from '../journal/place.ts';
import type { Step } from './steps.ts';
import type { Change, DesiredGraph, GraphDelta, GraphSummary, QueryRequest } from '../store.ts';

/** What crosses to an engine of a query: without the parts only the main thread can use. */
export type EngineQuery = Omit<QueryRequest, 'signal' | 'deadlineAt' | 'client' | 'shape'>;

/** How far the journal has come; without steps the engine reads it itself. */
export interface Settled {
  readonly to: Place;
  readonly steps: readonly Step[] | undefined;
}

/** A change, and when its time is over, in milliseconds of `Date.now()`. */
export interface DueChange {
  readonly change: Change;
  readonly deadlineAt: number;
}

/** What a change does, or why it cannot be made. */
export type ChangeOutcome =
  | { readonly deltas: readonly GraphDelta[] }
  | { readonly error: WireError };

/**
 * What an engine's worker can be asked, one call at a time. The worker implements it; the main thread
 * calls it through `EngineClient`.
 */
export interface EngineCalls {
  /** Reads the journal up to this place. After a failure the engine is of no further use. */
  readonly advance: (to: Place) => void;
  /** Makes these commits, handed over instead of read from the journal, and is at `to` then. */
  readonly follow: (to: Place, steps: readonly Step[]) => void;
  /** Writes the engine's memory to a file (`image/save.ts`). */
  readonly saveImage: (path: string) => void;
  /** What each graph holds by the engine's own dump; an empty default graph is left out. */
  readonly graphHashes: () => readonly GraphSummary[];
  /** The answer's bytes. */
  readonly query: (request: EngineQuery) => Uint8Array;
  /** Adds a quad that nobody sees, and takes it back; throws when either does not work. */
  readonly tryOut: () => void;
  /** What would have to change. */
  readonly plan: (desired: readonly DesiredGraph[]) => readonly GraphDelta[];
  /** Makes planned changes, ahead of the journal; `advance` over their commit then only settles them. */
  readonly attempt: (deltas: readonly GraphDelta[]) => void;
  /**
   * Works changes out one after the other, each against what the engine holds with all that was made
   * ahead, and makes them as `attempt` does. One that cannot be made changes nothing and its error stands
   * in its place, as that of one whose time was over before its turn; if one broke the engine, the whole
   * call fails.
   *
   * @param settled what changes made ahead have become in the journal meanwhile; followed first
   * @param turn shared memory, told the index of each change when it is begun
   */
  readonly changeAll: (
    settled: Settled | undefined,
    changes: readonly DueChange[],
    turn: Int32Array,
  ) => readonly ChangeOutcome[];
}

export type EngineCall = keyof EngineCalls;

/** What an engine may begin with, so that it need not read the journal from its first commit. */
export type StartWith = 'image' | 'checkpoint';

/** Why an engine could not begin with it. */
export interface StartProblem {
  /** Whether it is of no more use; else it could not be read this time. */
  readonly damaged: boolean;
  readonly reason: string;
}

/** What the main thread sends. */
export interface EngineMessage {
  readonly call: EngineCall;
  readonly arguments: readonly unknown[];
}

/** What a worker sends back. */
export type EngineReply =
  | { readonly kind: 'result'; readonly result: unknown; readonly memoryBytes: number }
  | { readonly kind: 'error'; readonly error: WireError; readonly poisoned: boolean }
  | { readonly kind: 'progress'; readonly sequence: number }
  /** The engine cannot begin with what it was given: another must be started without it. */
  | { readonly kind: 'bad-start'; readonly what: StartWith; readonly problem: StartProblem };

/** What a worker is started with. */
export interface EngineStart {
  readonly module: WebAssembly.Module;
  /** SHA-256 of the engine's program: what images are made for. */
  readonly program: string;
  readonly journalDirectory: string;
  readonly baseIri: string;
  /** It will answer queries: what they need is made ready with the reading of the journal. */
  readonly answersQueries?: boolean;
  /** File of an image to begin with. */
  readonly image: string | undefined;
  /** Directory of a checkpoint to begin with where there is no image. */
  readonly checkpoint: string | undefined;
}

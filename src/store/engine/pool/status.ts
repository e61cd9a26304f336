import type { Lane } from './waiting.ts';

/** Why an engine was ended. */
export type KillReason =
  | 'deadline'
  | 'abandoned'
  | 'overran'
  | 'poisoned'
  | 'lost'
  | 'bloated'
  | 'advance-failed';

/** What an operator sees of the readers; counters count from the start of the process. */
export interface PoolStatus {
  /** Sequence of the newest commit that queries are answered at. */
  readonly visible: number;
  /** Replicas that can answer at the newest commit, now or when their present query ends. */
  readonly current: number;
  /** Replicas there are to be. */
  readonly wanted: number;
  /** Replicas that are reading the journal. */
  readonly catchingUp: number;
  /** Queries being answered, all and by lane. */
  readonly answering: number;
  readonly answeringByLane: Readonly<Record<Lane, number>>;
  /** Queries in the line, all and by lane. */
  readonly waiting: number;
  readonly waitingByLane: Readonly<Record<Lane, number>>;
  /** Clients with queries in the line. */
  readonly waitingClients: number;
  /** Memory of all replicas' engines, in bytes. */
  readonly memoryBytes: number;
  readonly engines: readonly EngineStatus[];
  /** Queries that are refused at present because they cost engines. */
  readonly quarantined: number;
  /** Shapes that start in the heavy lane because they overran. */
  readonly overranShapes: number;
  readonly counters: PoolCounters;
}

/** One replica. */
export interface EngineStatus {
  readonly role: Lane | 'idle' | 'advancing';
  /** Sequence of the commit it is at. */
  readonly commit: number;
  readonly memoryBytes: number;
}

export interface PoolCounters {
  /** Queries that ended on an engine by themselves, by the lane they ended in. */
  answered: Record<Lane, number>;
  /** Queries turned away: line full, client's share full, quarantined. */
  refused: number;
  /** Queries that outlived their light budget and went on as heavy ones. */
  overrunsMoved: number;
  /** Queries stopped after their light budget, to start anew in the heavy lane. */
  overrunsRestarted: number;
  kills: Record<KillReason, number>;
  /** Engines built since the first, and how long that took, in milliseconds. */
  rebuilds: number;
  rebuildMs: number;
  lastRebuildMs: number;
  buildFailures: number;
}

export const newCounters = (): PoolCounters => ({
  answered: { light: 0, heavy: 0 },
  refused: 0,
  overrunsMoved: 0,
  overrunsRestarted: 0,
  kills: {
    deadline: 0,
    abandoned: 0,
    overran: 0,
    poisoned: 0,
    lost: 0,
    bloated: 0,
    'advance-failed': 0,
  },
  rebuilds: 0,
  rebuildMs: 0,
  lastRebuildMs: 0,
  buildFailures: 0,
});

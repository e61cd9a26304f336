/**
 * The judge of a history of concurrent reads and writes. Every acknowledged write says which commit it
 * became, and every read at which commit it was answered, so the history has one possible order, and
 * each read has one right answer: what all writes up to its commit left behind.
 */
export interface WriteEvent {
  readonly kind: 'append' | 'set';
  readonly key: string;
  readonly value: string;
  readonly commit: number;
  /** For `set`: the value it replaced, as its client had read it. */
  readonly replaces?: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface ReadEvent {
  readonly commit: number;
  /** Values by key. */
  readonly found: ReadonlyMap<string, readonly string[]>;
  readonly startedAt: number;
}

export interface Anomalies {
  /** A write that overwrote one which its client had not seen. */
  readonly lostUpdates: number;
  /** A read that is not the state of its commit: half a write, or of several commits at once. */
  readonly tornReads: number;
  /** A read older than a write that was acknowledged before the read began. */
  readonly staleReads: number;
  /** Two writes that say they are the same commit. */
  readonly sharedCommits: number;
}

type State = Map<string, string[]>;

const apply = (state: State, { kind, key, value }: WriteEvent): void => {
  state.set(key, kind === 'append' ? [...(state.get(key) ?? []), value].toSorted() : [value]);
};

const isSame = (state: State, found: ReadonlyMap<string, readonly string[]>): boolean =>
  [...new Set([...state.keys(), ...found.keys()])].every(
    (key) => (state.get(key) ?? []).join() === (found.get(key) ?? []).toSorted().join(),
  );

/** Counts what cannot have happened in a store whose commits take effect one after the other. */
export const judge = (writes: readonly WriteEvent[], reads: readonly ReadEvent[]): Anomalies => {
  const ordered = writes.toSorted((a, b) => a.commit - b.commit);
  const sharedCommits = writes.length - new Set(writes.map(({ commit }) => commit)).size;
  const readsByCommit = reads.toSorted((a, b) => a.commit - b.commit);
  const state: State = new Map();
  let lostUpdates = 0;
  let tornReads = 0;
  let next = 0;
  for (const read of readsByCommit) {
    for (let write = ordered[next]; write && write.commit <= read.commit; write = ordered[next]) {
      if (write.kind === 'set' && (state.get(write.key)?.[0] ?? '') !== (write.replaces ?? ''))
        lostUpdates += 1;
      apply(state, write);
      next += 1;
    }
    if (!isSame(state, read.found)) tornReads += 1;
  }
  for (const write of ordered.slice(next)) {
    if (write.kind === 'set' && (state.get(write.key)?.[0] ?? '') !== (write.replaces ?? ''))
      lostUpdates += 1;
    apply(state, write);
  }
  return { lostUpdates, tornReads, staleReads: countStale(writes, reads), sharedCommits };
};

const countStale = (writes: readonly WriteEvent[], reads: readonly ReadEvent[]): number => {
  const byEnd = writes.toSorted((a, b) => a.endedAt - b.endedAt);
  let newest = 0;
  let next = 0;
  let stale = 0;
  for (const { startedAt, commit } of reads.toSorted((a, b) => a.startedAt - b.startedAt)) {
    for (let write = byEnd[next]; write && write.endedAt < startedAt; write = byEnd[next]) {
      newest = Math.max(newest, write.commit);
      next += 1;
    }
    if (commit < newest) stale += 1;
  }
  return stale;
};

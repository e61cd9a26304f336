import { createHash } from 'node:crypto';
import { IsnadError } from '../../src/errors.ts';
import { emptyGraphHash } from '../../src/rdf/graph-hash.ts';
import { isRemoval } from '../../src/store/store.ts';
import type {
  CommitDescription,
  CommitRecord,
  DesiredGraph,
  GraphContent,
  Plan,
  Store,
} from '../../src/store/store.ts';

/** What an import needs of a store, in memory; the store's own contract is tested elsewhere. */
export interface MemoryStore {
  readonly store: Store;
  readonly graphs: Map<string, ReadonlySet<string>>;
  readonly commits: CommitRecord[];
  /** Makes the next commits fail as if others had written in between. */
  conflicts: number;
}

const linesOf = ({ nquads }: GraphContent): string[] =>
  nquads.flatMap((piece) => Buffer.from(piece).toString('utf8').split('\n').filter(Boolean));

const bytesOf = (lines: readonly string[]): Uint8Array[] => [
  Buffer.from(lines.map((line) => `${line}\n`).join('')),
];

const unused = (): never => {
  throw new Error('The import does not call this.');
};

/** Builds an empty store. */
export const createMemoryStore = (): MemoryStore => {
  const graphs = new Map<string, ReadonlySet<string>>();
  const commits: CommitRecord[] = [];
  const head = () => ({ sequence: commits.length, hash: commits.at(-1)?.hash ?? '0'.repeat(64) });
  const plan = (desired: readonly DesiredGraph[]): Promise<Plan> => {
    const deltas = desired.flatMap((content) => {
      if (isRemoval(content)) return unused();
      const lines = linesOf(content);
      const wanted = new Set(lines);
      if (wanted.size !== lines.length) throw new Error('A graph’s content has repeats.');
      const present = graphs.get(content.graph) ?? new Set<string>();
      const added = lines.filter((line) => !present.has(line));
      const removed = [...present].filter((line) => !wanted.has(line));
      if (added.length + removed.length === 0) return [];
      return [
        {
          graph: content.graph,
          added: bytesOf(added),
          removed: bytesOf(removed),
          addedQuads: added.length,
          removedQuads: removed.length,
          created: !graphs.has(content.graph),
          hashChange: emptyGraphHash,
          dropped: false,
        },
      ];
    });
    return Promise.resolve({ base: head(), deltas });
  };
  const memory: MemoryStore = {
    graphs,
    commits,
    conflicts: 0,
    store: {
      head,
      plan,
      commit: async ({ base, deltas }: Plan, description: CommitDescription) => {
        if (memory.conflicts > 0) {
          memory.conflicts -= 1;
          throw new IsnadError('commit-conflict', 'Others wrote in between.');
        }
        if (base.hash !== head().hash) throw new IsnadError('commit-conflict', 'An old plan.');
        for (const { graph, added, removed } of deltas) {
          const lines = new Set(graphs.get(graph) ?? []);
          for (const line of linesOf({ graph, nquads: removed })) lines.delete(line);
          for (const line of linesOf({ graph, nquads: added })) lines.add(line);
          graphs.set(graph, lines);
        }
        const sequence = commits.length + 1;
        const hash = createHash('sha256').update(`${head().hash} ${sequence}`).digest('hex');
        const recordedAt = '2026-11-22T00:00:00.000Z';
        const commit: CommitRecord = { sequence, hash, recordedAt, description, graphs: deltas };
        commits.push(commit);
        return Promise.resolve({ commit, head: head() });
      },
      write: unused,
      query: unused,
      readGraph: unused,
      listGraphs: unused,
      log: unused,
      onCommit: unused,
      close: () => Promise.resolve(),
    },
  };
  return memory;
};

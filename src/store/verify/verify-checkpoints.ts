import { existsSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { LineHashSum } from '../../rdf/graph-hash.ts';
import { isDraft } from '../checkpoint/make.ts';
import type { Manifest } from '../checkpoint/manifest.ts';
import { splitKey } from '../checkpoint/merge.ts';
import { readKeys } from '../checkpoint/read-quads.ts';
import {
  checkpointsName,
  listCheckpoints,
  pointOf,
  type CheckpointList,
  type ShelvedCheckpoint,
} from '../checkpoint/list.ts';
import type { GraphStates } from '../journal/graph-states.ts';
import type { Place } from '../journal/place.ts';
import { isPassing } from '../passing-error.ts';
import type { GraphState } from '../store.ts';

const linesBetweenBreaths = 5000;

/** What each graph holds by the lines of a checkpoint, which must stand in byte order, none twice. */
const sumLines = async (directory: string): Promise<Map<string, GraphState> | string> => {
  const sums = new Map<string, LineHashSum>();
  let before = '';
  let lines = 0;
  try {
    for (const key of readKeys(directory)) {
      if (key <= before) return 'its lines are not in order';
      before = key;
      const { graph, line } = splitKey(key);
      const sum = sums.get(graph) ?? new LineHashSum();
      sums.set(graph, sum);
      sum.addLine(line);
      if (++lines % linesBetweenBreaths === 0) await breathe();
    }
  } catch (error) {
    return `its quads cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  return new Map([...sums].map(([graph, sum]) => [graph, { quads: sum.lines, hash: sum.hex() }]));
};

const differs = (one: GraphState | undefined, other: GraphState | undefined): boolean =>
  (one?.quads ?? 0) !== (other?.quads ?? 0) || ((one?.quads ?? 0) > 0 && one?.hash !== other?.hash);

const startsProblem = (checkpoint: ShelvedCheckpoint): string | undefined => {
  try {
    return pointOf(checkpoint) ? undefined : 'its list of commits is not as it was written';
  } catch (error) {
    if (!isPassing(error)) throw error;
    return `its list of commits cannot be read: ${error.message}`;
  }
};

const contentProblem = async (checkpoint: ShelvedCheckpoint): Promise<string | undefined> => {
  const { directory, manifest } = checkpoint;
  const problem = startsProblem(checkpoint);
  if (problem !== undefined) return problem;
  const found = await sumLines(directory);
  if (typeof found === 'string') return found;
  for (const stated of [...manifest.graphs, manifest.provenance])
    if (differs(found.get(stated.graph), stated))
      return `it does not hold of <${stated.graph}> what it says`;
  return undefined;
};

/** Compares checkpoints with a journal as it is read from its first commit on. */
export class CheckpointCheck {
  readonly #found: CheckpointList;
  readonly #wanted: Map<number, Manifest>;
  readonly #doubts: string[] = [];

  constructor(dataDir: string) {
    this.#found = listCheckpoints(path.join(dataDir, checkpointsName));
    this.#wanted = new Map(
      this.#found.good.map(({ manifest }) => [manifest.place.sequence, manifest]),
    );
  }

  /** To be called at each commit, with what the journal states after it. */
  compare({ sequence, hash, segment, offset }: Place, states: GraphStates): void {
    const manifest = this.#wanted.get(sequence);
    if (!manifest) return;
    this.#wanted.delete(sequence);
    const { place, graphs } = manifest;
    if (place.hash !== hash || place.segment !== segment || place.offset !== offset)
      this.#doubt(sequence, 'it is of another commit than the journal has there');
    for (const stated of graphs)
      if (differs(states.of(stated.graph), stated))
        this.#doubt(sequence, `it says of <${stated.graph}> what the journal does not`);
  }

  /** Reads the checkpoints themselves; what is wrong with them, and what is no checkpoint. */
  async finish(): Promise<{
    readonly doubts: readonly string[];
    readonly notes: readonly string[];
  }> {
    for (const sequence of this.#wanted.keys())
      this.#doubt(sequence, 'the journal does not hold its commit');
    const { good, bad, unread } = this.#found;
    for (const checkpoint of good) {
      const problem = await contentProblem(checkpoint);
      // A server lets the oldest go when it has made another.
      if (problem !== undefined && existsSync(checkpoint.directory))
        this.#doubt(checkpoint.manifest.place.sequence, problem);
    }
    for (const directory of bad.filter((each) => !isDraft(each)))
      this.#doubts.push(`${directory} is no whole checkpoint.`);
    for (const { directory, reason } of unread)
      this.#doubts.push(`${directory} cannot be read: ${reason}.`);
    const drafts = bad.filter(isDraft);
    return {
      doubts: this.#doubts,
      notes: drafts.map((draft) => `${draft} is a checkpoint that was not finished.`),
    };
  }

  #doubt(sequence: number, problem: string): void {
    this.#doubts.push(`The checkpoint of commit ${sequence}: ${problem}.`);
  }
}

import type { GraphDelta, LineDelta } from '../../store.ts';
import { dumpGraph, type Engine, type EngineStore } from '../delta.ts';
import { effectiveDelta } from '../effective-delta.ts';
import type { Copies } from '../union/copies.ts';
import type { QuadLine } from './instantiate.ts';

/** What an update is tried on. */
export interface TrialGround {
  readonly engine: Engine;
  readonly store: EngineStore;
  /** What graphs have in common; the trial leaves and finds every quad in its place. */
  readonly copies: Copies;
  /** The names of the graphs that exist. */
  readonly graphs: ReadonlySet<string>;
}

/** For each graph, whether each line touched is to be there. The last word counts. */
type Wishes = Map<string, Map<string, boolean>>;

const wish = (wishes: Wishes, { graph, line }: QuadLine, present: boolean): void => {
  const lines = wishes.get(graph);
  if (lines) lines.set(line, present);
  else wishes.set(graph, new Map([[line, present]]));
};

const toPieces = (lines: ReadonlyMap<string, boolean> | undefined, present: boolean): Buffer[] => {
  const chosen: string[] = [];
  for (const [line, wanted] of lines ?? []) if (wanted === present) chosen.push(`${line}\n`);
  return chosen.length === 0 ? [] : [Buffer.from(chosen.join(''))];
};

/**
 * An update while it is worked out. What its operations ask for is noted, and made only when a later
 * operation must read it; `finish` says what has to change in all, `undo` leaves the store as it was.
 */
export class UpdateTrial {
  readonly #ground: TrialGround;
  /** What the whole request asks for. */
  readonly #all: Wishes = new Map();
  /** What the store does not hold yet. */
  #waiting: Wishes = new Map();
  /** Graphs created and dropped by the request. */
  readonly #exists = new Map<string, boolean>();
  /** Of these, what the store knows already. */
  readonly #made = new Map<string, boolean>();
  readonly #applied: GraphDelta[] = [];
  #torn = false;

  constructor(ground: TrialGround) {
    this.#ground = ground;
  }

  /** Adds a quad, in a graph that exists from then on, or takes it away. */
  set(quad: QuadLine, present: boolean): void {
    wish(this.#all, quad, present);
    wish(this.#waiting, quad, present);
    if (present) this.#exists.set(quad.graph, true);
  }

  /** Whether there is such a graph; the default graph always exists. */
  exists(graph: string): boolean {
    return graph === '' || (this.#exists.get(graph) ?? this.#ground.graphs.has(graph));
  }

  /** The names of the named graphs there are. */
  graphNames(): string[] {
    const names = new Set([...this.#ground.graphs, ...this.#exists.keys()]);
    return [...names].filter((graph) => graph !== '' && this.exists(graph));
  }

  /** Lets a graph be there, or be no more. Its quads are not touched. */
  setExists(graph: string, exists: boolean): void {
    if (graph !== '') this.#exists.set(graph, exists);
  }

  /** The graphs that anything was asked for in, whether or not it changes them. */
  touched(): Set<string> {
    return new Set([...this.#all.keys(), ...this.#exists.keys()]);
  }

  /** The triples of a graph, one a line, without the graph and what follows. */
  triples(graph: string): string[] {
    this.make();
    if (!this.exists(graph)) return [];
    const { engine, store } = this.#ground;
    const lines = dumpGraph(engine, store, graph).toString().split(' .\n');
    return lines.slice(0, -1);
  }

  /** Makes what was asked for so far, for what reads the store next. */
  make(): void {
    for (const graph of new Set([...this.#waiting.keys(), ...this.#exists.keys()])) {
      const existed = this.#made.get(graph) ?? this.#ground.graphs.has(graph);
      for (const delta of this.#deltas(graph, this.#waiting, existed)) {
        // Noted first: what is half made must be undone too.
        this.#applied.push(delta);
        this.#ground.copies.apply(delta, false);
      }
      this.#made.set(graph, this.exists(graph));
    }
    this.#waiting = new Map();
  }

  /** Whether taking back has failed half-way: the store is of no further use. */
  get isTorn(): boolean {
    return this.#torn;
  }

  /** Takes back all that was made. */
  undo(): void {
    const applied = this.#applied.splice(0).toReversed();
    if (applied.length === 0) return;
    this.#torn = true;
    for (const { graph, ...done } of applied)
      this.#ground.copies.apply(
        {
          graph,
          created: done.dropped,
          dropped: done.created,
          removed: done.added,
          added: done.removed,
        },
        false,
      );
    this.#torn = false;
  }

  /** What has to change in all. Takes back what was made. */
  finish(): GraphDelta[] {
    this.undo();
    return [...this.touched()].flatMap((graph) =>
      this.#deltas(graph, this.#all, this.#ground.graphs.has(graph)),
    );
  }

  #deltas(graph: string, wishes: Wishes, existed: boolean): GraphDelta[] {
    const { engine, store } = this.#ground;
    const lines = wishes.get(graph);
    const exists = this.exists(graph);
    const delta: LineDelta = {
      graph,
      added: toPieces(lines, true),
      removed: toPieces(lines, false),
      created: exists && !existed && graph !== '',
      dropped: !exists && existed,
    };
    return effectiveDelta(engine, store, delta, graph === '' || existed);
  }
}

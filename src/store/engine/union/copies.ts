import { IsnadError } from '../../../errors.ts';
import type { EngineQuery } from '../calls.ts';
import { applyChange, type Engine, type EngineStore, type PieceChange } from '../delta.ts';
import { lineEnding } from '../graph-diff.ts';
import { asBuffer, byteLines, eachLine, toBytes } from '../lines.ts';
import { holdersOf, sharedIn, type TripleText } from './find-copies.ts';
import { queryKeywords } from '../query-keywords.ts';
import { SeenTriples, type SavedTriples } from './seen-triples.ts';
import { mergesNothing, surplusOf, type View, viewKey, viewOf } from './view.ts';

/** More copies than this are not moved, because it would take a second each time. */
const copiesMax = 20_000;
/**
 * The engine keeps a trace of each quad that ever came or went (some 12 bytes, read with every visit of
 * the quad), so one engine moves no more than this in its life.
 */
const movesMax = 2_000_000;
/** A change with more lines than this is looked through by the engine, graph by graph. */
const linesMax = 5000;

/** Triples that several graphs state, each with those graphs. */
export type SavedCopies = readonly (readonly [TripleText, readonly string[]])[];

/** What an image keeps of all this. */
export interface SavedUnion {
  readonly copies: SavedCopies;
  readonly seen: SavedTriples | undefined;
}

/**
 * Lets graphs be merged as sets, while the engine only adds them up: where it reads several graphs as one
 * it finds a triple once for each graph that states it. Such triples are few. This keeps a list of them,
 * and before such a query takes from the store all copies but one of each; they are put back when something
 * next needs them where they belong. Each call of the worker either does so or does not, and nobody sees
 * the store in between.
 */
export class Copies {
  readonly #engine: Engine;
  readonly #store: EngineStore;
  /** Every triple in more than one graph, with those graphs, as far as changes have been looked through. */
  readonly #holders = new Map<TripleText, Set<string>>();
  /** What has been taken from the store. */
  readonly #out = new Map<TripleText, readonly string[]>();
  /** Triples that came or went and have not been looked up since, by graph. */
  readonly #touched = new Map<string, Set<TripleText>>();
  /** Graphs that changed so much that they must be looked through. */
  readonly #unread = new Set<string>();
  /** What was ever added, where all of it is known: then only what is not new can be a copy. */
  #seen: SeenTriples | undefined = new SeenTriples();
  /** There are too many copies to keep a list of; it is not looked whether they become fewer. */
  #areMany = false;
  #moves = 0;
  /** For which view the store is as it should be, and whether that makes an exact answer. */
  #ready: { readonly key: string; readonly isExact: boolean } | undefined;
  #torn = false;

  constructor(engine: Engine, store: EngineStore) {
    this.#engine = engine;
    this.#store = store;
  }

  /** Whether moving copies has failed half-way: the store is of no further use. */
  get isTorn(): boolean {
    return this.#torn;
  }

  /** Begins with what a filled store had when its image was made; without that, with graphs nothing is known of. */
  begin(saved: SavedUnion | undefined, graphs: Iterable<string>): void {
    this.#seen = saved?.seen && new SeenTriples(saved.seen);
    for (const [triple, holders] of saved?.copies ?? [])
      this.#holders.set(triple, new Set(holders));
    if (!saved) for (const graph of ['', ...graphs]) this.#unread.add(graph);
  }

  /** The copies, for an image, or nothing when they are too many to be worth it. All are in their places then. */
  save(): SavedUnion | undefined {
    this.putBack();
    this.learn();
    if (this.#areMany) return undefined;
    const copies = [...this.#holders].map(([triple, graphs]) => [triple, [...graphs]] as const);
    return { copies, seen: this.#seen?.save() };
  }

  /** Makes a change to the store, as `applyChange` does, and notes what it may do to copies. */
  apply(change: PieceChange, lenient: boolean): void {
    const { graph } = change;
    if (change.dropped) this.#forgetGraph(graph);
    applyChange(
      this.#engine,
      this.#store,
      {
        ...change,
        removed: this.#watch(graph, change.removed, this.#known),
        added: this.#watch(graph, change.added, this.#notNew),
      },
      lenient,
    );
  }

  /** Makes the store ready for a query, and says how it is to be put. */
  textFor(request: EngineQuery): string {
    const { query, once } = request;
    if (once === 'irrelevant' && this.#out.size === 0) return query;
    if (once !== 'irrelevant') this.learn();
    if (this.#holders.size === 0 && !this.#areMany) return query;
    const view = viewOf(request, queryKeywords(query).graph);
    if (once === 'irrelevant') {
      // However copies are arranged, one of each is in some graph.
      if (view.merged !== 'all' || view.byName !== 'none') this.putBack();
      return query;
    }
    if (this.#prepare(view) || !once) return query;
    if (once === 'deferred')
      throw new IsnadError('once-form-needed', 'Copies of triples cannot be kept from this query.');
    const isIndexed = view.merged === 'all' && this.#hasNamedOnly();
    return isIndexed ? once.indexed : once.general;
  }

  /**
   * Takes copies away so that a query of this view finds every triple once.
   *
   * @returns whether it does; if not, the query must be put so that it counts them once by itself
   */
  #prepare(view: View): boolean {
    if (mergesNothing(view)) {
      this.putBack();
      return true;
    }
    if (this.#areMany || this.#moves > movesMax) {
      this.putBack();
      return false;
    }
    const key = viewKey(view);
    if (this.#ready?.key !== key) this.#ready = { key, isExact: this.#arrange(view) };
    return this.#ready.isExact;
  }

  /** Puts every quad where it belongs. */
  putBack(): void {
    if (this.#out.size === 0) return;
    this.#move(this.#out, true);
    this.#out.clear();
    this.#ready = undefined;
  }

  /** Looks through what changed since the last time. */
  learn(): void {
    if (this.#unread.size + this.#touched.size === 0) return;
    this.#ready = undefined;
    for (const graph of this.#unread) this.#readGraph(graph);
    this.#unread.clear();
    for (const triples of this.#touched.values())
      for (const triple of triples) this.#lookUp(triple);
    this.#touched.clear();
  }

  /** Whether nothing stands in the store's own default graph. */
  #hasNamedOnly(): boolean {
    return this.#store.query('ASK { ?s ?p ?o }') === false;
  }

  /** Sees the pieces of a change before they are made. */
  *#watch(
    graph: string,
    pieces: Iterable<Uint8Array>,
    linesOf: (piece: Uint8Array, ending: number) => readonly string[],
  ): Generator<Uint8Array> {
    const ending = lineEnding(graph).length;
    for (const piece of pieces) {
      if (!this.#unread.has(graph)) this.#touch(graph, linesOf(piece, ending));
      yield piece;
    }
  }

  /** Of lines that go, the triples that other graphs state too. */
  readonly #known = (piece: Uint8Array, ending: number): string[] =>
    this.#holders.size === 0
      ? []
      : triplesOf(piece, ending).filter((triple) => this.#holders.has(triple));

  /** Of lines that come, the triples that may be there already. */
  readonly #notNew = (piece: Uint8Array, ending: number): string[] => {
    const seen = this.#seen;
    if (!seen) return triplesOf(piece, ending);
    const found: string[] = [];
    const bytes = asBuffer(piece);
    eachLine(bytes, (start, end) => {
      if (!seen.add(bytes, start, end - ending))
        found.push(bytes.toString('latin1', start, end - ending));
    });
    return found;
  };

  #touch(graph: string, triples: readonly TripleText[]): void {
    if (triples.length === 0) return;
    const touched = this.#touched.get(graph) ?? new Set();
    this.#touched.set(graph, touched);
    if (touched.size + triples.length > linesMax) {
      this.putBack();
      this.#unread.add(graph);
      this.#touched.delete(graph);
      return;
    }
    for (const triple of triples) touched.add(triple);
    const out = triples.filter((triple) => this.#out.has(triple));
    if (out.length === 0) return;
    this.#move(new Map(out.map((triple) => [triple, this.#out.get(triple) ?? []])), true);
    for (const triple of out) this.#out.delete(triple);
  }

  #forgetGraph(graph: string): void {
    this.putBack();
    this.#leave(graph);
    this.#unread.delete(graph);
    this.#ready = undefined;
  }

  /** Forgets that a graph states any of the copies. */
  #leave(graph: string): void {
    for (const [triple, holders] of this.#holders)
      if (holders.delete(graph) && holders.size < 2) this.#holders.delete(triple);
  }

  #readGraph(graph: string): void {
    if (this.#areMany) return;
    this.#leave(graph);
    let found = 0;
    for (const { triple, graph: other } of sharedIn(this.#store, graph, copiesMax + 1)) {
      const holders = this.#holders.get(triple) ?? new Set();
      this.#holders.set(triple, holders.add(graph).add(other));
      found += 1;
    }
    this.#areMany = found > copiesMax;
    this.#noteMany();
  }

  #lookUp(triple: TripleText): void {
    if (this.#areMany) return;
    const holders = holdersOf(this.#engine, this.#store, triple);
    if (holders.size > 1) this.#holders.set(triple, holders);
    else this.#holders.delete(triple);
    this.#noteMany();
  }

  #noteMany(): void {
    this.#areMany ||= this.#holders.size > copiesMax;
    if (this.#areMany) this.#holders.clear();
  }

  /** Moves what must be moved for a view; says whether its merged graph states every triple once then. */
  #arrange(view: View): boolean {
    let isExact = true;
    const wanted = new Map<TripleText, readonly string[]>();
    for (const [triple, holders] of this.#holders) {
      const surplus = surplusOf(holders, view);
      isExact &&= surplus.isExact;
      if (surplus.graphs.length > 0) wanted.set(triple, surplus.graphs);
    }
    this.#move(without(this.#out, wanted), true);
    this.#move(without(wanted, this.#out), false);
    this.#out.clear();
    for (const [triple, graphs] of wanted) this.#out.set(triple, graphs);
    return isExact;
  }

  /** Puts copies into their graphs, or takes them from there. */
  #move(copies: ReadonlyMap<TripleText, readonly string[]>, isBack: boolean): void {
    const lines = new Map<string, string[]>();
    for (const [triple, graphs] of copies)
      for (const graph of graphs) {
        const own = lines.get(graph) ?? [];
        own.push(triple + lineEnding(graph).toString('latin1'));
        lines.set(graph, own);
      }
    this.#torn = true;
    for (const [graph, all] of lines) {
      const pieces = [toBytes(all)];
      const change = { graph, created: false, dropped: false };
      const [removed, added] = isBack ? [[], pieces] : [pieces, []];
      applyChange(this.#engine, this.#store, { ...change, removed, added }, true);
      this.#moves += all.length;
    }
    this.#torn = false;
  }
}

const triplesOf = (piece: Uint8Array, ending: number): TripleText[] =>
  byteLines(piece).map((line) => line.slice(0, -ending));

/** What `left` holds of each triple and `right` does not. */
const without = (
  left: ReadonlyMap<TripleText, readonly string[]>,
  right: ReadonlyMap<TripleText, readonly string[]>,
): Map<TripleText, string[]> => {
  const rest = new Map<TripleText, string[]>();
  for (const [triple, graphs] of left) {
    const others = right.get(triple) ?? [];
    const own = graphs.filter((graph) => !others.includes(graph));
    if (own.length > 0) rest.set(triple, own);
  }
  return rest;
};

import type { Iris } from '../model/iris.ts';
import type { GraphChange } from '../store/time.ts';

/** Which commits a diff leads between. */
export interface DiffEnds {
  readonly from: number;
  readonly to: number;
}

/** A diff as JSON: every graph with its counts, and lines up to a number. */
export interface DiffView extends DiffEnds {
  readonly addedQuads: number;
  readonly removedQuads: number;
  /** Whether there are more lines than are listed; the patch holds all. */
  readonly truncated: boolean;
  readonly graphs: readonly {
    readonly graph: string;
    readonly addedQuads: number;
    readonly removedQuads: number;
    readonly created: boolean;
    readonly dropped: boolean;
    readonly removed: readonly string[];
    readonly added: readonly string[];
  }[];
}

function* linesOf(pieces: readonly Uint8Array[]): Generator<string> {
  for (const piece of pieces)
    for (const line of Buffer.from(piece).toString().split('\n')) if (line !== '') yield line;
}

const prefixed = (letter: string, pieces: readonly Uint8Array[]): Uint8Array[] =>
  pieces.map((piece) => {
    const lines = [...linesOf([piece])].map((line) => `${letter} ${line}\n`);
    return Buffer.from(lines.join(''));
  });

/**
 * A diff as RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html): `D` lines to take out, then `A`
 * lines to put in, graph by graph, sorted. `H prev` names the commit to apply it to.
 */
export function* patchOf(
  iris: Iris,
  { from, to }: DiffEnds,
  changes: readonly GraphChange[],
): Generator<Uint8Array> {
  yield Buffer.from(`H id <${iris.commit(to)}> .\nH prev <${iris.commit(from)}> .\nTX .\n`);
  for (const { removed, added } of changes) {
    yield* prefixed('D', removed);
    yield* prefixed('A', added);
  }
  yield Buffer.from('TC .\n');
}

/** A diff with at most so many lines. */
export const diffView = (
  ends: DiffEnds,
  changes: readonly GraphChange[],
  linesMax: number,
): DiffView => {
  let room = linesMax;
  const take = (pieces: readonly Uint8Array[]): string[] => {
    const taken: string[] = [];
    for (const line of linesOf(pieces)) {
      if (room <= 0) break;
      taken.push(line);
      room -= 1;
    }
    return taken;
  };
  const graphs = changes.map(({ graph, addedQuads, removedQuads, created, dropped, ...lines }) => ({
    graph,
    addedQuads,
    removedQuads,
    created,
    dropped,
    removed: take(lines.removed),
    added: take(lines.added),
  }));
  const addedQuads = graphs.reduce((sum, each) => sum + each.addedQuads, 0);
  const removedQuads = graphs.reduce((sum, each) => sum + each.removedQuads, 0);
  const truncated = addedQuads + removedQuads > linesMax;
  return { ...ends, addedQuads, removedQuads, truncated, graphs };
};

import type { EngineQuery } from '../../../../src/store/engine/calls.ts';
import type { EngineStore } from '../../../../src/store/engine/delta.ts';
import { Replica } from '../../../../src/store/engine/replica.ts';
import { journalStart } from '../../../../src/store/journal/place.ts';
import { isIsnadError } from '../../../../src/errors.ts';
import { analyseQuery } from '../../../../src/sparql/analyse.ts';
import type { GraphSummary } from '../../../../src/store/store.ts';
import { base, stateOf } from '../../support.ts';
import { engine, storeOf } from '../update/oracle.ts';
import { graphs } from './queries.ts';

/** The triples of each graph; the empty name is the store's own default graph. */
export type World = Map<string, Set<string>>;

/** What one commit does to one graph. */
export interface Commit {
  readonly graph: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly dropped: boolean;
}

const lineOf = (graph: string, triple: string): string =>
  graph === '' ? `${triple} .` : `${triple} <${graph}> .`;
const pieces = (graph: string, triples: readonly string[]): Buffer[] =>
  triples.length === 0
    ? []
    : [Buffer.from(triples.map((each) => `${lineOf(graph, each)}\n`).join(''))];

const byGraph = (left: GraphSummary, right: GraphSummary): number =>
  left.graph < right.graph ? -1 : 1;

/** An engine of ours and what it should hold. */
export class Pair {
  readonly world: World = new Map();
  readonly replica = new Replica(
    engine,
    {
      module: new WebAssembly.Module(Buffer.from('0061736d01000000', 'hex')),
      program: '',
      journalDirectory: '',
      baseIri: base,
      image: undefined,
      checkpoint: undefined,
    },
    undefined,
    () => undefined,
  );

  commit({ graph, added, removed, dropped }: Commit): void {
    const exists = graph === '' || this.world.has(graph);
    const held = this.world.get(graph) ?? new Set();
    const before = new Set(held);
    if (dropped) held.clear();
    else {
      for (const triple of removed) held.delete(triple);
      for (const triple of added) held.add(triple);
    }
    if (dropped) this.world.delete(graph);
    else this.world.set(graph, held);
    const change = {
      graph,
      created: !dropped && !exists,
      dropped: dropped && exists,
      removed: pieces(
        graph,
        [...before].filter((each) => !held.has(each)),
      ),
      added: pieces(
        graph,
        [...held].filter((each) => !before.has(each)),
      ),
    };
    this.replica.follow(journalStart, [
      { sequence: 1, changes: [change], provenance: new Uint8Array() },
    ]);
  }

  /** An engine whose own default graph is the merged set, and whose named graphs are what a query may read. */
  merged(view: EngineQuery['graphs']): EngineStore {
    const seen = view?.default ?? [...this.world.keys()];
    const all = seen.flatMap((graph) => [...(this.world.get(graph) ?? [])]);
    const named = [...(view?.named ?? graphs)].flatMap((graph) =>
      [...(this.world.get(graph) ?? [])].map((triple) => lineOf(graph, triple)),
    );
    return storeOf({ lines: [...new Set(all)].map((triple) => lineOf('', triple)).concat(named) });
  }

  /** What the engine holds of each graph by its own dump, which is to be what was committed whenever somebody looks. */
  held(): GraphSummary[] {
    return this.replica
      .graphHashes()
      .filter(({ quads }) => quads > 0)
      .toSorted(byGraph);
  }

  wanted(): GraphSummary[] {
    return [...this.world]
      .map(([graph, triples]) => ({ graph, ...stateOf(graph, ...triples) }))
      .filter(({ quads }) => quads > 0)
      .toSorted(byGraph);
  }
}

const isRdf = (query: string): boolean => query.startsWith('CONSTRUCT');

/** An answer in an order of its own, with minted blank nodes named alike. */
const normal = (query: string, answer: string): unknown => {
  if (isRdf(query)) {
    // A graph is a set; but each blank node is one of its own.
    const lines = [...new Set(answer.split('\n'))];
    return lines.map((line) => line.replaceAll(/_:(?!b[12]\b)\w+/g, '_:new')).toSorted();
  }
  const { results, boolean }: { results?: { bindings: object[] }; boolean?: boolean } =
    JSON.parse(answer);
  return results
    ? results.bindings
        .map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))))
        .toSorted()
    : boolean;
};

const typeOf = (query: string): 'application/n-triples' | 'application/sparql-results+json' =>
  isRdf(query) ? 'application/n-triples' : 'application/sparql-results+json';

/** Our answer, as a client gets it: by way of the query's analysis, and of another where it is needed. */
export const ours = (pair: Pair, query: string, view: EngineQuery['graphs']): unknown => {
  try {
    return answerOf(pair, query, view, false);
  } catch (error) {
    if (!isIsnadError(error) || error.code !== 'once-form-needed') throw error;
    return answerOf(pair, query, view, true);
  }
};

const answerOf = (
  { replica }: Pair,
  query: string,
  view: EngineQuery['graphs'],
  putOnce: boolean,
): unknown => {
  const { text, once } = analyseQuery(query, base, putOnce);
  const answer = replica.query({
    query: text,
    mediaType: typeOf(query),
    defaultGraph: 'union',
    baseIri: base,
    resultBytesMax: 1_000_000,
    ...(view ? { graphs: view } : {}),
    ...(once ? { once } : {}),
  });
  return normal(query, Buffer.from(answer).toString());
};

/** The answer of the plain engine over the merged set. */
export const theirs = (pair: Pair, query: string, view: EngineQuery['graphs']): unknown => {
  const answer = pair.merged(view).query(query, { results_format: typeOf(query), base_iri: base });
  if (typeof answer !== 'string') throw new TypeError('The engine gave no text.');
  return normal(query, answer);
};

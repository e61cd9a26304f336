import type { Engine, EngineStore } from '../delta.ts';
import { solutionsOf } from '../update/solutions.ts';

/** A triple as in a line of N-Quads up to its last term, in a string of bytes. */
export type TripleText = string;

const bytes = (text: string): string => Buffer.from(text).toString('latin1');

/**
 * The graphs that state a triple, by looking it up.
 *
 * @returns names of graphs; the empty name is the store's own default graph
 */
export const holdersOf = (engine: Engine, store: EngineStore, triple: TripleText): Set<string> => {
  const line = `${Buffer.from(triple, 'latin1').toString()} .\n`;
  const holders = new Set<string>();
  for (const quad of engine.parse(line, { format: 'application/n-quads' })) {
    for (const found of store.match(quad.subject, quad.predicate, quad.object)) {
      holders.add(found.graph.value);
      // @ts-expect-error -- the engine's types leave out the method that gives its memory back
      found.free();
    }
    // @ts-expect-error -- as above
    quad.free();
  }
  return holders;
};

const columns = 'SELECT ?s ?p ?o ?g';
const triple = '?s ?p ?o';

/** Queries for what a graph shares with named graphs, and with the store's own default graph. */
const sharingQueries = (graph: string): string[] => {
  if (graph === '') return [`${columns} { ${triple} GRAPH ?g { ${triple} } }`];
  const own = `GRAPH <${graph}> { ${triple} }`;
  return [
    `${columns} { ${own} GRAPH ?g { ${triple} } FILTER(?g != <${graph}>) }`,
    `${columns} { ${own} ${triple} }`,
  ];
};

/** A triple of the graph, and another graph that states it too. */
export interface Shared {
  readonly triple: TripleText;
  readonly graph: string;
}

/**
 * The triples of a graph that other graphs state too. Takes the engine a few microseconds for each triple
 * of the graph: for graphs that changed as a whole.
 *
 * @param graph its name was checked when it entered the store
 */
export const sharedIn = function* sharedIn(
  store: EngineStore,
  graph: string,
  limit: number,
): Generator<Shared> {
  for (const query of sharingQueries(graph)) {
    const run = (): unknown =>
      store.query(`${query} LIMIT ${limit}`, { results_format: 'application/sparql-results+json' });
    for (const solution of solutionsOf(run)) {
      const terms = ['s', 'p', 'o'].map((name) => solution.get(name) ?? '');
      yield { triple: bytes(terms.join(' ')), graph: solution.get('g')?.slice(1, -1) ?? '' };
    }
  }
};

import { LineHashSum } from '../../rdf/graph-hash.ts';
import type { GraphSummary } from '../store.ts';
import { dumpGraph, type Engine, type EngineStore } from './delta.ts';
import { lineEnding, tripleEnding } from './graph-diff.ts';
import { eachLine } from './lines.ts';

/**
 * What a graph of the engine holds, worked out from the engine's own dump: the journal's word is not
 * used. Takes about a second for 500,000 quads, and the engine's memory grows by the text of the graph.
 */
export const graphStateOf = (engine: Engine, store: EngineStore, graph: string): GraphSummary => {
  const dump = dumpGraph(engine, store, graph);
  const ending = lineEnding(graph);
  const sum = new LineHashSum();
  eachLine(dump, (start, end) => {
    const line = Buffer.concat([dump.subarray(start, end - tripleEnding.length), ending]);
    sum.addLine(line.subarray(0, -1));
  });
  return { graph, quads: sum.lines, hash: sum.hex() };
};

const byName = (states: readonly GraphSummary[]): Map<string, GraphSummary> =>
  new Map(states.map((state) => [state.graph, state]));

/** Describes a graph of which engine and journal do not say the same. */
const differenceOf = (
  graph: string,
  found: GraphSummary | undefined,
  stated: GraphSummary | undefined,
): string[] => {
  const name = graph === '' ? 'the default graph' : `<${graph}>`;
  if (!found) return [`it lacks ${name}`];
  if (!stated) return [`it holds ${name}, which does not exist`];
  if (found.quads !== stated.quads)
    return [`it holds ${found.quads} quads of ${name} instead of ${stated.quads}`];
  return found.hash === stated.hash ? [] : [`it holds other quads of ${name}`];
};

/**
 * In what an engine differs from what the journal states of the graphs; empty when in nothing. Both lists
 * leave an empty default graph out.
 */
export const compareStates = (
  found: readonly GraphSummary[],
  stated: readonly GraphSummary[],
): string[] => {
  const [left, right] = [byName(found), byName(stated)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((graph) =>
    differenceOf(graph, left.get(graph), right.get(graph)),
  );
};

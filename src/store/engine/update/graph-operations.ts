import { IsnadError } from '../../../errors.ts';
import type {
  CreateOperation,
  EmptyOperation,
  GraphTarget,
  TransferOperation,
} from '../../update-operations.ts';
import type { UpdateTrial } from './trial.ts';

const nameOf = (graph: string): string => (graph === '' ? 'The default graph' : `<${graph}>`);

const fail = (graph: string, what: string): never => {
  throw new IsnadError('query-failed', `${nameOf(graph)} ${what}. Nothing was changed.`);
};

/** CREATE. */
export const create = (trial: UpdateTrial, { graph, silent }: CreateOperation): void => {
  if (trial.exists(graph) && !silent) fail(graph, 'exists already');
  trial.setExists(graph, true);
};

const lineIn = (graph: string, triple: string): { graph: string; line: string } => ({
  graph,
  line: graph === '' ? `${triple} .` : `${triple} <${graph}> .`,
});

const clearGraph = (trial: UpdateTrial, graph: string): void => {
  for (const triple of trial.triples(graph)) trial.set(lineIn(graph, triple), false);
};

/** Graphs the target names. What is said of all graphs is not said of those that are read-only. */
const targets = (trial: UpdateTrial, target: GraphTarget, readOnly: string): string[] => {
  if ('graph' in target) return [target.graph];
  const named = trial.graphNames().filter((graph) => graph !== readOnly);
  return target.every === 'all' ? ['', ...named] : named;
};

/** CLEAR and DROP. The default graph can only be emptied. */
export const empty = (
  trial: UpdateTrial,
  { kind, target, silent }: EmptyOperation,
  readOnly: string,
): void => {
  for (const graph of targets(trial, target, readOnly)) {
    if (!trial.exists(graph)) {
      if (!silent) fail(graph, 'does not exist');
      continue;
    }
    clearGraph(trial, graph);
    if (kind === 'drop') trial.setExists(graph, false);
  }
};

/** ADD, COPY and MOVE. From a graph to itself nothing is done. */
export const transfer = (trial: UpdateTrial, operation: TransferOperation): void => {
  const { kind, from, to, silent } = operation;
  if (from === to) return;
  if (!trial.exists(from) && !silent) fail(from, 'does not exist');
  const triples = trial.triples(from);
  if (kind !== 'add') {
    clearGraph(trial, to);
    trial.setExists(to, false);
  }
  for (const triple of triples) trial.set(lineIn(to, triple), true);
  if (kind !== 'move') return;
  clearGraph(trial, from);
  trial.setExists(from, false);
};

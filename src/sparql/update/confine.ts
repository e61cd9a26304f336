import { IsnadError } from '../../errors.ts';
import type {
  GraphTarget,
  QuadTemplate,
  TemplateTerm,
  UpdateOperation,
} from '../../store/update-operations.ts';
import { targetsOf } from './authorise.ts';

/** What is said of the default graph is said of this graph. */
const named = (name: string, graph: string): string => (name === '' ? graph : name);

const targeted = (target: GraphTarget, graph: string): GraphTarget =>
  'graph' in target ? { graph: named(target.graph, graph) } : target;

const templates = (quads: readonly QuadTemplate[], graph: string): QuadTemplate[] => {
  const fixed: TemplateTerm = { kind: 'fixed', text: `<${graph}>` };
  return quads.map((quad) => ({ ...quad, graph: quad.graph ?? fixed }));
};

const confine = (operation: UpdateOperation, graph: string): UpdateOperation => {
  if ('quads' in operation) return { ...operation, quads: templates(operation.quads, graph) };
  if (operation.kind === 'modify')
    return {
      ...operation,
      with: operation.with ?? graph,
      delete: templates(operation.delete, graph),
      insert: templates(operation.insert, graph),
    };
  if (operation.kind === 'create') return operation;
  if ('target' in operation) return { ...operation, target: targeted(operation.target, graph) };
  return { ...operation, from: named(operation.from, graph), to: named(operation.to, graph) };
};

const notOfGraph = (graph: string): IsnadError =>
  new IsnadError(
    'query-unsupported',
    `A patch changes the graph of its address and no other; this one names another than ${graph === '' ? 'the default graph' : `<${graph}>`}.`,
    { extra: { feature: 'a patch of several graphs', graph } },
  );

/**
 * An update as a patch of one graph, which stands in the place of the default graph: for its templates, and
 * for a WHERE that chooses no other.
 *
 * @throws IsnadError `query-unsupported` for one that says it writes another graph
 */
export const confineToGraph = (
  operations: readonly UpdateOperation[],
  graph: string,
): UpdateOperation[] => {
  const confined =
    graph === '' ? [...operations] : operations.map((operation) => confine(operation, graph));
  for (const target of confined.flatMap(targetsOf))
    if (!('graph' in target) || target.graph !== graph) throw notOfGraph(graph);
  return confined;
};

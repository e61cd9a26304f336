import { IsnadError } from '../../errors.ts';
import type { GraphTarget, QuadTemplate, UpdateOperation } from '../../store/update-operations.ts';

/** Where a write may go. */
export interface Reach {
  /** The graphs that may change; without it, every one that is not read-only. */
  readonly onlyGraphs: readonly string[] | undefined;
  /** The graph nobody writes to. */
  readonly readOnly: string;
}

const nameOf = (graph: string): string => (graph === '' ? 'the default graph' : `<${graph}>`);

/** A template whose graph is a variable names none: what it writes is known only once it is worked out. */
const inTemplates = (quads: readonly QuadTemplate[]): GraphTarget[] =>
  quads.flatMap(({ graph }) => {
    if (graph === undefined) return [{ graph: '' }];
    return graph.kind === 'fixed' ? [{ graph: graph.text.slice(1, -1) }] : [];
  });

/** What an operation says it writes. */
export const targetsOf = (operation: UpdateOperation): readonly GraphTarget[] => {
  if ('quads' in operation) return inTemplates(operation.quads);
  if (operation.kind === 'modify') return inTemplates([...operation.delete, ...operation.insert]);
  if (operation.kind === 'create') return [operation];
  if ('target' in operation) return [operation.target];
  const to = { graph: operation.to };
  return operation.kind === 'move' ? [{ graph: operation.from }, to] : [to];
};

/**
 * Refuses a write to a graph beyond reach.
 *
 * @throws IsnadError `forbidden`
 */
export const checkTarget = (target: GraphTarget, { onlyGraphs, readOnly }: Reach): void => {
  const allowed = onlyGraphs ? { allowed: onlyGraphs } : {};
  if ('every' in target) {
    if (!onlyGraphs) return;
    const what = target.every === 'all' ? 'all graphs' : 'all named graphs';
    throw new IsnadError('forbidden', `This token may not write ${what}. Nothing was changed.`, {
      extra: allowed,
    });
  }
  const { graph } = target;
  if (graph === readOnly)
    throw new IsnadError('forbidden', `${nameOf(graph)} is read-only. Nothing was changed.`, {
      extra: { graph },
    });
  if (onlyGraphs && !onlyGraphs.includes(graph))
    throw new IsnadError(
      'forbidden',
      `This token may not write ${nameOf(graph)}. Nothing was changed.`,
      { extra: { graph, ...allowed } },
    );
};

/**
 * Refuses an update that says of itself that it goes beyond reach. What it does not say, as the graphs that
 * its variables stand for, the store checks on what it comes to (`Change.onlyGraphs`).
 *
 * @throws IsnadError `forbidden`
 */
export const checkReach = (operations: readonly UpdateOperation[], reach: Reach): void => {
  for (const operation of operations)
    for (const target of targetsOf(operation)) checkTarget(target, reach);
};

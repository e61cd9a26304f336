import type { Query } from '../parser.ts';
import { isNode, type TreeNode, walk } from '../syntax-tree.ts';

/** Whether an expression of this query, and not of one within, brings rows together. */
const hasAggregate = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.some(hasAggregate);
  if (!isNode(value) || value.type === 'query') return false;
  // A column with a name of its own is a BIND.
  if (value.type === 'pattern' && value.subType !== 'bind') return false;
  if (value.type === 'expression' && value.subType === 'aggregate') return true;
  return Object.entries(value).some(([key, each]) => key !== 'loc' && hasAggregate(each));
};

/**
 * Whether it matters for a SELECT how often each of its solutions is found.
 *
 * @param around whether it matters to what the SELECT stands in how often its rows come
 */
export const selectCounts = (select: TreeNode, around: boolean): boolean => {
  const modifiers = isNode(select['solutionModifiers']) ? select['solutionModifiers'] : {};
  if (modifiers['group'] !== undefined || hasAggregate([select['variables'], modifiers]))
    return true;
  if (select['distinct'] === true || select['reduced'] === true) return false;
  return around || modifiers['limitOffset'] !== undefined;
};

/** Whether it matters for a query's answer how often each solution of its WHERE is found. */
export const queryCounts = (query: Query): boolean => {
  if (query.subType === 'select') return selectCounts({ ...query }, true);
  // A triple is in an answer or not; but blank nodes of the template are new for each solution.
  if (query.subType === 'construct')
    return [...walk(query.template)].some(
      ({ type, subType }) => type === 'term' && subType === 'blankNode',
    );
  return false;
};

import { Generator } from '@traqula/generator-sparql-1-1';
import type { OnceTexts } from '../../store/update-operations.ts';
import type { Query } from '../parser.ts';
import { isNode, type TreeNode, walk } from '../syntax-tree.ts';
import { queryCounts, selectCounts } from './counts.ts';
import { type Manner, variable } from './frames.ts';
import { freshNames, visibleIn } from './names.ts';
import { rewriteBasic, type Rewriting } from './patterns.ts';

const generator = new Generator();

interface Place extends Rewriting {
  /** Whether it matters how often something is found here. */
  readonly counts: boolean;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Nothing is found more often by EXISTS or MINUS; but a SELECT within may count for itself. */
const rewrite = (value: unknown, place: Place): unknown => {
  if (Array.isArray(value)) return value.flatMap((each: unknown) => rewriteIn(each, place));
  if (!isNode(value)) return value;
  if (value.type === 'query') return rewriteSelect(value, place);
  const { type, subType } = value;
  if (type === 'pattern' && subType === 'graph') return value;
  const isTest =
    (type === 'pattern' && subType === 'minus') ||
    (type === 'expression' && subType === 'patternOperation');
  return rewriteParts(value, isTest ? { ...place, counts: false } : place);
};

/** A basic pattern becomes several, beside each other. */
const rewriteIn = (value: unknown, place: Place): unknown[] =>
  place.counts && isNode(value) && value.type === 'pattern' && value.subType === 'bgp'
    ? rewriteBasic(value, place)
    : [rewrite(value, place)];

const rewriteParts = (node: TreeNode, place: Place): TreeNode =>
  Object.fromEntries(
    Object.entries(node).map(([key, each]) => [
      key,
      key === 'loc' || key === 'template' || key === 'context' || key === 'datasets'
        ? each
        : rewrite(each, place),
    ]),
  );

const rewriteSelect = (select: TreeNode, place: Place): TreeNode => {
  const rewritten = rewriteParts(select, { ...place, counts: selectCounts(select, place.counts) });
  const isAll = list(select['variables']).some((each) => isNode(each) && each.type === 'wildcard');
  if (!isAll) return rewritten;
  // The columns are those of before: new variables must not be among them.
  const names = isNode(select['where']) ? visibleIn([select['where']]) : [];
  return names.length === 0 ? rewritten : { ...rewritten, variables: names.map(variable) };
};

const textOf = (query: Query, manner: Manner): string => {
  const place = { manner, names: freshNames(query), counts: queryCounts(query) };
  const tree: TreeNode = { ...query };
  const rewritten =
    query.subType === 'select' ? rewriteSelect(tree, place) : rewriteParts(tree, place);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a tree of the same kind
  return generator.generate(rewritten as unknown as Query);
};

/**
 * `COUNT(DISTINCT *)` would count the new variables too; `SELECT *` without variables would show them; and
 * what counts within EXISTS gets the values of the query around it, in ways of the engine's own.
 */
const isBeyond = (query: Query): boolean => {
  for (const node of walk(query)) {
    if (node.subType === 'patternOperation')
      if ([...walk(node)].some((each) => each.type === 'query' && selectCounts(each, false)))
        return true;
    if (node.type === 'expression' && node.subType === 'aggregate' && node['distinct'] === true)
      if (list(node['expression']).some((each) => isNode(each) && each.type === 'wildcard'))
        return true;
    if (node.type === 'query' && isNode(node['where']) && visibleIn([node['where']]).length === 0)
      if (list(node['variables']).some((each) => isNode(each) && each.type === 'wildcard'))
        return true;
  }
  return false;
};

/** Whether anything in it counts, at the top or in a SELECT within. */
export const countsAnywhere = (query: Query): boolean =>
  queryCounts(query) ||
  [...walk(query.where ?? [])].some((node) => node.type === 'query' && selectCounts(node, false));

/**
 * A query put so that it finds a triple once that several of the graphs state which it reads as one.
 *
 * @returns `irrelevant` where its answer would be the same anyway; nothing where it cannot be put so
 */
export const onceTexts = (query: Query): OnceTexts | 'irrelevant' | undefined => {
  if (!countsAnywhere(query)) return 'irrelevant';
  if (isBeyond(query)) return undefined;
  return { indexed: textOf(query, 'indexed'), general: textOf(query, 'general') };
};

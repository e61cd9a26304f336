import { type TreeNode, walk } from '../syntax-tree.ts';

/** Names of variables that a query does not have. */
export interface FreshNames {
  readonly next: () => string;
  /** The same for the same blank node. */
  readonly ofBlank: (label: string) => string;
}

/** Names that no variable of the query begins with. */
export const freshNames = (query: unknown): FreshNames => {
  const taken = [...walk(query)]
    .filter(({ subType }) => subType === 'variable')
    .map(({ value }) => String(value));
  let prefix = 'once';
  while (taken.some((name) => name.startsWith(prefix))) prefix += '_';
  let count = 0;
  const next = (): string => {
    count += 1;
    return `${prefix}${count}`;
  };
  const blanks = new Map<string, string>();
  const ofBlank = (label: string): string => {
    const name = blanks.get(label) ?? next();
    blanks.set(label, name);
    return name;
  };
  return { next, ofBlank };
};

/** The variables that a group lets be seen, in the order of the text. */
export const visibleIn = (patterns: readonly TreeNode[]): string[] => [
  ...new Set(patterns.flatMap(visible)),
];

const childrenOf = (node: TreeNode): TreeNode[] =>
  Object.entries(node)
    .filter(([key]) => key !== 'loc')
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter((each): each is TreeNode => typeof each === 'object' && each !== null);

const visible = (node: TreeNode): string[] => {
  if (node.subType === 'variable') return [String(node['value'])];
  if (node.type === 'query') return selected(node);
  if (node.type === 'expression') return [];
  if (node.type === 'pattern' && (node.subType === 'filter' || node.subType === 'minus')) return [];
  if (node.type === 'pattern' && node.subType === 'values')
    return visibleIn(childrenOf({ variables: node['variables'] }));
  return childrenOf(node).flatMap(visible);
};

/** The columns of a SELECT. */
const selected = ({ variables, where }: TreeNode): string[] =>
  childrenOf({ variables }).flatMap((column) => {
    if (column.type === 'wildcard') return visible(childrenOf({ where })[0] ?? {});
    const named = column.subType === 'variable' ? column : column['variable'];
    return childrenOf({ named }).flatMap(visible);
  });

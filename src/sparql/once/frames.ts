import { parseSparql } from '../parser.ts';
import { isNode, type TreeNode, walk } from '../syntax-tree.ts';

/**
 * How a pattern over the merged graph is put so that it finds a triple once although several graphs state
 * it: `indexed` takes it from the first of the named graphs that state it, `general` takes every solution
 * once. The second is right for every dataset, but cannot begin from what the rest of a query has found.
 */
export type Manner = 'indexed' | 'general';

const texts = {
  indexed:
    'SELECT * { { GRAPH ?first { ?s ?p ?o } FILTER NOT EXISTS { GRAPH ?other { ?s ?p ?o } FILTER(STR(?other) < STR(?first)) } } }',
  general: 'SELECT * { { SELECT DISTINCT ?s { ?s ?p ?o } } }',
  constant: 'SELECT * { { SELECT DISTINCT (1 AS ?first) { ?s ?p ?o } } }',
  union: 'SELECT * { { ?s ?p ?o } UNION { ?s ?p ?o } }',
  notIn: 'SELECT * { { ?s ?p ?o FILTER(?p NOT IN (<a:a>)) } }',
} as const;

const parsed = new Map<string, TreeNode>();

/** The one pattern of a frame; nobody changes it, its parts are replaced in copies. */
export const frame = (name: keyof typeof texts): TreeNode => {
  const known = parsed.get(name);
  if (known) return known;
  const query = parseSparql(texts[name], '', []);
  const [pattern] = query.type === 'query' ? (query.where?.patterns ?? []) : [];
  if (!pattern) throw new TypeError('A frame is one pattern.');
  parsed.set(name, { ...pattern });
  return frame(name);
};

/** The variable as a node of the tree. */
export const variable = (name: string): TreeNode => {
  const some = parsed.get('variable') ?? firstVariable();
  parsed.set('variable', some);
  return { ...some, value: name };
};

const firstVariable = (): TreeNode => {
  for (const node of walk(frame('general')))
    if (node.type === 'term' && node.subType === 'variable') return node;
  throw new TypeError('A frame has variables.');
};

/** Replaces parts of a tree, from the leaves up. */
export const replace = (
  value: unknown,
  change: (node: TreeNode) => TreeNode | undefined,
): unknown => {
  if (Array.isArray(value)) return value.map((each: unknown) => replace(each, change));
  if (!isNode(value)) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'loc' ? each : replace(each, change)]),
  );
  return change(copy) ?? copy;
};

/** A frame with its variables named anew and its basic patterns filled. */
export const fill = (
  pattern: TreeNode,
  names: Readonly<Record<string, string>>,
  triples: readonly TreeNode[],
): TreeNode =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a node stays a node
  replace(pattern, (node) => {
    if (node.type === 'pattern' && node.subType === 'bgp') return { ...node, triples };
    const name = node.subType === 'variable' ? names[String(node['value'])] : undefined;
    return name === undefined ? undefined : { ...node, value: name };
  }) as TreeNode;

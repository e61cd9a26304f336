/** A node of the syntax tree, as far as a walk must know it. */
export interface TreeNode {
  readonly type?: unknown;
  readonly subType?: unknown;
  readonly [key: string]: unknown;
}

/** Whether a value is an object of a tree, or a list of them. */
export const isNode = (value: unknown): value is TreeNode =>
  typeof value === 'object' && value !== null;

/** Every object of a syntax tree, parents before children, without recursion. */
export const walk = function* walk(tree: unknown): Generator<TreeNode> {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (!isNode(next)) continue;
    if (!Array.isArray(next)) yield next;
    for (const [key, value] of Object.entries(next)) if (key !== 'loc') waiting.push(value);
  }
};

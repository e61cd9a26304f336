import { isNode, type TreeNode } from '../syntax-tree.ts';
import { fill, frame, type Manner, replace, variable } from './frames.ts';
import type { FreshNames } from './names.ts';

/** What the triple patterns of a query are rewritten with. */
export interface Rewriting {
  readonly manner: Manner;
  readonly names: FreshNames;
}

/** A triple pattern, whose predicate may be a path. */
interface Step {
  readonly subject: TreeNode;
  readonly predicate: TreeNode;
  readonly object: TreeNode;
}

const nodes = (value: unknown): readonly TreeNode[] =>
  Array.isArray(value) ? value.filter((each): each is TreeNode => isNode(each)) : [];

/** A blank node of a pattern becomes a variable that nobody sees; a list or `[…]` the node it is. */
const plainTerm = (term: unknown, names: FreshNames): TreeNode => {
  if (!isNode(term)) throw new TypeError('A triple pattern has three parts.');
  if (term.type === 'tripleCollection') return plainTerm(term['identifier'], names);
  return term.subType === 'blankNode' ? variable(names.ofBlank(String(term['label']))) : term;
};

/** The triple patterns of a basic pattern, with those of its lists and `[…]`. */
const stepsOf = (triples: unknown, names: FreshNames): Step[] =>
  nodes(triples).flatMap((node) => {
    if (node.type !== 'triple') return stepsOf(node['triples'], names);
    const { subject, predicate, object } = node;
    const step = {
      subject: plainTerm(subject, names),
      predicate: plainTerm(predicate, names),
      object: plainTerm(object, names),
    };
    return [...stepsOf([subject, object].filter(isCollection), names), step];
  });

const isCollection = (term: unknown): boolean => isNode(term) && term.type === 'tripleCollection';

const tripleOf = (step: Step): TreeNode => ({
  type: 'triple',
  ...step,
  loc: frame('union')['loc'],
});

const variablesOf = ({ subject, predicate, object }: Step): TreeNode[] => {
  const found = [subject, predicate, object].filter(({ subType }) => subType === 'variable');
  return found.filter(
    ({ value }, index) => found.findIndex((each) => each['value'] === value) === index,
  );
};

/** A pattern that finds each triple once. */
const single = (step: Step, { manner, names }: Rewriting): TreeNode => {
  const triples = [tripleOf(step)];
  if (manner === 'indexed')
    return fill(frame('indexed'), { first: names.next(), other: names.next() }, triples);
  const variables = variablesOf(step);
  const [select] = nodes(fill(frame('general'), {}, triples)['patterns']);
  if (variables.length > 0) return { ...frame('general'), patterns: [{ ...select, variables }] };
  return fill(frame('constant'), { first: names.next() }, triples);
};

/** A path of any length, or of alternatives, is one of which the engine finds each pair of ends once. */
const basic = (step: Step): TreeNode => {
  const [group] = nodes(frame('union')['patterns']);
  const [bgp] = nodes(group?.['patterns']);
  return { ...bgp, triples: [tripleOf(step)] };
};

/** `!(a|b)`: any predicate but those. With inverse ones among them it is a path of alternatives. */
const negated = (step: Step, item: TreeNode, rewriting: Rewriting): TreeNode[] => {
  const items = item.subType === '|' ? nodes(item['items']) : [item];
  const inverse = items.filter(({ subType }) => subType === '^');
  if (inverse.length === 0) return [otherThan(step, items, rewriting)];
  if (inverse.length < items.length) return [basic(step)];
  const excluded = inverse.flatMap((each) => nodes(each['items']));
  const turned = { ...step, subject: step.object, object: step.subject };
  return [otherThan(turned, excluded, rewriting)];
};

const otherThan = (step: Step, excluded: readonly TreeNode[], rewriting: Rewriting): TreeNode => {
  const predicate = variable(rewriting.names.next());
  const notIn = fill(frame('notIn'), { p: String(predicate['value']) }, []);
  const [, filter] = nodes(notIn['patterns']);
  const listed = replace(filter, (node) => {
    if (node.type !== 'expression' || node.subType !== 'operation') return undefined;
    const [left] = nodes(node['args']);
    return { ...node, args: [left, ...excluded] };
  });
  return { ...notIn, patterns: [single({ ...step, predicate }, rewriting), listed] };
};

/** Patterns that together find what the step finds. */
const expand = (step: Step, rewriting: Rewriting): TreeNode[] => {
  const { subject, predicate, object } = step;
  if (predicate.type !== 'path') return [single(step, rewriting)];
  const items = nodes(predicate['items']);
  const [first, ...rest] = items;
  if (!first) throw new TypeError('A path has parts.');
  switch (predicate.subType) {
    case '^':
      return expand({ subject: object, predicate: first, object: subject }, rewriting);
    case '/': {
      if (rest.length === 0) return expand({ subject, predicate: first, object }, rewriting);
      const middle = variable(rewriting.names.next());
      return [
        ...expand({ subject, predicate: first, object: middle }, rewriting),
        ...expand({ subject: middle, predicate: { ...predicate, items: rest }, object }, rewriting),
      ];
    }
    case '!':
      return negated(step, first, rewriting);
    default:
      return [basic(step)];
  }
};

/** What a basic pattern over the merged graph becomes. */
export const rewriteBasic = (bgp: TreeNode, rewriting: Rewriting): TreeNode[] =>
  stepsOf(bgp['triples'], rewriting.names).flatMap((step) => expand(step, rewriting));

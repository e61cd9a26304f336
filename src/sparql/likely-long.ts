import { rdf } from '../model/terms.ts';
import type { Query } from './parser.ts';
import { isNode, type TreeNode, walk } from './syntax-tree.ts';

/** A triple pattern: its ends by name where they are variables or blank nodes. */
interface Pattern {
  readonly names: readonly string[];
  /** Whether a constant end keeps what it finds few. */
  readonly isAnchored: boolean;
  /** Whether it follows a path of any length. */
  readonly isEndless: boolean;
}

const nameOf = (term: unknown): string | undefined => {
  if (!isNode(term)) return undefined;
  if (term.subType === 'variable') return `?${String(term['value'])}`;
  if (term.subType === 'blankNode') return `_:${String(term['label'])}`;
  return isNode(term['identifier']) ? nameOf(term['identifier']) : undefined;
};

const isEndlessPath = (predicate: unknown): boolean =>
  isNode(predicate) &&
  predicate.type === 'path' &&
  [...walk(predicate)].some(
    ({ type, subType }) => type === 'path' && (subType === '*' || subType === '+'),
  );

/** A class is no anchor: a type may have any number of members. */
const isTypeOf = (predicate: unknown): boolean =>
  isNode(predicate) && (predicate['value'] === rdf.type || predicate['value'] === 'type');

const patternOf = ({ subject, predicate, object }: TreeNode): Pattern => {
  const ends = [nameOf(subject), nameOf(object)];
  const names = [...ends, nameOf(predicate)].flatMap((name) => name ?? []);
  const isAnchored = ends[0] === undefined || (ends[1] === undefined && !isTypeOf(predicate));
  return { names, isAnchored, isEndless: isEndlessPath(predicate) };
};

/** Pattern groups that share no variable, each with what is known of it. */
interface Component {
  names: Set<string>;
  isAnchored: boolean;
  isEndless: boolean;
}

/** Joins patterns that share a variable. */
const componentsOf = (patterns: readonly Pattern[]): Component[] => {
  let components: Component[] = [];
  for (const { names, isAnchored, isEndless } of patterns) {
    const meets = (each: Component): boolean => names.some((name) => each.names.has(name));
    const joined = components.filter(meets);
    const whole = {
      names: new Set([...names, ...joined.flatMap((each) => [...each.names])]),
      isAnchored: isAnchored || joined.some((each) => each.isAnchored),
      isEndless: isEndless || joined.some((each) => each.isEndless),
    };
    components = [...components.filter((each) => !meets(each)), whole];
  }
  return components;
};

/** The triple patterns that one group joins: its own, and those of the groups and graphs within. */
const joinedIn = (group: TreeNode): Pattern[] => {
  const found: Pattern[] = [];
  const waiting: unknown[] = [group['patterns']];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next);
    if (!isNode(next) || Array.isArray(next)) continue;
    if (next.type === 'triple') found.push(patternOf(next));
    if (next.type === 'triple' || next.type === 'tripleCollection')
      waiting.push(next['subject'], next['object'], next['triples']);
    if (next.type !== 'pattern') continue;
    if (next.subType === 'bgp') waiting.push(next['triples']);
    if (next.subType === 'group' || next.subType === 'graph') waiting.push(next['patterns']);
  }
  return found;
};

/** Patterns that join what stands in them. */
const joins = new Set(['group', 'optional', 'minus', 'graph']);

/** Variables a BIND or VALUES gives few values: patterns that hold one are anchored. */
const givenIn = (query: Query): Set<string> => {
  const given = [...walk(query)]
    .filter(
      ({ type, subType }) => type === 'pattern' && (subType === 'values' || subType === 'bind'),
    )
    .flatMap((node) => [...walk([node['variables'], node['variable']])]);
  return new Set(given.flatMap((term) => nameOf(term) ?? []));
};

/**
 * Whether a query is likely to be long: it joins two or more parts that share no variable and that no
 * constant keeps small, or follows a path of any length between ends that are both open. It is a guess
 * from the tree alone, and costs such a query its place in the light lane, nothing else.
 */
export const isLikelyLong = (query: Query): boolean => {
  const given = givenIn(query);
  for (const node of walk(query)) {
    if (node.type !== 'pattern' || !joins.has(String(node.subType))) continue;
    const open = componentsOf(joinedIn(node)).filter(
      ({ isAnchored, names }) => !isAnchored && ![...names].some((name) => given.has(name)),
    );
    if (open.length > 1 || open.some(({ isEndless }) => isEndless)) return true;
  }
  return false;
};

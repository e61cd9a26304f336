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

/** Patterns that share no variable with any other, and what is known of them together. */
interface Component {
  readonly names: Set<string>;
  isAnchored: boolean;
  isEndless: boolean;
}

/**
 * Joins patterns that share a variable, however many there are: each looks only at the components of its
 * own names, and of two that meet the one with fewer names is poured into the other.
 */
export const componentsOf = (patterns: readonly Pattern[]): Component[] => {
  const components = new Set<Component>();
  const byName = new Map<string, Component>();
  for (const { names, isAnchored, isEndless } of patterns) {
    let own: Component = { names: new Set(), isAnchored, isEndless };
    for (const name of names) {
      const met = byName.get(name) ?? own;
      if (met === own) continue;
      const [small, large] = met.names.size < own.names.size ? [met, own] : [own, met];
      pour(small, large, byName);
      components.delete(small);
      own = large;
    }
    components.add(own);
    for (const name of names) byName.set(name, own);
    for (const name of names) own.names.add(name);
  }
  return [...components];
};

const pour = (small: Component, large: Component, byName: Map<string, Component>): void => {
  for (const name of small.names) {
    large.names.add(name);
    byName.set(name, large);
  }
  large.isAnchored ||= small.isAnchored;
  large.isEndless ||= small.isEndless;
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

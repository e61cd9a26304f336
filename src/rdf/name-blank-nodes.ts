import { namedNode, quad } from './terms.ts';
import type { Quad } from './terms.ts';

/**
 * Replaces blank nodes by IRIs made of `prefix` and their order of appearance, so that the same file
 * always gives the same quads.
 */
export const nameBlankNodes = (quads: readonly Quad[], prefix: string): Quad[] => {
  const names = new Map<string, string>();
  const named = <Part extends Quad['subject'] | Quad['object']>(term: Part) => {
    if (term.termType !== 'BlankNode') return term;
    const name = names.get(term.value) ?? `${prefix}${names.size + 1}`;
    names.set(term.value, name);
    return namedNode(name);
  };
  return quads.map((each) =>
    quad(named(each.subject) as Quad['subject'], each.predicate, named(each.object), each.graph),
  );
};

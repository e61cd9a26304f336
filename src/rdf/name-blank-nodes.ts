import { randomBytes } from 'node:crypto';
import { blankNode, namedNode, quad } from './terms.ts';
import type { BlankNode, NamedNode, Quad, Term } from './terms.ts';

const rename = (quads: readonly Quad[], name: (index: number) => NamedNode | BlankNode): Quad[] => {
  const names = new Map<string, NamedNode | BlankNode>();
  const renamed = <T extends Term>(term: T): T | NamedNode | BlankNode => {
    if (term.termType !== 'BlankNode') return term;
    const known = names.get(term.value) ?? name(names.size);
    names.set(term.value, known);
    return known;
  };
  return quads.map((each) =>
    [each.subject, each.object, each.graph].some(({ termType }) => termType === 'BlankNode')
      ? quad(renamed(each.subject), each.predicate, renamed(each.object), renamed(each.graph))
      : each,
  );
};

/**
 * Gives every blank node an IRI: `iriPrefix` and its number in the order of first mention. The store
 * keeps no blank nodes, and the same file always names them alike, so reading it again changes nothing.
 */
export const nameBlankNodes = (quads: readonly Quad[], iriPrefix: string): Quad[] =>
  rename(quads, (index) => namedNode(`${iriPrefix}${index + 1}`));

/** Relabels blank nodes `b1`, `b2`, … in the order of first mention, whatever the parser called them. */
export const relabelBlankNodes = (quads: readonly Quad[]): Quad[] =>
  rename(quads, (index) => blankNode(`b${index + 1}`));

/**
 * A label no blank node of the store ever had: 125 random bits. It is a hexadecimal number, which the
 * engine keeps in 16 bytes, with no zero in front, which the engine would leave out.
 */
export const mintBlankLabel = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) | 0xa0;
  return bytes.toString('hex');
};

/** Gives every blank node a label that none of the store ever had. */
export const mintBlankNodes = (quads: readonly Quad[]): Quad[] =>
  rename(quads, () => blankNode(mintBlankLabel()));

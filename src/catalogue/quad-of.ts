import { quad, type Quad, type QuadObject, type Term } from '../rdf/terms.ts';
import type { Solution } from './graph-reader.ts';

/** The quad of a solution that binds `s`, `p`, `o` and `g`; none for blank nodes, which data has not. */
export const quadOf = ({ s, p, o, g }: Solution): Quad[] =>
  s?.termType === 'NamedNode' &&
  p?.termType === 'NamedNode' &&
  g?.termType === 'NamedNode' &&
  isObject(o)
    ? [quad(s, p, o, g)]
    : [];

const isObject = (term: Term | undefined): term is QuadObject =>
  term?.termType === 'NamedNode' || term?.termType === 'Literal';

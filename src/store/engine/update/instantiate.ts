import { mintBlankLabel } from '../../../rdf/name-blank-nodes.ts';
import type { QuadTemplate, TemplateTerm } from '../../update-operations.ts';
import type { Solution } from './solutions.ts';

/** A quad as a canonical N-Quads line without its line break, and its graph. */
export interface QuadLine {
  readonly graph: string;
  readonly line: string;
}

/** The blank nodes of one scope: each label of the text stands for one of them. */
export class BlankNodes {
  readonly #minted = new Map<string, string>();

  text(label: string): string {
    const known = this.#minted.get(label);
    if (known !== undefined) return known;
    const text = `_:${mintBlankLabel()}`;
    this.#minted.set(label, text);
    return text;
  }
}

const textOf = (
  term: TemplateTerm,
  solution: Solution,
  blankNodes: BlankNodes,
): string | undefined => {
  if (term.kind === 'fixed') return term.text;
  return term.kind === 'blank' ? blankNodes.text(term.label) : solution.get(term.name);
};

/**
 * The quad a template makes of a solution. Nothing where a variable is unbound or a term stands where it
 * may not (SPARQL 1.1 Update, 3.1.3).
 */
export const instantiate = (
  { subject, predicate, object, graph }: QuadTemplate,
  solution: Solution,
  blankNodes: BlankNodes,
): QuadLine | undefined => {
  const [s, p, o] = [subject, predicate, object].map((term) => textOf(term, solution, blankNodes));
  if (s === undefined || p === undefined || o === undefined) return undefined;
  if (s.startsWith('"') || !p.startsWith('<')) return undefined;
  if (!graph) return { graph: '', line: `${s} ${p} ${o} .` };
  const g = textOf(graph, solution, blankNodes);
  return g?.startsWith('<') ? { graph: g.slice(1, -1), line: `${s} ${p} ${o} ${g} .` } : undefined;
};

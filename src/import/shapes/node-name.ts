import type { Term } from '../../rdf/terms.ts';

/** What a report calls a node: its IRI, or the label of a blank node as `_:b1`. */
export const nodeName = (node: Term | undefined): string =>
  node?.termType === 'BlankNode' ? `_:${node.value}` : (node?.value ?? '');

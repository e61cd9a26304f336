import type { EngineQuery } from '../calls.ts';

/** Which graphs a query merges into its default graph, and which it can read by GRAPH besides. */
export interface View {
  /** The empty name is the store's own default graph. */
  readonly merged: 'all' | ReadonlySet<string>;
  readonly byName: 'all' | 'none' | ReadonlySet<string>;
}

/** Nothing is merged: every quad must be where it belongs. */
export const plainView: View = { merged: new Set(), byName: 'all' };

/**
 * What a query sees.
 *
 * @param readsByName whether GRAPH stands in it
 */
export const viewOf = (
  { graphs, defaultGraph }: Pick<EngineQuery, 'graphs' | 'defaultGraph'>,
  readsByName: boolean,
): View => {
  if (graphs)
    return {
      merged: new Set(graphs.default),
      byName: readsByName ? new Set(graphs.named) : 'none',
    };
  if (defaultGraph === 'standard') return plainView;
  return { merged: 'all', byName: readsByName ? 'all' : 'none' };
};

/** Whether no two graphs are merged. */
export const mergesNothing = ({ merged }: View): boolean => merged !== 'all' && merged.size < 2;

/** The same for views that are equal. */
export const viewKey = ({ merged, byName }: View): string =>
  JSON.stringify([merged, byName].map((part) => (typeof part === 'string' ? part : [...part])));

const isIn = (graph: string, part: View['merged'] | View['byName']): boolean =>
  part === 'all' ? true : part !== 'none' && part.has(graph);

/** What is done about a triple that several graphs state. */
export interface Surplus {
  /** The graphs from which it can be taken so that the merged graph states it less often. */
  readonly graphs: readonly string[];
  /** Whether the merged graph states it once then. */
  readonly isExact: boolean;
}

/**
 * From which graphs a triple can be taken without the query seeing more than that its merged graph states
 * it once: from those it cannot read by name.
 *
 * @param holders the graphs that state the triple
 */
export const surplusOf = (holders: ReadonlySet<string>, { merged, byName }: View): Surplus => {
  const found = [...holders].filter((graph) => isIn(graph, merged));
  const hidden = found.filter((graph) => graph === '' || !isIn(graph, byName));
  const shown = found.length - hidden.length;
  return { graphs: shown > 0 ? hidden : hidden.slice(1), isExact: shown < 2 };
};

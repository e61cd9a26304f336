import { IsnadError } from '../errors.ts';
import { isDatasetSlug } from '../model/iris.ts';
import { isStorableIri } from '../rdf/stored-form/names.ts';
import type { CommitDescription } from './store.ts';

/**
 * Checks the graphs that a write names: each once, an absolute IRI or the default graph.
 *
 * @param readOnly the graph nobody writes to
 * @throws IsnadError `invalid-parameter`
 */
export const checkGraphNames = (
  named: readonly { readonly graph: string }[],
  readOnly: string,
): void => {
  const seen = new Set<string>();
  for (const { graph } of named) {
    if (graph === readOnly) throw new IsnadError('invalid-parameter', `<${graph}> is read-only.`);
    if (graph !== '' && !isStorableIri(graph))
      throw new IsnadError('invalid-parameter', `<${graph}> is not an absolute IRI.`);
    if (seen.has(graph))
      throw new IsnadError('invalid-parameter', `<${graph}> is named twice in one plan.`);
    seen.add(graph);
  }
};

/** @throws IsnadError `invalid-parameter` where a description names a dataset that none can be called */
export const checkDescription = ({ details }: CommitDescription): void => {
  const dataset = details?.dataset;
  if (dataset !== undefined && !isDatasetSlug(dataset))
    throw new IsnadError('invalid-parameter', `"${dataset}" is not a dataset's short name.`);
};

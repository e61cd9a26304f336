import { shared, skos } from '../model/terms.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type { Store } from '../store/store.ts';
import { readAtOneCommit, type ReadingLimits } from './graph-reader.ts';
import { rememberByCommit } from './remember-by-commit.ts';

/** Labels of the concepts of the shared vocabularies, by scheme and name as in `script/kufi`. */
export type ConceptLabels = ReadonlyMap<string, readonly TaggedText[]>;

/** All concepts of the shared vocabularies, in the order of their paths; read once a commit. */
export const listConcepts = rememberByCommit(
  async (store: Store, limits: ReadingLimits): Promise<ConceptLabels> => {
    const { result } = await readAtOneCommit(store, limits, (reader) =>
      reader.select(conceptsQuery),
    );
    const concepts = new Map<string, TaggedText[]>();
    for (const { concept, label } of result) {
      if (concept?.value.startsWith(shared.vocabulary) !== true) continue;
      const path = concept.value.slice(shared.vocabulary.length);
      const labels = concepts.get(path) ?? [];
      if (label?.termType === 'Literal')
        labels.push({ value: label.value, language: label.language });
      concepts.set(path, labels);
    }
    return concepts;
  },
);

const conceptsQuery = `SELECT DISTINCT ?concept ?label {
  ?concept <${skos.inScheme}> ?scheme ; <${skos.prefLabel}> ?label
} ORDER BY ?concept ?label`;

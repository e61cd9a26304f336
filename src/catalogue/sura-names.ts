import { isnad, rdfs, skos } from '../model/terms.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import type { Store } from '../store/store.ts';
import { textOf } from './datasets.ts';
import { readAtOneCommit, type ReadingLimits } from './graph-reader.ts';
import { rememberByCommit } from './remember-by-commit.ts';

/** The names of the sūras by number, as the graph labels them; read once a commit. */
export const suraNames = rememberByCommit(
  async (
    store: Store,
    limits: ReadingLimits,
  ): Promise<ReadonlyMap<number, readonly TaggedText[]>> => {
    const { result } = await readAtOneCommit(store, limits, (reader) =>
      reader.select(`SELECT DISTINCT ?number ?label {
        VALUES ?property { <${skos.prefLabel}> <${rdfs.label}> }
        ?sura a <${isnad.Sura}> ; <${isnad.suraNumber}> ?number ; ?property ?label
      } ORDER BY ?number ?label`),
    );
    const rows = Map.groupBy(result, ({ number }) => Number(number?.value));
    return new Map(
      [...rows].map(([sura, own]) => [sura, own.flatMap(({ label }) => textOf(label))]),
    );
  },
);

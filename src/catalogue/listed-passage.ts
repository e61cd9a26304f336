import { conceptIri } from '../model/iris.ts';
import { isnad } from '../model/terms.ts';
import { formatRange } from '../model/verses.ts';
import type { Quad } from '../rdf/terms.ts';
import type { ListedPassage } from './record-description.ts';

const doubtful = conceptIri('passage-flag', 'doubtful');

/** A passage as the page of its manuscript shows it, from all that is stated of it. */
export const listedPassage = (iri: string, own: readonly Quad[]): ListedPassage => {
  const valueOf = (property: string): string | undefined =>
    own.find(({ predicate }) => predicate.value === property)?.object.value;
  const start = valueOf(isnad.startOrdinal);
  const end = valueOf(isnad.endOrdinal);
  return {
    iri,
    range:
      start === undefined || end === undefined
        ? undefined
        : formatRange(Number(start), Number(end)),
    verbatimKey: valueOf(isnad.verbatimKey),
    isDoubtful: own.some(({ object }) => object.value === doubtful),
    graph: own[0]?.graph.value ?? '',
  };
};

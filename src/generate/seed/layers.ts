import type { Row } from './facts.ts';
import { concept, record, recordIri, type Graph } from './graph.ts';
import { addSource } from './provenance.ts';
import { corpusRows, type FindSubject } from './subjects.ts';
import { integer, iri, text } from './turtle.ts';

/**
 * The text layers of palimpsests: what was written first and erased, and what was written over it.
 * Rows ms031 and ms032 are two records of one leaf, one for each of its layers.
 */
interface Layer {
  readonly key: string;
  readonly label: { readonly en: string; readonly ar: string };
  /** Concept of scheme `layer-kind`. */
  readonly kind: 'lower-text' | 'upper-text';
  /** Row whose object bears the layer. */
  readonly object: string;
  /** Row that describes the layer; it states the layer, and its passages lie on it. */
  readonly describedBy: string;
}

const layers: readonly Layer[] = [
  {
    key: 'ms030/lower',
    label: { en: 'Lower text of DAM 01-27.1', ar: 'النصّ السفلي للمخطوط DAM 01-27.1' },
    kind: 'lower-text',
    object: 'ms030',
    describedBy: 'ms030',
  },
  {
    key: 'ms030/upper',
    label: { en: 'Upper text of DAM 01-27.1', ar: 'النصّ العلوي للمخطوط DAM 01-27.1' },
    kind: 'upper-text',
    object: 'ms030',
    describedBy: 'ms030',
  },
  {
    key: 'ms031/lower',
    label: { en: 'Lower text of David Collection 86/2003', ar: 'النصّ السفلي للورقة 86/2003' },
    kind: 'lower-text',
    object: 'ms031',
    describedBy: 'ms032',
  },
  {
    key: 'ms031/upper',
    label: { en: 'Upper text of David Collection 86/2003', ar: 'النصّ العلوي للورقة 86/2003' },
    kind: 'upper-text',
    object: 'ms031',
    describedBy: 'ms031',
  },
];

/** The layer on which the passages of a row lie; of ms030 the row describes the upper text. */
const layerOfPassages: Readonly<Record<string, string>> = {
  ms030: 'ms030/upper',
  ms031: 'ms031/upper',
  ms032: 'ms031/lower',
};

/** IRI of the layer that bears the text of a row, where its object has layers. */
export const layerIri = ({ id }: Row<'manuscripts'>): string | undefined => {
  const key = layerOfPassages[id];
  return key === undefined ? undefined : recordIri(corpusRows, 'TextLayer', key);
};

/** Adds the layers that a row describes. */
export const addLayers = (graph: Graph, row: Row<'manuscripts'>, find: FindSubject): void => {
  for (const { key, label, kind, object } of layers.filter(
    ({ describedBy }) => describedBy === row.id,
  )) {
    const layer = record(graph, 'TextLayer', key)
      .add('rdfs:label', text(label.en, 'en'), text(label.ar, 'ar'))
      .add('isnad:layerOf', iri(find(object)))
      .add('isnad:layerKind', concept('layer-kind', kind))
      .add('isnad:layerOrder', integer(kind === 'lower-text' ? 1 : 2));
    addSource(layer, row);
  }
};

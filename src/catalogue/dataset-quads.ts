import { dcterms, isnad } from '../model/terms.ts';
import { literal, namedNode, quad, type Quad, type QuadObject } from '../rdf/terms.ts';
import type { DatasetNote } from '../search/witness-snapshot.ts';
import { languageMap } from './best-text.ts';

/** What must be said of the datasets whose statements are handed on: title, licence, attribution. */
export const datasetQuads = (datasets: Readonly<Record<string, DatasetNote>>): Quad[] =>
  Object.entries(datasets).flatMap(([dataset, note]) => {
    const state = (property: string, object: QuadObject): Quad =>
      quad(namedNode(dataset), namedNode(property), object, namedNode(dataset));
    return [
      ...note.titles.map(({ value, language }) =>
        state(dcterms.title, literal(value, language === '' ? undefined : language)),
      ),
      ...(note.licence === undefined ? [] : [state(dcterms.license, namedNode(note.licence))]),
      ...(note.rightsHolder === undefined
        ? []
        : [state(dcterms.rightsHolder, literal(note.rightsHolder))]),
      ...(note.attribution === undefined
        ? []
        : [state(isnad.attribution, literal(note.attribution))]),
    ];
  });

/** The same as nodes of a JSON-LD document with the shared context. */
export const datasetNodes = (
  datasets: Readonly<Record<string, DatasetNote | undefined>>,
): object[] =>
  Object.entries(datasets).map(([dataset, note]) => ({
    id: dataset,
    ...(note === undefined ? {} : { title: languageMap(note.titles) }),
    ...(note?.licence === undefined ? {} : { license: [note.licence] }),
    ...(note?.rightsHolder === undefined ? {} : { rightsHolder: [note.rightsHolder] }),
    ...(note?.attribution === undefined ? {} : { attribution: [note.attribution] }),
  }));

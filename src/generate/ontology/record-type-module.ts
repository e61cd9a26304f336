import type { ClassDescription } from './describe.ts';
import { generatedHeader, property, quote } from './literals.ts';

const indent = '    ';

const entry = (type: ClassDescription): readonly string[] => {
  if (type.idSegment === undefined || type.collectionName === undefined) return [];
  return [
    '  {',
    property('iri', `isnad.${type.name}`, indent),
    property('name', quote(type.name), indent),
    property('idSegment', quote(type.idSegment), indent),
    property('collectionName', quote(type.collectionName), indent),
    property('label', `{ en: ${quote(type.label.en)}, ar: ${quote(type.label.ar)} }`, indent),
    '  },',
  ];
};

/** Writes `src/model/record-types.ts`: the table of record types, in the order of the ontology. */
export const recordTypeModule = (classes: readonly ClassDescription[]): string =>
  [
    generatedHeader,
    "import { isnad } from './terms.ts';",
    '',
    '/** Every record type: its class, its segment in record IRIs, its collection in the API. */',
    'export const recordTypes = [',
    ...classes.flatMap(entry),
    '] as const;',
    '',
    '/** One row of the table. @public */',
    'export type RecordType = (typeof recordTypes)[number];',
    '/** The name of a record type, which is its local name in the ontology. @public */',
    "export type RecordTypeName = RecordType['name'];",
    '',
  ].join('\n');

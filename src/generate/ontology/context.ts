import type { ClassDescription, OntologyDescription, PropertyDescription } from './describe.ts';

const xsd = 'http://www.w3.org/2001/XMLSchema#';
const langString = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';

interface TermDefinition {
  readonly '@id'?: string;
  readonly '@reverse'?: string;
  readonly '@type'?: string;
  readonly '@container'?: string | readonly string[];
}
type Entry = readonly [key: string, definition: string | TermDefinition];

/** Values of these types are JSON's own numbers, booleans and strings, so they need no coercion. */
const native = new Set([`${xsd}integer`, `${xsd}boolean`, `${xsd}string`]);

/** Whether records use the property; annotations of the ontology itself stay out of the context. */
export const isOnRecords = ({ kind, usedOn }: PropertyDescription): boolean =>
  kind !== 'annotation' || usedOn.length > 0;

const set = ({ singleValued }: PropertyDescription): Pick<TermDefinition, '@container'> =>
  singleValued ? {} : { '@container': '@set' };

/** `startDate` holds days; a year alone stands under a key of its own, `startYear`. */
const yearKey = (key: string): string => `${key.replace(/(Date|On)$/, '')}Year`;

const dataEntries = (property: PropertyDescription): readonly Entry[] => {
  const { iri, key, ranges, valueTypes, singleValued } = property;
  const types = [...ranges, ...valueTypes];
  if (types.includes(langString)) {
    const container = singleValued ? '@language' : ['@language', '@set'];
    return [[key, { '@id': iri, '@container': container }]];
  }
  const typed = types.filter((type) => !native.has(type));
  if (typed.length === 0) return [[key, { '@id': iri, ...set(property) }]];
  return typed.map((type) => [
    type === `${xsd}gYear` ? yearKey(key) : key,
    { '@id': iri, '@type': type, ...set(property) },
  ]);
};

const propertyEntries = (property: PropertyDescription): readonly Entry[] => {
  const { iri, key, kind, inverseKey } = property;
  const inverse: readonly Entry[] =
    inverseKey === undefined ? [] : [[inverseKey, { '@reverse': iri, '@container': '@set' }]];
  if (kind === 'data') return dataEntries(property);
  const type = kind === 'object' ? { '@type': '@id' } : {};
  return [[key, { '@id': iri, ...type, ...set(property) }], ...inverse];
};

const classEntry = ({ name, iri }: ClassDescription): Entry => [name, iri];

/** The entries as an object; throws when two terms claim one key. */
const withoutClash = (entries: readonly Entry[]): Readonly<Record<string, Entry[1]>> => {
  const keys = new Map<string, Entry[1]>();
  for (const [key, definition] of entries) {
    if (keys.has(key)) throw new Error(`The context key ${key} would have two meanings.`);
    keys.set(key, definition);
  }
  return Object.fromEntries([...keys].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

const asJson = (document: unknown): string => `${JSON.stringify(document, undefined, 2)}\n`;

/**
 * Writes `ontology/context.jsonld` (JSON-LD 1.1). Keys are local names. It defines no prefix, so
 * every IRI in an answer is whole; a property it does not know still becomes a term of the ontology
 * (`@vocab`) instead of vanishing.
 */
export const contextDocument = ({ classes, properties }: OntologyDescription): string =>
  asJson({
    '@context': {
      '@version': 1.1,
      '@vocab': 'https://w3id.org/isnad/ontology#',
      id: '@id',
      type: { '@id': '@type', '@container': '@set' },
      ...withoutClash([
        ...classes.map(classEntry),
        ...properties.filter(isOnRecords).flatMap(propertyEntries),
      ]),
    },
  });

/**
 * Writes `ontology/frames/record.jsonld`, one frame for every record type: the record at the root,
 * what the graph says of the nodes it points to embedded once, and under the inverse keys what
 * points at it. The caller adds `id`, the record's IRI.
 */
export const frameDocument = ({ properties }: OntologyDescription): string => {
  const keys = properties.flatMap(({ inverseKey }) => inverseKey ?? []);
  return asJson({
    '@context': 'https://w3id.org/isnad/context.jsonld',
    '@embed': '@once',
    '@omitDefault': true,
    ...Object.fromEntries(keys.toSorted().map((key) => [key, { '@omitDefault': true }])),
    production: { '@omitDefault': true, assertions: { '@omitDefault': true } },
  });
};

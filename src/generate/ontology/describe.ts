import type { OntologyGraph } from './read-ontology.ts';

const isnad = 'https://w3id.org/isnad/ontology#';
const rdfs = 'http://www.w3.org/2000/01/rdf-schema#';
const owl = 'http://www.w3.org/2002/07/owl#';
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/** A text in the two languages of the ontology; empty where it is not given. */
interface Bilingual {
  readonly en: string;
  readonly ar: string;
}

export interface TermDescription {
  readonly iri: string;
  /** Local name in the ontology. */
  readonly name: string;
  readonly label: Bilingual;
  readonly comment: Bilingual;
}

export interface ClassDescription extends TermDescription {
  readonly superclasses: readonly string[];
  readonly projectedAs: readonly string[];
  /** Only record types have these two. */
  readonly idSegment: string | undefined;
  readonly collectionName: string | undefined;
}

type PropertyKind = 'object' | 'data' | 'annotation' | 'either';

export interface PropertyDescription extends TermDescription {
  readonly kind: PropertyKind;
  readonly usedOn: readonly string[];
  readonly superproperties: readonly string[];
  readonly projectedAs: readonly string[];
  readonly ranges: readonly string[];
  readonly valueTypes: readonly string[];
  readonly conceptScheme: string | undefined;
  readonly singleValued: boolean;
  readonly isShortcut: boolean;
  readonly derivationRule: Bilingual;
  /** Key in JSON-LD. */
  readonly key: string;
  readonly inverseKey: string | undefined;
  /** The property belongs to another vocabulary and is used on records as it is. */
  readonly isReused: boolean;
}

export interface OntologyDescription {
  readonly version: string;
  readonly classes: readonly ClassDescription[];
  readonly properties: readonly PropertyDescription[];
}

const values = (graph: OntologyGraph, iri: string, property: string): readonly string[] =>
  graph.objects(iri, property).map((term) => term.value);

const bilingual = (graph: OntologyGraph, iri: string, property: string): Bilingual => {
  const inLanguage = (language: string): string =>
    graph
      .objects(iri, property)
      .find((term) => term.termType === 'Literal' && term.language === language)?.value ?? '';
  return { en: inLanguage('en'), ar: inLanguage('ar') };
};

const localName = (iri: string): string =>
  iri.slice(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1);

const describeTerm = (graph: OntologyGraph, iri: string): TermDescription => ({
  iri,
  name: localName(iri),
  label: bilingual(graph, iri, `${rdfs}label`),
  comment: bilingual(graph, iri, `${rdfs}comment`),
});

const describeClass = (graph: OntologyGraph, iri: string): ClassDescription => ({
  ...describeTerm(graph, iri),
  superclasses: values(graph, iri, `${rdfs}subClassOf`),
  projectedAs: values(graph, iri, `${isnad}projectedAs`),
  idSegment: values(graph, iri, `${isnad}idSegment`)[0],
  collectionName: values(graph, iri, `${isnad}collectionName`)[0],
});

const kinds: Readonly<Record<string, PropertyKind>> = {
  [`${owl}ObjectProperty`]: 'object',
  [`${owl}DatatypeProperty`]: 'data',
  [`${owl}AnnotationProperty`]: 'annotation',
  [`${rdf}Property`]: 'either',
};

const kindOf = (graph: OntologyGraph, iri: string): PropertyKind | undefined =>
  values(graph, iri, `${rdf}type`).flatMap((type) => kinds[type] ?? [])[0];

const describeProperty = (
  graph: OntologyGraph,
  iri: string,
  kind: PropertyKind,
): PropertyDescription => ({
  ...describeTerm(graph, iri),
  kind,
  usedOn: values(graph, iri, `${isnad}usedOn`),
  superproperties: values(graph, iri, `${rdfs}subPropertyOf`),
  projectedAs: values(graph, iri, `${isnad}projectedAs`),
  ranges: values(graph, iri, `${rdfs}range`),
  valueTypes: values(graph, iri, `${isnad}valueType`),
  conceptScheme: values(graph, iri, `${isnad}conceptScheme`)[0],
  singleValued: values(graph, iri, `${isnad}singleValued`)[0] === 'true',
  isShortcut: values(graph, iri, `${rdf}type`).includes(`${isnad}ShortcutProperty`),
  derivationRule: bilingual(graph, iri, `${isnad}derivationRule`),
  key: values(graph, iri, `${isnad}jsonKey`)[0] ?? localName(iri),
  inverseKey: values(graph, iri, `${isnad}inverseKey`)[0],
  isReused: !iri.startsWith(isnad),
});

/** Reads the classes and properties out of the parsed `isnad.ttl`, in the order of the file. */
export const describeOntology = (graph: OntologyGraph): OntologyDescription => ({
  version: graph.subjects.flatMap((iri) => values(graph, iri, `${owl}versionInfo`))[0] ?? '',
  classes: graph.subjects
    .filter((iri) => values(graph, iri, `${rdf}type`).includes(`${owl}Class`))
    .map((iri) => describeClass(graph, iri)),
  properties: graph.subjects.flatMap((iri) => {
    const kind = kindOf(graph, iri);
    return kind === undefined ? [] : [describeProperty(graph, iri, kind)];
  }),
});

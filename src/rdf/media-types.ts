/**
 * Every media type the service reads or writes, in one table; of each kind, the first is the default.
 *
 * `kind` says what it can carry: `graph` triples, `dataset` quads, `bindings` the answer of SELECT
 * and ASK. `format` is the short name of `?format=` and of file suffixes in `/doc`.
 */
export const mediaTypes = {
  'text/turtle': { format: 'ttl', kind: 'graph', name: 'Turtle' },
  'application/n-triples': { format: 'nt', kind: 'graph', name: 'N-Triples' },
  'application/rdf+xml': { format: 'rdf', kind: 'graph', name: 'RDF/XML' },
  'application/ld+json': { format: 'jsonld', kind: 'dataset', name: 'JSON-LD' },
  'application/n-quads': { format: 'nq', kind: 'dataset', name: 'N-Quads' },
  'application/trig': { format: 'trig', kind: 'dataset', name: 'TriG' },
  'application/sparql-results+json': { format: 'json', kind: 'bindings', name: 'SPARQL JSON' },
  'application/sparql-results+xml': { format: 'xml', kind: 'bindings', name: 'SPARQL XML' },
  'text/csv': { format: 'csv', kind: 'bindings', name: 'CSV' },
  'text/tab-separated-values': { format: 'tsv', kind: 'bindings', name: 'TSV' },
} as const;

export type MediaType = keyof typeof mediaTypes;
type MediaKind = (typeof mediaTypes)[MediaType]['kind'];

/** The media types of one kind, such as `MediaTypeOf<'bindings'>`. */
type MediaTypeOf<Kind extends MediaKind> = {
  [Type in MediaType]: (typeof mediaTypes)[Type]['kind'] extends Kind ? Type : never;
}[MediaType];

/** What carries RDF: triples or quads. */
export type RdfMediaType = MediaTypeOf<'graph' | 'dataset'>;
/** What carries the answer of SELECT and ASK. */
export type BindingsMediaType = MediaTypeOf<'bindings'>;

const isMediaType = (text: string): text is MediaType => Object.hasOwn(mediaTypes, text);

const everyMediaType = Object.keys(mediaTypes).filter(isMediaType);

/** The media types that carry RDF, the default first. */
export const rdfMediaTypes = everyMediaType.filter(
  (type): type is RdfMediaType => mediaTypes[type].kind !== 'bindings',
);

/** The media types that carry the answer of SELECT and ASK, the default first. */
export const bindingsMediaTypes = everyMediaType.filter(
  (type): type is BindingsMediaType => mediaTypes[type].kind === 'bindings',
);

/** Further names under which clients ask for a type; the answer then bears the name asked for. */
const rdfAliases: Readonly<Record<string, RdfMediaType>> = {
  'application/json': 'application/ld+json',
  'application/xml': 'application/rdf+xml',
  'text/xml': 'application/rdf+xml',
  'text/plain': 'application/n-triples',
  'application/x-turtle': 'text/turtle',
};
const bindingsAliases: Readonly<Record<string, BindingsMediaType>> = {
  'application/json': 'application/sparql-results+json',
  'application/xml': 'application/sparql-results+xml',
  'text/xml': 'application/sparql-results+xml',
  'text/plain': 'text/tab-separated-values',
};

/** One thing that can be had: the name it is asked for by, and the type that is meant. */
export interface Offer<Type extends MediaType = MediaType> {
  readonly accept: string;
  readonly mediaType: Type;
}

const offers = <Type extends MediaType>(
  types: readonly Type[],
  aliases: Readonly<Record<string, Type>>,
): readonly Offer<Type>[] => [
  ...types.map((type) => ({ accept: type, mediaType: type })),
  ...Object.entries(aliases).map(([accept, mediaType]) => ({ accept, mediaType })),
];

/** What RDF can be had as, in the order of preference of the service. */
export const rdfOffers = offers(rdfMediaTypes, rdfAliases);
/** What the answer of SELECT and ASK can be had as, in the order of preference of the service. */
export const bindingsOffers = offers(bindingsMediaTypes, bindingsAliases);

const formatNames: Readonly<Record<string, readonly MediaType[]>> = {
  turtle: ['text/turtle'],
  ntriples: ['application/n-triples'],
  nquads: ['application/n-quads'],
  'json-ld': ['application/ld+json'],
  rdfxml: ['application/rdf+xml'],
  'rdf/xml': ['application/rdf+xml'],
  json: ['application/sparql-results+json', 'application/ld+json'],
  xml: ['application/sparql-results+xml', 'application/rdf+xml'],
};

/**
 * The media type meant by a value of `?format=`, or by a file suffix: a short name (`ttl`, `json`) or
 * a media type in full. `json` and `xml` mean what fits among `allowed`.
 */
export const mediaTypeByFormat = <Type extends MediaType>(
  format: string,
  allowed: readonly Type[],
): Type | undefined => {
  const wanted = format.toLowerCase();
  const named = Object.hasOwn(formatNames, wanted) ? formatNames[wanted] : [wanted];
  return allowed.find(
    (type) => mediaTypes[type].format === wanted || named?.includes(type) === true,
  );
};

/**
 * The media type of a `Content-Type` header, without its parameters, when it is one of `allowed`.
 */
export const mediaTypeOfHeader = <Type extends MediaType>(
  header: string | undefined,
  allowed: readonly Type[],
): Type | undefined => {
  const essence = header?.split(';')[0]?.trim().toLowerCase();
  return allowed.find((type) => type === essence);
};

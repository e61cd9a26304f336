import type { Iris } from '../../model/iris.ts';
import { formats, rdf, sd, voidTerms } from '../../model/terms.ts';
import type { MediaType } from '../../rdf/media-types.ts';
import { integerLiteral, namedNode, quad } from '../../rdf/terms.ts';
import type { Quad, QuadObject } from '../../rdf/terms.ts';
import type { GraphSummary } from '../../store/store.ts';

/** The W3C's name of each format (https://www.w3.org/ns/formats/). */
const formatIris: Readonly<Record<MediaType, string>> = {
  'text/turtle': formats.Turtle,
  'application/n-triples': formats['N-Triples'],
  'application/rdf+xml': formats.RDF_XML,
  'application/ld+json': formats['JSON-LD'],
  'application/n-quads': formats['N-Quads'],
  'application/trig': formats.TriG,
  'application/sparql-results+json': formats.SPARQL_Results_JSON,
  'application/sparql-results+xml': formats.SPARQL_Results_XML,
  'text/csv': formats.SPARQL_Results_CSV,
  'text/tab-separated-values': formats.SPARQL_Results_TSV,
};

const state = (subject: string, property: string, object: QuadObject): Quad =>
  quad(namedNode(subject), namedNode(property), object);

const namedGraph = (dataset: string, { graph, quads }: GraphSummary, index: number): Quad[] => {
  const named = `${dataset}-graph-${index + 1}`;
  return [
    state(dataset, sd.namedGraph, namedNode(named)),
    state(named, rdf.type, namedNode(sd.NamedGraph)),
    state(named, sd.name, namedNode(graph)),
    state(named, sd.graph, namedNode(`${named}-content`)),
    state(`${named}-content`, rdf.type, namedNode(sd.Graph)),
    state(`${named}-content`, voidTerms.triples, integerLiteral(quads)),
  ];
};

export interface EndpointFacts {
  readonly iris: Pick<Iris, 'base'>;
  readonly defaultGraph: 'union' | 'standard';
  readonly graphs: readonly GraphSummary[];
}

/** What the endpoint is and holds, as SPARQL 1.1 Service Description. */
export const describeEndpoint = ({ iris, defaultGraph, graphs }: EndpointFacts): Quad[] => {
  const endpoint = `${iris.base}sparql`;
  const service = `${endpoint}#service`;
  const dataset = `${endpoint}#dataset`;
  const union = [state(service, sd.feature, namedNode(sd.UnionDefaultGraph))];
  return [
    state(service, rdf.type, namedNode(sd.Service)),
    state(service, sd.endpoint, namedNode(endpoint)),
    state(service, sd.supportedLanguage, namedNode(sd.SPARQL11Query)),
    state(service, sd.feature, namedNode(sd.EmptyGraphs)),
    ...(defaultGraph === 'union' ? union : []),
    ...Object.values(formatIris).map((iri) => state(service, sd.resultFormat, namedNode(iri))),
    state(service, sd.defaultDataset, namedNode(dataset)),
    state(dataset, rdf.type, namedNode(sd.Dataset)),
    state(dataset, sd.defaultGraph, namedNode(`${dataset}-default-graph`)),
    state(`${dataset}-default-graph`, rdf.type, namedNode(sd.Graph)),
    ...graphs
      .filter(({ graph }) => graph !== '')
      .flatMap((each, index) => namedGraph(dataset, each, index)),
  ];
};

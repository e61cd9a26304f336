import { Writer } from 'n3';
import { prefixes, rdf } from '../model/terms.ts';
import { writeJsonLd } from './json-ld/write.ts';
import type { RdfMediaType } from './media-types.ts';
import { quadLine } from './nquads.ts';
import { defaultGraph, inGraph } from './terms.ts';
import type { Quad } from './terms.ts';
import { writeRdfXml } from './xml/write.ts';

/** Quads by graph and subject, each in the order of first mention, with the type of a subject first. */
const grouped = (quads: readonly Quad[]): readonly (readonly Quad[])[] => {
  const subjects = Map.groupBy(quads, ({ subject, graph }) =>
    [graph, subject].map(({ termType, value }) => `${termType} ${value}`).join(' '),
  );
  return [...subjects.values()].map((own) => {
    const predicates = Map.groupBy(own, ({ predicate }) => predicate.value);
    const types = predicates.get(rdf.type) ?? [];
    predicates.delete(rdf.type);
    return [...types, ...[...predicates.values()].flat()];
  });
};

const withoutRepeats = (quads: readonly Quad[]): Quad[] => [
  ...new Map(quads.map((each) => [quadLine(each), each])).values(),
];

const triples = (quads: readonly Quad[]): Quad[] => withoutRepeats(inGraph(quads, defaultGraph()));

/** The prefixes of the service that some IRI of the quads can use. */
const usedPrefixes = (quads: readonly Quad[]): Record<string, string> => {
  const iris = new Set<string>();
  for (const { subject, predicate, object, graph } of quads) {
    for (const term of [subject, predicate, object, graph])
      if (term.termType === 'NamedNode') iris.add(term.value);
    if (object.termType === 'Literal') iris.add(object.datatype.value);
  }
  const all = [...iris];
  return Object.fromEntries(
    Object.entries(prefixes).filter(([, namespace]) =>
      all.some((iri) => iri.startsWith(namespace)),
    ),
  );
};

const write = (quads: readonly Quad[], format: 'text/turtle' | 'application/trig'): string => {
  const writer = new Writer({ format, prefixes: usedPrefixes(quads) });
  const byGraph = Map.groupBy(quads, ({ graph }) => graph.value);
  for (const inOneGraph of byGraph.values())
    for (const own of grouped(inOneGraph)) writer.addQuads([...own]);
  let text = '';
  // The writer calls back at once, as nothing of it waits.
  writer.end((error, result: string) => {
    if (error) throw error;
    text = result;
  });
  return text;
};

const lines = (quads: readonly Quad[]): string =>
  quads.map((each) => `${quadLine(each)}\n`).join('');

const writers: Readonly<
  Record<RdfMediaType, (quads: readonly Quad[]) => string | Promise<string>>
> = {
  'text/turtle': (quads) => write(triples(quads), 'text/turtle'),
  'application/n-triples': (quads) => lines(triples(quads)),
  'application/rdf+xml': (quads) => writeRdfXml(grouped(triples(quads))),
  'application/ld+json': (quads) => writeJsonLd(withoutRepeats(quads)),
  'application/n-quads': (quads) => lines(withoutRepeats(quads)),
  'application/trig': (quads) => write(withoutRepeats(quads), 'application/trig'),
};

/**
 * Quads as text: Turtle and TriG with the prefixes of the service, grouped by subject; JSON-LD
 * expanded (see `frame.ts` for JSON-LD that people read). Formats without graphs leave the graphs
 * out, and so say a triple of two graphs once.
 *
 * @throws IsnadError `not-acceptable` for what RDF/XML has no way to say
 */
export const serialise = async (quads: readonly Quad[], mediaType: RdfMediaType): Promise<string> =>
  writers[mediaType](quads);

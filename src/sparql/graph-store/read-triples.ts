import { readFileSync } from 'node:fs';
import path from 'node:path';
import { IsnadError } from '../../errors.ts';
import { createIris } from '../../model/iris.ts';
import { shared } from '../../model/terms.ts';
import { canonicalNQuads } from '../../rdf/canonical.ts';
import type { RdfMediaType } from '../../rdf/media-types.ts';
import { mintBlankNodes } from '../../rdf/name-blank-nodes.ts';
import { parseRdf } from '../../rdf/parse.ts';
import { defaultGraph, inGraph, namedNode, type Quad } from '../../rdf/terms.ts';

/** One document: its text, and the format it is in. */
export interface DocumentPart {
  readonly mediaType: RdfMediaType;
  readonly bytes: Uint8Array;
}

/** Documents whose triples go into one graph. */
export interface TriplesTask {
  readonly parts: readonly DocumentPart[];
  /** The empty name is the default graph. */
  readonly graph: string;
  /** Base IRI of the installation, to which relative IRIs of the default graph are resolved. */
  readonly baseIri: string;
}

const ontology = path.join(import.meta.dirname, '../../../ontology');

/** The service's own JSON-LD context, under both of its names. */
const ownContexts = (baseIri: string): Map<string, unknown> => {
  const context: unknown = JSON.parse(readFileSync(path.join(ontology, 'context.jsonld'), 'utf8'));
  return new Map([
    [shared.context, context],
    [`${createIris(baseIri).base}context.jsonld`, context],
  ]);
};

const ofOneGraph = (quads: readonly Quad[], graph: string): Quad[] => {
  const other = quads.find(({ graph: { value } }) => value !== '' && value !== graph);
  if (other)
    throw new IsnadError(
      'rdf-syntax',
      `The document names the graph ${other.graph.value.slice(0, 400)}; here it can hold the triples of one graph only.`,
    );
  return inGraph(quads, graph === '' ? defaultGraph() : namedNode(graph));
};

/**
 * The triples of documents as canonical N-Quads of one graph. Blank nodes get labels that were never used;
 * those of one document are not those of another. It blocks: `triples-reader.ts` runs it in a worker.
 *
 * @throws IsnadError `rdf-syntax` with the line, `remote-context`, `delivery-unsafe`
 */
export const readTriples = async ({
  parts,
  graph,
  baseIri,
}: TriplesTask): Promise<Uint8Array<ArrayBuffer>> => {
  const all: Quad[] = [];
  for (const { mediaType, bytes } of parts) {
    const contexts = mediaType === 'application/ld+json' ? ownContexts(baseIri) : new Map();
    const base = graph === '' ? baseIri : graph;
    const quads = await parseRdf(bytes, { mediaType, baseIri: base, contexts });
    for (const quad of ofOneGraph(mintBlankNodes(quads), graph)) all.push(quad);
  }
  return new Uint8Array(canonicalNQuads(all));
};

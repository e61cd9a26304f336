import { Parser } from 'n3';
import { IsnadError, isIsnadError } from '../errors.ts';
import type { Contexts } from './json-ld/loader.ts';
import { readJsonLd } from './json-ld/read.ts';
import type { RdfMediaType } from './media-types.ts';
import { relabelBlankNodes } from './name-blank-nodes.ts';
import { toSyntaxError } from './syntax-error.ts';
import { inGraph, namedNode } from './terms.ts';
import type { Quad } from './terms.ts';
import { readRdfXml } from './xml/read.ts';

export interface ParseOptions {
  readonly mediaType: RdfMediaType;
  /** Absolute IRI against which relative IRIs are resolved. */
  readonly baseIri: string;
  /** IRI of the graph into which triples outside any graph go; by default the default graph. */
  readonly graph?: string;
  /** JSON-LD contexts that the text may name by IRI; every other one is `remote-context`. */
  readonly contexts?: Contexts;
  /** Name of the file, shown in errors. */
  readonly file?: string;
}

const n3Formats = {
  'text/turtle': 'Turtle',
  'application/n-triples': 'N-Triples',
  'application/n-quads': 'N-Quads',
  'application/trig': 'TriG',
} as const satisfies Partial<Record<RdfMediaType, string>>;

const readWithN3 = (text: string, format: string, baseIri: string): Quad[] => {
  try {
    return new Parser({ format, baseIRI: baseIri, blankNodePrefix: '_:' }).parse(text);
  } catch (error) {
    throw toSyntaxError(error, format);
  }
};

const decode = (input: string | Uint8Array): string => {
  if (typeof input === 'string') return input;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input);
  } catch (error) {
    throw new IsnadError('rdf-syntax', 'The text is not UTF-8.', { cause: error });
  }
};

const read = async (text: string, options: ParseOptions): Promise<Quad[]> => {
  const { mediaType, baseIri } = options;
  if (mediaType === 'application/ld+json')
    return readJsonLd(text, baseIri, options.contexts ?? new Map());
  if (mediaType === 'application/rdf+xml') return readRdfXml(text, baseIri);
  return readWithN3(text, n3Formats[mediaType], baseIri);
};

/** Adds the file's name to an error's position. */
const inFile = (error: unknown, file: string | undefined): unknown =>
  isIsnadError(error) && file !== undefined
    ? new IsnadError(error.code, `${file}: ${error.message}`, {
        cause: error,
        extra: error.extra,
        position: { ...error.position, file },
      })
    : error;

/**
 * Reads RDF in any format of the service. Blank nodes are labelled `b1`, `b2`, … in the order of
 * first mention, so reading a text twice gives the same quads. It blocks while it reads: callers that
 * serve requests run it in a worker.
 *
 * @throws IsnadError `rdf-syntax` with the line (and column where known), `remote-context`,
 *   `delivery-unsafe`
 */
export const parseRdf = async (
  input: string | Uint8Array,
  options: ParseOptions,
): Promise<Quad[]> => {
  try {
    const quads = relabelBlankNodes(await read(decode(input), options));
    if (options.graph === undefined) return quads;
    const graph = namedNode(options.graph);
    return quads.map((each) =>
      each.graph.termType === 'DefaultGraph' ? (inGraph([each], graph)[0] ?? each) : each,
    );
  } catch (error) {
    throw inFile(error, options.file);
  }
};

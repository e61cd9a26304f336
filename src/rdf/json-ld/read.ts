import { IsnadError } from '../../errors.ts';
import { blankNode, defaultGraph, literal, namedNode, quad, typedLiteral } from '../terms.ts';
import type { BlankNode, NamedNode, Quad, QuadGraph, QuadObject } from '../terms.ts';
import { closedLoader, type Contexts, toJsonLdError } from './loader.ts';
import { jsonLdProcessor } from './processor.ts';

const depthMax = 256;

/** jsonld's own form of a term, which has no methods. */
interface PlainTerm {
  readonly termType: string;
  readonly value: string;
  readonly language?: string;
  readonly datatype?: { readonly value: string };
}
interface PlainQuad {
  readonly subject: PlainTerm;
  readonly predicate: PlainTerm;
  readonly object: PlainTerm;
  readonly graph: PlainTerm;
}

const isDataset = (value: unknown): value is readonly PlainQuad[] => Array.isArray(value);

const toNode = ({ termType, value }: PlainTerm): NamedNode | BlankNode =>
  termType === 'BlankNode' ? blankNode(value.replace(/^_:/, '')) : namedNode(value);

const toObject = (term: PlainTerm): QuadObject => {
  if (term.termType !== 'Literal') return toNode(term);
  if (term.language) return literal(term.value, term.language);
  return term.datatype ? typedLiteral(term.value, term.datatype.value) : literal(term.value);
};

const toGraph = (term: PlainTerm): QuadGraph =>
  term.termType === 'DefaultGraph' ? defaultGraph() : toNode(term);

/** How deep arrays and objects are nested, counted without recursion. */
const isTooDeep = (document: unknown): boolean => {
  let level: unknown[] = [document];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthMax) return true;
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [],
    );
  }
  return false;
};

/**
 * Where JSON text breaks: V8 tells the place only in its message, and not always.
 */
const jsonPosition = (
  text: string,
  message: string,
): { line: number; column: number } | undefined => {
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return undefined;
  const lines = text.slice(0, Number(offset)).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};

const parseJson = (text: string): object => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = jsonPosition(text, message);
    throw new IsnadError('rdf-syntax', `Not valid JSON: ${message}`, {
      cause: error,
      ...(position ? { position } : {}),
    });
  }
  if (typeof document !== 'object' || document === null)
    throw new IsnadError('rdf-syntax', 'Not valid JSON-LD: it is neither an object nor an array.');
  if (isTooDeep(document))
    throw new IsnadError('rdf-syntax', `Not valid JSON-LD: it is nested deeper than ${depthMax}.`);
  return document;
};

/**
 * Reads JSON-LD 1.1. What would be lost (keys outside the context, relative types) is an error.
 *
 * @throws IsnadError `rdf-syntax`, `remote-context` for a context that is not in `contexts`
 */
export const readJsonLd = async (
  text: string,
  baseIri: string,
  contexts: Contexts,
): Promise<Quad[]> => {
  const document = parseJson(text);
  try {
    // The types of the package know neither safe mode nor the dataset it gives without a format.
    const options: object = { base: baseIri, documentLoader: closedLoader(contexts), safe: true };
    const jsonld = await jsonLdProcessor();
    const dataset: unknown = await jsonld.toRDF(document, options);
    if (!isDataset(dataset)) throw new Error('jsonld gave no dataset.');
    return dataset.map(({ subject, predicate, object, graph }) =>
      quad(toNode(subject), namedNode(predicate.value), toObject(object), toGraph(graph)),
    );
  } catch (error) {
    throw toJsonLdError(error);
  }
};

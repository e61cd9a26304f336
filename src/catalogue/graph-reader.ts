import { IsnadError } from '../errors.ts';
import { termText } from '../rdf/nquads.ts';
import { blankNode, literal, namedNode, typedLiteral, type Term } from '../rdf/terms.ts';
import type { Store } from '../store/store.ts';

/** One solution of a SELECT query, by variable. */
export type Solution = Readonly<Partial<Record<string, Term>>>;

/** Reads the union of all public graphs for one answer. */
export interface GraphReader {
  readonly select: (query: string) => Promise<readonly Solution[]>;
}

/** How long one reading may take, and how much it may be. */
export interface ReadingLimits {
  readonly queryTimeoutMs: number;
  readonly resultBytesMax: number;
  readonly baseIri: string;
}

const attemptsMax = 5;

/**
 * Does `work` with a reader all of whose queries see the same commit: where a commit came in between,
 * the work is done again.
 *
 * @throws IsnadError `store-busy` when commits kept coming in between, or what the store threw
 */
export const readAtOneCommit = async <Result>(
  store: Store,
  limits: ReadingLimits,
  work: (reader: GraphReader) => Promise<Result>,
  signal?: AbortSignal,
): Promise<{ readonly result: Result; readonly commit: number }> => {
  const deadlineAt = Date.now() + limits.queryTimeoutMs;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const commits = new Set<number>();
    const select = async (query: string): Promise<readonly Solution[]> => {
      const { body, commit } = await store.query({
        query,
        mediaType: 'application/sparql-results+json',
        defaultGraph: 'union',
        baseIri: limits.baseIri,
        deadlineAt,
        resultBytesMax: limits.resultBytesMax,
        ...(signal === undefined ? {} : { signal }),
      });
      commits.add(commit);
      return solutionsOf(body);
    };
    const result = await work({ select });
    const [commit = store.head().sequence] = commits;
    if (commits.size <= 1) return { result, commit };
  }
  throw new IsnadError('store-busy', 'The data kept changing while it was being read.');
};

/**
 * A `VALUES` clause that binds a variable to each of the IRIs.
 *
 * @throws IsnadError `query-failed` for text that is no IRI and could end the clause
 */
export const valuesOf = (variable: string, iris: Iterable<string>): string => {
  const terms = [...iris].map((iri) => {
    if (notInIris.test(iri)) throw new IsnadError('query-failed', 'A name here is not an IRI.');
    return termText(namedNode(iri));
  });
  return `VALUES ?${variable} { ${terms.join(' ')} }`;
};

/** What the grammar of SPARQL keeps out of an IRI. */
// oxlint-disable-next-line no-control-regex -- control characters are among them
const notInIris = /[\u0000-\u0020<>"{}|^`\\]/;

interface JsonTerm {
  readonly type: 'uri' | 'literal' | 'bnode';
  readonly value: string;
  readonly datatype?: string;
  readonly 'xml:lang'?: string;
}

interface JsonResults {
  readonly results: { readonly bindings: readonly Readonly<Record<string, JsonTerm>>[] };
}

const solutionsOf = (body: Uint8Array): Solution[] => {
  const { results } = JSON.parse(new TextDecoder().decode(body)) as JsonResults;
  return results.bindings.map((binding) =>
    Object.fromEntries(Object.entries(binding).map(([name, term]) => [name, termOf(term)])),
  );
};

const termOf = (term: JsonTerm): Term => {
  if (term.type === 'uri') return namedNode(term.value);
  if (term.type === 'bnode') return blankNode(term.value);
  if (term['xml:lang'] !== undefined) return literal(term.value, term['xml:lang']);
  return term.datatype === undefined
    ? literal(term.value)
    : typedLiteral(term.value, term.datatype);
};

import { IsnadError } from '../../../errors.ts';
import { xsd } from '../../../model/terms.ts';
import { canonicalTermText } from '../../../rdf/canonical.ts';
import { blankNode, literal, namedNode, type Term, typedLiteral } from '../../../rdf/terms.ts';
import { judgeEngineError } from '../engine-error.ts';

/** One solution: the terms of its variables, as N-Quads text in their stored form. */
export type Solution = ReadonlyMap<string, string>;

/** A term in SPARQL 1.1 Query Results JSON. */
interface JsonTerm {
  readonly type: string;
  readonly value: string;
  readonly datatype?: string;
  readonly 'xml:lang'?: string;
}

interface JsonResults {
  readonly results: { readonly bindings: readonly Readonly<Record<string, JsonTerm>>[] };
}

const toTerm = ({ type, value, datatype, 'xml:lang': language }: JsonTerm): Term => {
  if (type === 'uri') return namedNode(value);
  if (type === 'bnode') return blankNode(value);
  if (language !== undefined) return literal(value, language);
  return typedLiteral(value, datatype ?? xsd.string);
};

/** Runs a SELECT and gives its answer as SPARQL JSON. */
export type RunSelect = () => unknown;

/**
 * The solutions of a SELECT, read from its answer as text: as objects of the engine they would take
 * several times the memory.
 *
 * @throws IsnadError `store-full` for more solutions than fit into one text; what the engine throws
 */
export const solutionsOf = function* solutionsOf(run: RunSelect): Generator<Solution> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the engine's own JSON
  const { results } = JSON.parse(answerOf(run)) as JsonResults;
  for (const binding of results.bindings) {
    const solution = new Map<string, string>();
    for (const [name, term] of Object.entries(binding))
      solution.set(name, canonicalTermText(toTerm(term)));
    yield solution;
  }
};

const answerOf = (run: RunSelect): string => {
  try {
    const answer = run();
    if (typeof answer === 'string') return answer;
  } catch (thrown) {
    const { error, poisoned } = judgeEngineError(thrown);
    if (poisoned || error.code !== 'result-too-large') throw thrown;
    throw new IsnadError('store-full', 'The update finds more than can be held at once.', {
      cause: thrown,
    });
  }
  throw new IsnadError('internal', 'The engine gave no text.');
};

import { IsnadError } from '../errors.ts';
import type { MediaType } from '../rdf/media-types.ts';
import type { TaggedText } from '../search/tagged-text.ts';
import { answerQuery } from '../sparql/answer.ts';
import type { Asker } from '../turns.ts';
import type { QueryServices } from '../sparql/query-services.ts';
import type { QueryAnswer } from '../store/store.ts';
import { readAtOneCommit, type ReadingLimits, type Solution } from './graph-reader.ts';
import { labelsOf } from './labels-of.ts';
import { listConcepts } from './list-concepts.ts';
import type { NamedQuery } from './named-query.ts';
import { fillParameters, type FilledParameters, type GivenValues } from './named-query-values.ts';

/** A question that is ready to be asked. */
export interface PreparedQuery extends FilledParameters {
  readonly question: NamedQuery;
  /** The query's text with the values bound; comments are gone. */
  readonly sparql: string;
}

/**
 * Checks the parameters of a question and binds them as RDF terms: whatever a value holds, it stays
 * one term.
 *
 * @throws IsnadError `invalid-parameter` and `verse-reference` as `fillParameters`, and
 *   `invalid-parameter` for a concept the vocabularies do not have, naming those of its scheme
 */
export const prepareNamedQuery = async (
  services: QueryServices,
  question: NamedQuery,
  given: GivenValues,
): Promise<PreparedQuery> => {
  const filled = fillParameters(question, given);
  for (const { name, kind } of question.parameters) {
    const value = filled.values[name];
    if (kind === 'concept' && value !== undefined) await refuseUnknown(services, name, value);
  }
  // The grammar is loaded with the first question, not with the service.
  const { bindTerms } = await import('../sparql/bind.ts');
  return { question, ...filled, sparql: bindTerms(question.text, filled.bindings) };
};

const refuseUnknown = async (
  services: QueryServices,
  parameter: string,
  concept: string,
): Promise<void> => {
  const concepts = await listConcepts(services.store, limitsOf(services));
  if (concepts.has(concept)) return;
  const scheme = concept.slice(0, concept.indexOf('/') + 1);
  throw new IsnadError(
    'invalid-parameter',
    `${parameter} is “${concept.slice(0, 80)}”, and there is no such concept.`,
    {
      extra: { parameter, allowed: [...concepts.keys()].filter((path) => path.startsWith(scheme)) },
    },
  );
};

const limitsOf = ({ settings, iris }: QueryServices): ReadingLimits => ({
  queryTimeoutMs: settings.queryTimeoutMs,
  resultBytesMax: settings.resultBytesMax,
  baseIri: iris.base,
});

export interface AskingOptions extends Asker {
  /** A media type of SELECT answers; SPARQL JSON by default. */
  readonly mediaType?: MediaType;
  /** When the answer is due, in milliseconds of `Date.now()`; by default `queryTimeoutMs` from now. */
  readonly deadlineAt?: number;
}

/**
 * Answers a prepared question in a media type of `/sparql`, at one commit. The questions ask about
 * everything public, also where `/sparql` is set to see the default graph only.
 *
 * @throws IsnadError as `answerQuery`
 */
export const runNamedQuery = (
  services: QueryServices,
  { sparql }: PreparedQuery,
  options: AskingOptions,
): Promise<QueryAnswer> =>
  answerQuery(
    { ...services, settings: { ...services.settings, defaultGraph: 'union' } },
    { text: sparql, ...options },
  );

/** The answer of a question for people. */
export interface NamedQueryAnswer {
  /** The first rows, `shownRowsMax` at most. */
  readonly rows: readonly Solution[];
  readonly rowCount: number;
  /** Labels in every language of the things in these rows. */
  readonly labels: ReadonlyMap<string, readonly TaggedText[]>;
  /** Sequence of the commit the answer was computed at. */
  readonly commit: number;
}

/** Rows a page shows; all of them can be downloaded. */
const shownRowsMax = 500;

/**
 * Answers a prepared question with what its page needs to name the things in it, at one commit.
 *
 * @throws IsnadError as `readAtOneCommit`
 */
export const readNamedQuery = async (
  services: QueryServices,
  { sparql }: PreparedQuery,
  asker: Asker,
): Promise<NamedQueryAnswer> => {
  const { result, commit } = await readAtOneCommit(
    services.store,
    limitsOf(services),
    async (reader) => {
      const all = await reader.select(sparql);
      const rows = all.slice(0, shownRowsMax);
      return { rows, rowCount: all.length, labels: await labelsOf(reader, irisIn(rows)) };
    },
    asker,
  );
  return { ...result, commit };
};

const irisIn = (rows: readonly Solution[]): Set<string> =>
  new Set(
    rows.flatMap((row) =>
      Object.values(row).flatMap((term) => {
        if (term === undefined) return [];
        return term.termType === 'NamedNode' ? [term.value] : addressesIn(term.value);
      }),
    ),
  );

/**
 * The addresses a text consists of, as a question gives them that lists several datasets in one cell;
 * nothing for any other text.
 */
export const addressesIn = (text: string): string[] => {
  const parts = text.split(' ');
  return parts.every((part) => /^https?:\/\/[^<>"{}|^`\\]+$/.test(part)) ? parts : [];
};

/** The concepts a parameter may name, with their labels; nothing for parameters of other kinds. */
export const choicesOf = async (
  services: QueryServices,
  { kind, default: fallback }: NamedQuery['parameters'][number],
): Promise<readonly { readonly path: string; readonly labels: readonly TaggedText[] }[]> => {
  if (kind !== 'concept') return [];
  const scheme = fallback.slice(0, fallback.indexOf('/') + 1);
  const concepts = await listConcepts(services.store, limitsOf(services));
  return [...concepts]
    .filter(([path]) => path.startsWith(scheme))
    .map(([path, labels]) => ({ path, labels }));
};

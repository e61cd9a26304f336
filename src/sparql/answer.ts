import { IsnadError } from '../errors.ts';
import {
  bindingsMediaTypes,
  type MediaType,
  mediaTypes,
  rdfMediaTypes,
} from '../rdf/media-types.ts';
import type { QueryAnswer, QueryRequest } from '../store/store.ts';
import type { QueryAnalysis, QueryForm } from './analyse.ts';
import { QueryAnalyser } from './analysis-client.ts';
import { askedBy } from './asker.ts';
import type { Asker, Turn } from '../turns.ts';
import { engineExecutor, execute } from './executors.ts';
import type { QueryServices } from './query-services.ts';

export interface AnswerRequest extends Asker {
  /** SPARQL 1.1 query text from anybody. */
  readonly text: string;
  /** The analysis of the text, where the caller has it already. */
  readonly analysis?: QueryAnalysis | undefined;
  /** Must fit the query's form; by default SPARQL JSON for SELECT and ASK, Turtle for the others. */
  readonly mediaType?: MediaType | undefined;
  /** Graphs of the protocol's default-graph-uri and named-graph-uri, which replace FROM. */
  readonly graphs?: QueryRequest['graphs'] | undefined;
  /** When the answer is due, in milliseconds of `Date.now()`; by default `queryTimeoutMs` from now. */
  readonly deadlineAt?: number | undefined;
}

/** One worker for the process; it starts with the first query. */
export const analyser = new QueryAnalyser();

/**
 * Analyses a query in a worker: its form, whether its answer may be kept.
 *
 * @throws IsnadError `query-syntax` with line and column, `query-unsupported` naming the feature,
 *   `query-timeout`, `client-busy`, `store-busy`
 */
export const analyse = (
  { iris }: QueryServices,
  text: string,
  turn?: Turn,
): Promise<QueryAnalysis> => analyser.analyse(text, iris.base, turn);

/**
 * Starts the worker that analyses queries, so that the first question need not wait for it. That it
 * cannot be started is told to the first who asks.
 */
export const warmAnalysis = async (baseIri: string): Promise<void> => {
  await analyser.analyse('ASK {}', baseIri).catch(() => undefined);
};

/** The media types an answer of this form can have, the default first. */
export const mediaTypesOf = (form: QueryForm): readonly MediaType[] =>
  form === 'select' || form === 'ask' ? bindingsMediaTypes : rdfMediaTypes;

const fittingType = (form: QueryForm, wanted: MediaType | undefined): MediaType => {
  const allowed = mediaTypesOf(form);
  const [fallback] = allowed;
  const chosen = wanted ?? fallback;
  if (chosen !== undefined && allowed.includes(chosen)) return chosen;
  const name = wanted === undefined ? 'This' : mediaTypes[wanted].name;
  throw new IsnadError(
    'not-acceptable',
    `${name} cannot carry the answer of ${form.toUpperCase()}.`,
    {
      extra: { available: allowed },
    },
  );
};

/**
 * Answers a query at one commit: analyses it, then gives it to the first executor that takes it.
 * HTTP, the command line and the catalogue all ask through here.
 *
 * @throws IsnadError `query-syntax`, `query-unsupported`, `query-failed`, `query-timeout`,
 *   `query-quarantined`, `not-acceptable`, `result-too-large`, `client-busy`, `store-busy`
 */
export const answerQuery = async (
  services: QueryServices,
  { text, mediaType, deadlineAt, ...given }: AnswerRequest,
): Promise<QueryAnswer> => {
  const { store, iris, settings, results } = services;
  const dueAt = deadlineAt ?? Date.now() + settings.queryTimeoutMs;
  const turn = { ...askedBy(given), deadlineAt: dueAt };
  const analysis = given.analysis ?? (await analyse(services, text, turn));
  given.signal?.throwIfAborted();
  const graphs = given.graphs ?? analysis.dataset;
  const request: QueryRequest = {
    query: analysis.text,
    mediaType: fittingType(analysis.form, mediaType),
    defaultGraph: settings.defaultGraph,
    baseIri: iris.base,
    deadlineAt: dueAt,
    resultBytesMax: settings.resultBytesMax,
    ...(graphs ? { graphs } : {}),
    ...(analysis.once ? { once: analysis.once } : {}),
    shape: analysis.shape,
    ...askedBy(given),
  };
  const engine = engineExecutor(store, () => analyser.putOnce(text, iris.base, turn));
  const first = results?.inFrontOf(engine, () => store.head().sequence) ?? engine;
  return execute([first], { analysis, request });
};

import { IsnadError } from '../errors.ts';
import { writeOutEscapes } from './escapes.ts';
import { checkLength, checkLimits } from './limits.ts';
import { parseSparql, type Query, type Update } from './parser.ts';
import type { QueryRequest, QueryShape } from '../store/store.ts';
import { countsAnywhere, onceTexts } from './once/rewrite.ts';
import { shapeOf } from './shape.ts';
import { walk } from './syntax-tree.ts';
import { findWord, placeOf, type Token, tokensOf } from './tokens.ts';
import { Names } from './update/names.ts';

export type QueryForm = 'select' | 'ask' | 'construct' | 'describe';

/** What is known of a query before it runs. */
export interface QueryAnalysis {
  /** The query as the engine gets it: code-point escapes written out. */
  readonly text: string;
  readonly form: QueryForm;
  /** The graphs it chooses itself by FROM, if it does. */
  readonly dataset: QueryRequest['graphs'];
  /** Whether asking again may give another answer: RAND, NOW, UUID, BNODE, fresh blank nodes. */
  readonly isRepeatable: boolean;
  /**
   * How it is put where a triple in several graphs must be counted once (`once/rewrite.ts`); few stores
   * need that of a query that names no graphs, so then it is worked out only when asked for.
   */
  readonly once: QueryRequest['once'];
  /** What is left of it without spelling and names, and whether it is likely to be long. */
  readonly shape: QueryShape;
}

const freshOperators = new Set(['rand', 'now', 'uuid', 'struuid', 'bnode']);

/** @throws IsnadError `query-unsupported` naming the feature and its place */
export const unsupported = (
  feature: string,
  why: string,
  text: string,
  token: Token | undefined,
): never => {
  throw new IsnadError('query-unsupported', `${feature} is not offered here: ${why}`, {
    extra: { feature },
    ...(token ? { position: placeOf(text, token.offset) } : {}),
  });
};

const updateNames: Readonly<Record<string, string>> = {
  insertdata: 'INSERT DATA',
  deletedata: 'DELETE DATA',
  deletewhere: 'DELETE WHERE',
  modify: 'DELETE/INSERT',
};

/** An update on the query path is named, and nothing of it is done. */
const refuseUpdate = ({ updates }: Update, text: string, tokens: readonly Token[]): never => {
  const subType = updates.find(({ operation }) => operation)?.operation?.subType;
  const feature =
    subType === undefined ? undefined : (updateNames[subType] ?? subType.toUpperCase());
  const detail =
    feature === undefined
      ? 'There is no query in the text.'
      : `This is an update (${feature}), and only queries are answered here. Nothing was changed.`;
  const [word = ''] = feature?.split(/[ /]/) ?? [];
  const place = findWord(tokens, word) ?? findWord(tokens, 'INSERT');
  throw new IsnadError('query-syntax', detail, {
    position: placeOf(text, place?.offset ?? text.length),
    ...(feature === undefined ? {} : { extra: { feature } }),
  });
};

/** @throws IsnadError `query-unsupported` for SERVICE */
export const refuseService = (
  query: Query | Update,
  text: string,
  tokens: readonly Token[],
): void => {
  for (const { type, subType, silent } of walk(query))
    if (type === 'pattern' && subType === 'service')
      unsupported(
        silent === true ? 'SERVICE SILENT' : 'SERVICE',
        'this service asks no other endpoint.',
        text,
        findWord(tokens, 'SERVICE'),
      );
};

const isRepeatable = (query: Query): boolean => {
  for (const { type, subType, operator } of walk(query))
    if (type === 'expression' && subType === 'operation' && freshOperators.has(String(operator)))
      return false;
  if (query.subType !== 'construct') return true;
  for (const { type, subType } of walk(query.template))
    if (type === 'term' && subType === 'blankNode') return false;
  return true;
};

const datasetIn = ({ datasets, context }: Query, baseIri: string): QueryAnalysis['dataset'] => {
  const { clauses } = datasets;
  if (clauses.length === 0) return undefined;
  const names = new Names(baseIri);
  names.declare(context);
  const named = (type: 'default' | 'named'): string[] =>
    clauses.filter(({ clauseType }) => clauseType === type).map(({ value }) => names.iri(value));
  return { default: named('default'), named: named('named') };
};

const onceOf = (query: Query, now: boolean): QueryAnalysis['once'] => {
  if (now) return onceTexts(query);
  return countsAnywhere(query) ? 'deferred' : 'irrelevant';
};

/**
 * Analyses a query: parses it, refuses what this service does not do, says what it is. It blocks:
 * `analysis-client.ts` runs it in a worker.
 *
 * @param baseIri base of relative IRIs
 * @param putOnce whether to put it so that it counts once, also where that is seldom needed
 * @throws IsnadError `query-syntax` with line and column, `query-unsupported` naming the feature
 */
export const analyseQuery = (given: string, baseIri: string, putOnce = false): QueryAnalysis => {
  checkLength(given);
  const text = writeOutEscapes(given);
  const tokens = tokensOf(text);
  checkLimits(text, tokens);
  const parsed = parseSparql(text, baseIri, tokens);
  if (parsed.type === 'update') return refuseUpdate(parsed, text, tokens);
  refuseService(parsed, text, tokens);
  return {
    text,
    form: parsed.subType,
    dataset: datasetIn(parsed, baseIri),
    isRepeatable: isRepeatable(parsed),
    once: onceOf(parsed, putOnce || findWord(tokens, 'GRAPH') !== undefined),
    shape: shapeOf(parsed),
  };
};

import type { UpdateOperation } from '../../store/update-operations.ts';
import { refuseService, unsupported } from '../analyse.ts';
import { writeOutEscapes } from '../escapes.ts';
import { checkLength, checkLimits } from '../limits.ts';
import { parseSparql, type Update } from '../parser.ts';
import { findWord, placeOf, tokensOf } from '../tokens.ts';
import { IsnadError } from '../../errors.ts';
import { type Context, Names } from './names.ts';
import { type Graphs, planOperation } from './operations.ts';

/** What an update request comes to. */
export interface UpdatePlan {
  readonly operations: readonly UpdateOperation[];
  /**
   * What is left out because this service does not do it, and the standard lets it fail without a word (LOAD
   * SILENT): whoever asks is to be told.
   */
  readonly skipped: readonly string[];
}

/**
 * Plans an update request: parses it, refuses what this service does not do, says what it asks of the
 * store. It blocks: `analysis-client.ts` runs it in a worker.
 *
 * @param baseIri base of relative IRIs
 * @param using the graphs of the protocol's using-graph-uri and using-named-graph-uri
 * @throws IsnadError `query-syntax` with line and column, `query-unsupported` naming the feature, as LOAD
 *   without SILENT, `rdf-syntax` for a term no engine stores, `invalid-parameter` when both the request's text and the
 *   protocol name a dataset
 */
export const planUpdate = (
  given: string,
  baseIri: string,
  using: Graphs | undefined,
): UpdatePlan => {
  checkLength(given);
  const text = writeOutEscapes(given);
  const tokens = tokensOf(text);
  checkLimits(text, tokens);
  const parsed = parseSparql(text, baseIri, tokens);
  if (parsed.type !== 'update')
    throw new IsnadError('query-syntax', 'This is a query, and only updates are done here.', {
      position: placeOf(text, 0),
    });
  refuseService(parsed, text, tokens);
  const loads = parsed.updates.flatMap(({ operation }) =>
    operation?.subType === 'load' ? [operation] : [],
  );
  if (loads.some(({ silent }) => !silent)) {
    const why = 'this service reads no other address.';
    unsupported('LOAD', why, text, findWord(tokens, 'LOAD'));
  }
  const skipped = loads.map(() => 'LOAD SILENT');
  return { operations: planAll(parsed, baseIri, using), skipped };
};

const planAll = ({ updates }: Update, baseIri: string, using?: Graphs): UpdateOperation[] => {
  const names = new Names(baseIri);
  const context: Context = [];
  return updates.flatMap(({ operation, context: prologue }) => {
    names.declare(prologue);
    context.push(...prologue);
    return operation && operation.subType !== 'load'
      ? [planOperation(operation, { names, context, using })]
      : [];
  });
};

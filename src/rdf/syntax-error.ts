import { IsnadError, isIsnadError } from '../errors.ts';

const lineOf = (error: unknown): number | undefined => {
  if (typeof error !== 'object' || error === null || !('context' in error)) return undefined;
  const { context } = error;
  if (typeof context !== 'object' || context === null || !('line' in context)) return undefined;
  return typeof context.line === 'number' ? context.line : undefined;
};

/**
 * Turns what an RDF parser throws into an `rdf-syntax` error with its line (from 1) where the parser
 * tells it; errors of the catalogue pass unchanged.
 *
 * @param format name of the format for the reader, such as `Turtle`
 */
export const toSyntaxError = (error: unknown, format: string): IsnadError => {
  if (isIsnadError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const line = lineOf(error);
  return new IsnadError('rdf-syntax', `Not valid ${format}: ${reason}`, {
    cause: error,
    ...(line === undefined ? {} : { position: { line } }),
  });
};

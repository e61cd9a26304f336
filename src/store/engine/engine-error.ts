import { IsnadError, toWireError, type WireError } from '../../errors.ts';
import { isPassing, unreadable } from '../passing-error.ts';

/** What an error thrown by the engine means: for the user, and for the engine that threw it. */
export interface Verdict {
  readonly error: WireError;
  /** The engine must be discarded: its memory can no longer be trusted. */
  readonly poisoned: boolean;
}

/** Messages of plain errors that an engine throws only once it is past use. */
const brokenMessage = /recursive use|unreachable|out of bounds/i;
const syntaxMessage = /^error at (\d+):(\d+): (?<what>[^]*)$/;
const unsupportedMessage = /not supported$|HTTP client is not available/;
const formatMessage = /^Not supported (SPARQL query results|RDF) format/;
const parserMessage = /^Parser error/;
const tooLargeMessage = /Cannot create a string longer than/;

/** The grammar's character classes, which the engine lists beside the words it expected. */
const noise = /,? ?\[(?:'[^]*?'|_)\](?=,|$)/g;

const syntaxError = (message: string): IsnadError | undefined => {
  const match = syntaxMessage.exec(message);
  if (!match) return undefined;
  const what = (match.groups?.['what'] ?? '').replaceAll(noise, '').trim();
  const detail =
    what === 'expected' || what === 'expected one of' ? 'this is not expected here' : what;
  return new IsnadError('query-syntax', `The query cannot be parsed: ${detail}.`, {
    position: { line: Number(match[1]), column: Number(match[2]) },
  });
};

const plainError = (message: string): IsnadError => {
  if (tooLargeMessage.test(message))
    return new IsnadError('result-too-large', 'The answer is larger than can be built at once.');
  if (formatMessage.test(message))
    return new IsnadError('not-acceptable', 'This media type does not fit the form of the query.');
  if (unsupportedMessage.test(message)) return new IsnadError('query-unsupported', `${message}.`);
  if (parserMessage.test(message)) return new IsnadError('rdf-syntax', `${message}.`);
  return syntaxError(message) ?? new IsnadError('query-failed', message);
};

/**
 * Judges what was thrown while an engine worked. Only errors that are exactly `Error` leave it
 * healthy: traps, stack overflows and failed allocations are subclasses, after which the engine's own
 * stack is not put back.
 */
export const judgeEngineError = (thrown: unknown): Verdict => {
  if (thrown instanceof IsnadError) return { error: toWireError(thrown), poisoned: false };
  const plain = thrown instanceof Error && thrown.constructor === Error;
  if (plain && isPassing(thrown))
    return { error: toWireError(unreadable(thrown)), poisoned: false };
  if (plain && !brokenMessage.test(thrown.message))
    return { error: toWireError(plainError(thrown.message)), poisoned: false };
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const detail = `The engine could not hold the work: it is too deep or needs too much memory (${reason}).`;
  return { error: toWireError(new IsnadError('query-failed', detail)), poisoned: true };
};

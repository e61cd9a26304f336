import { IsnadError, isIsnadError, type ErrorCode } from '../errors.ts';

/** What Express and its body parsers refuse by themselves, by the `type` they give the error. */
const codeOfParserError: Readonly<Record<string, ErrorCode>> = {
  'entity.too.large': 'request-too-large',
  'encoding.unsupported': 'unsupported-media-type',
  'charset.unsupported': 'unsupported-media-type',
};

/**
 * Any thrown value as an error of the catalogue. Errors of Express about the request keep their
 * message; anything unknown becomes `internal` with the original as its cause, and says nothing more.
 */
export const toIsnadError = (thrown: unknown): IsnadError => {
  if (isIsnadError(thrown)) return thrown;
  if (thrown instanceof Error && 'status' in thrown && isClientStatus(thrown.status)) {
    const type = 'type' in thrown && typeof thrown.type === 'string' ? thrown.type : '';
    const limit = 'limit' in thrown ? { extra: { limit: thrown.limit, unit: 'bytes' } } : {};
    const code = codeOfParserError[type] ?? 'invalid-parameter';
    return new IsnadError(code, thrown.message, { cause: thrown, ...limit });
  }
  return new IsnadError('internal', 'The service could not answer this request.', {
    cause: thrown,
  });
};

const isClientStatus = (status: unknown): boolean =>
  typeof status === 'number' && status >= 400 && status < 500;

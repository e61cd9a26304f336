import { errorCatalogue, type ErrorPosition, type IsnadError } from '../errors.ts';
import { errorStatus } from './error-status.ts';

/** A problem detail of RFC 9457. Members after `instance` are extensions. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  /** Stable code, a row of `docs/errors.md`. */
  readonly code: string;
  /** What the reader can do about it. */
  readonly action: string;
  readonly position?: ErrorPosition;
  readonly [extension: string]: unknown;
}

/**
 * The problem detail that tells a client about an error.
 *
 * @param instance identifier of this request, a URN
 */
export const problemOf = (error: IsnadError, instance: string): Problem => {
  const { meaning, action } = errorCatalogue[error.code];
  const standard = {
    type: `urn:isnad:error:${error.code}`,
    title: meaning,
    status: errorStatus[error.code],
    detail: error.message,
    instance,
    code: error.code,
    action,
    ...(error.position === undefined ? {} : { position: error.position }),
  };
  // Stated twice, so that it comes first and yet no extension can take its place.
  return { ...standard, ...error.extra, ...standard };
};

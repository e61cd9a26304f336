import type { ErrorCode } from '../errors.ts';

/**
 * The HTTP status of every error code (RFC 9110). The type makes a code without a status a type
 * error. Codes that no request can meet (those of the command line and of starting up) are 500.
 */
export const errorStatus = {
  'not-found': 404,
  'route-not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'unsupported-media-type': 415,
  'request-too-large': 413,
  'invalid-parameter': 400,
  'query-syntax': 400,
  'query-unsupported': 422,
  'query-failed': 422,
  'query-timeout': 504,
  'query-quarantined': 422,
  'once-form-needed': 500,
  'result-too-large': 422,
  'verse-reference': 400,
  'client-busy': 429,
  'store-busy': 503,
  'store-opening': 503,
  'store-locked': 500,
  'store-damaged': 500,
  'store-unreadable': 503,
  'store-version': 500,
  'store-base-iri': 500,
  'store-full': 507,
  'commit-conflict': 409,
  'undo-conflict': 409,
  'not-shown-yet': 504,
  'write-failed': 503,
  'disk-full': 507,
  'backup-damaged': 500,
  'delivery-empty': 422,
  'delivery-unreadable': 422,
  'delivery-too-large': 413,
  'delivery-unsafe': 422,
  'import-cancelled': 409,
  'rdf-syntax': 400,
  'remote-context': 422,
  'setting-invalid': 500,
  'wrong-use': 400,
  'address-unavailable': 500,
  'server-unreachable': 500,
  'runtime-too-old': 500,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

/** Seconds after which to try again, for the codes that pass by themselves, where the error tells no better. */
export const retryAfterSeconds: Partial<Record<ErrorCode, number>> = {
  'client-busy': 2,
  'store-busy': 2,
  'store-opening': 5,
  'write-failed': 30,
};

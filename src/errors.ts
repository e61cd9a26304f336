/**
 * Every error a user can meet: its stable code, what it means, what to do.
 *
 * Inner code throws by code and never knows an HTTP status: `http/error-status.ts` maps codes to
 * statuses, `cli/` maps them to exit codes. `docs/errors.md` lists the same table and a test holds
 * the two together in both directions.
 */
export const errorCatalogue = {
  'not-found': {
    meaning: 'Nothing is known under this address.',
    action: 'Check the address, or look the record up at /sparql or from the start page.',
  },
  'route-not-found': {
    meaning: 'The service has no such path.',
    action: 'See the list of paths at / and in docs/http.md.',
  },
  'token-missing': {
    meaning: 'This needs a token, and the request brought none.',
    action: 'Send Authorization: Bearer with a token; an administrator makes one (token create).',
  },
  'token-invalid': {
    meaning: 'The token is unknown, expired or revoked.',
    action: 'Check the token for a slip, or ask an administrator for another.',
  },
  forbidden: {
    meaning: 'The token does not allow this. Nothing was changed.',
    action: 'Keep to what the token allows, or ask an administrator for one of another scope.',
  },
  'authorisation-throttled': {
    meaning: 'Too many requests from your address brought a token that is not valid.',
    action: 'Correct the token, and try again after the number of seconds in Retry-After.',
  },
  'token-name-taken': {
    meaning: 'A valid token of this name exists already. None was made.',
    action: 'Choose another name, or revoke that token first.',
  },
  'method-not-allowed': {
    meaning: 'The path exists but does not take this method.',
    action: 'Use one of the methods named in the Allow header.',
  },
  'not-acceptable': {
    meaning: 'None of the media types asked for can be produced here.',
    action: 'Ask for one of the media types named in the answer, by Accept or ?format=.',
  },
  'unsupported-media-type': {
    meaning: 'The body is in a media type this path does not read.',
    action: 'Send one of the media types named in the answer.',
  },
  'request-too-large': {
    meaning: 'The request is larger than the service accepts.',
    action: 'Send less at once; the limit is named in the answer.',
  },
  'invalid-parameter': {
    meaning: 'A parameter is missing, unknown or has a value that is not allowed.',
    action: 'Correct the parameter named in the answer; the allowed ones are listed there.',
  },
  'query-syntax': {
    meaning: 'The SPARQL text could not be parsed.',
    action: 'Correct the query at the line and column given.',
  },
  'query-unsupported': {
    meaning: 'The query uses a feature this service does not offer.',
    action: 'Remove the feature named in the answer.',
  },
  'query-failed': {
    meaning: 'The query is valid but could not be evaluated.',
    action: 'Read the reason given; simplify the query or split it.',
  },
  'query-timeout': {
    meaning: 'The query did not finish within its time limit and was stopped.',
    action: 'Narrow the query (more specific patterns, LIMIT), or page through the answer.',
  },
  'query-quarantined': {
    meaning:
      'The query broke engines, or ran out of time, twice of late; it is refused for a while.',
    action: 'Simplify the query, or try again after the number of seconds in Retry-After.',
  },
  'once-form-needed': {
    meaning:
      'Triples that several graphs state can be counted once only if the query is put otherwise, which the service does by itself; nobody sees this.',
    action: 'Report it with the identifier of the request.',
  },
  'result-too-large': {
    meaning: 'The answer is larger than the service sends at once. Nothing was sent.',
    action: 'Ask for less at once with LIMIT and OFFSET, or take the dump.',
  },
  'verse-reference': {
    meaning: 'The verse reference is not a place in the Qur’an.',
    action: 'Use sūra:verse in the Kufan count, as in 2:255 or 2:255-2:257.',
  },
  'client-busy': {
    meaning: 'Too many of your own queries are waiting already.',
    action: 'Wait for some of them, or try again after the number of seconds in Retry-After.',
  },
  'store-busy': {
    meaning: 'The service is too busy to take this request now.',
    action: 'Try again after the number of seconds in Retry-After.',
  },
  'store-opening': {
    meaning: 'The service has just started and is still reading its journal.',
    action: 'Try again after the number of seconds in Retry-After; percent says how far it is.',
  },
  'store-locked': {
    meaning: 'Another process is using this data directory.',
    action: 'Stop that process, or speak to it through its socket or --server.',
  },
  'store-damaged': {
    meaning: 'The journal does not verify; the store refuses to start rather than lose data.',
    action: 'Keep the directory as it is and follow the repair advice in the message.',
  },
  'store-unreadable': {
    meaning:
      'The system did not let files of the store be read or written just then. Nothing was changed.',
    action:
      'Look at the disk, the rights and the limit of open files, as the message says, and try again.',
  },
  'store-version': {
    meaning: 'The data directory was written by a newer version of Isnad.',
    action: 'Use that version or a later one; nothing was changed.',
  },
  'store-base-iri': {
    meaning: 'The base IRI given differs from the one this data directory was created with.',
    action: 'Start with the original base IRI; record addresses are permanent.',
  },
  'store-full': {
    meaning: 'The engines have no room for the result of this write. Nothing was written.',
    action: 'Write less at once, or raise the engine memory setting (ISNAD_ENGINE_MEMORY_MB).',
  },
  'commit-conflict': {
    meaning: 'The data changed while this write was being prepared. Nothing was written.',
    action: 'Prepare the write again from the present state.',
  },
  'commit-awaited': {
    meaning: 'The commit that the answer should be of at least has not been made yet.',
    action: 'Check X-Isnad-Min-Commit, or try again after the number of seconds in Retry-After.',
  },
  'idempotency-conflict': {
    meaning: 'The Idempotency-Key was used before, for another request. Nothing was written.',
    action: 'Use a new key for each request, and the same one only to repeat it unchanged.',
  },
  'undo-conflict': {
    meaning:
      'Later commits touched quads of the commit to be undone, or a redaction withholds some. Nothing was written.',
    action: 'Undo the later commits first, or leave those quads as they are with --partial.',
  },
  'not-shown-yet': {
    meaning: 'The write is recorded, but no engine could show it so far.',
    action:
      'Do not send it again: it is shown as soon as an engine can hold it, at the latest by a restart with more engine memory (ISNAD_ENGINE_MEMORY_MB).',
  },
  'write-failed': {
    meaning: 'The write could not be made durable. Nothing was acknowledged.',
    action: 'Check the disk and restart; reads go on meanwhile.',
  },
  'disk-full': {
    meaning: 'The disk of the data directory has no room for this write. Nothing was written.',
    action:
      'Make room on the disk and write again; no restart is needed, and reads go on meanwhile.',
  },
  'backup-damaged': {
    meaning: 'The backup is not as it was made. Nothing was restored.',
    action: 'Take another backup; the message names the file that differs.',
  },
  'delivery-empty': {
    meaning: 'The delivery holds no file that can be imported.',
    action: 'Point the import at the directory or archive that holds the records.',
  },
  'delivery-unreadable': {
    meaning: 'A file of the delivery could not be read. Nothing was changed.',
    action: 'Repair or remove the file named in the message and import again.',
  },
  'delivery-too-large': {
    meaning: 'A file of the delivery is larger than the import accepts. Nothing was changed.',
    action: 'Split the file, or raise the limit named in the message.',
  },
  'import-cancelled': {
    meaning: 'The import was stopped before it was published. Nothing was changed.',
    action: 'Start it again when you are ready.',
  },
  'delivery-unsafe': {
    meaning:
      'A file of the delivery declares a document type or entities, or its name or link leads out of the delivery. Nothing was changed.',
    action: 'Remove the declaration, the link or the file named in the message and import again.',
  },
  'rdf-syntax': {
    meaning: 'The RDF text could not be parsed.',
    action: 'Correct the file at the line given.',
  },
  'remote-context': {
    meaning: 'The JSON-LD names a context outside this service, which is never fetched.',
    action: 'Use the Isnad context or put the context into the document.',
  },
  'setting-invalid': {
    meaning: 'A setting has a value that is not allowed.',
    action: 'Correct the setting named in the message; see docs/settings.md.',
  },
  'wrong-use': {
    meaning: 'The command was called with wrong or missing arguments.',
    action: 'See the command’s --help.',
  },
  'address-unavailable': {
    meaning: 'The service cannot listen at the address of its settings.',
    action: 'Choose another port or host (ISNAD_PORT, ISNAD_HOST), or end what uses that one.',
  },
  'server-unreachable': {
    meaning: 'No service answers at the address given.',
    action: 'Check --server, and that the service is running there.',
  },
  'runtime-too-old': {
    meaning: 'Node.js 26 or later is needed.',
    action: 'Run Isnad through npm (npm start, npm run isnad), which brings its own Node.js.',
  },
  internal: {
    meaning: 'Something went wrong inside the service.',
    action: 'Report it with the request identifier given.',
  },
} as const satisfies Record<string, { readonly meaning: string; readonly action: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** Where in a query or a file an error lies; lines and columns count from 1. */
export interface ErrorPosition {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface IsnadErrorOptions {
  readonly position?: ErrorPosition;
  /** Further members shown to the user, such as `allowed`, `limit` or `unit`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The one error class thrown inside Isnad; `code` is a row of the catalogue. */
export class IsnadError extends Error {
  readonly code: ErrorCode;
  readonly position: ErrorPosition | undefined;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, detail: string, options: IsnadErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'IsnadError';
    this.code = code;
    this.position = options.position;
    this.extra = options.extra ?? {};
  }
}

/** True for an error of the catalogue, also one that crossed a worker boundary as a plain object. */
export const isIsnadError = (value: unknown): value is IsnadError => value instanceof IsnadError;

/** The parts of an error that survive `postMessage`. */
export interface WireError {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly position: ErrorPosition | undefined;
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Turns any thrown value into what may cross a worker boundary; unknown errors become `internal`. */
export const toWireError = (value: unknown): WireError =>
  isIsnadError(value)
    ? { code: value.code, detail: value.message, position: value.position, extra: value.extra }
    : {
        code: 'internal',
        detail: value instanceof Error ? value.message : String(value),
        position: undefined,
        extra: {},
      };

/** The inverse of `toWireError`. */
export const fromWireError = (wire: WireError): IsnadError =>
  new IsnadError(wire.code, wire.detail, {
    extra: wire.extra,
    ...(wire.position === undefined ? {} : { position: wire.position }),
  });

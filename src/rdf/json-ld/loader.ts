import { IsnadError, isIsnadError } from '../../errors.ts';

/** JSON-LD contexts known to the service, by IRI. Nothing is ever fetched. */
export type Contexts = ReadonlyMap<string, unknown>;

interface LoadedDocument {
  readonly documentUrl: string;
  readonly document: object;
}

/**
 * A document loader for jsonld that knows the given contexts and refuses every other address with
 * `remote-context`, so that no input makes the service send a request.
 */
export const closedLoader =
  (contexts: Contexts) =>
  (url: string): Promise<LoadedDocument> => {
    const document = contexts.get(url);
    if (typeof document === 'object' && document !== null)
      return Promise.resolve({ documentUrl: url, document });
    return Promise.reject(
      new IsnadError('remote-context', `The context ${url} is not part of this service.`, {
        extra: { context: url },
      }),
    );
  };

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (Object.getOwnPropertyDescriptor(value, name)?.value as unknown)
    : undefined;

/** What jsonld's safe mode says it would have dropped. */
const droppedText = (details: unknown): string | undefined => {
  const event = member(details, 'event');
  const code = member(event, 'code');
  if (typeof code !== 'string') return undefined;
  const about = member(event, 'details');
  const name = ['property', 'type', 'id', 'value', 'reserved', 'language']
    .map((key) => member(about, key))
    .find((each): each is string => typeof each === 'string');
  return `${code}${name === undefined ? '' : `: "${name}"`}, which would be lost`;
};

/** Turns what jsonld throws into an `rdf-syntax` error, or the loader's own error wrapped in it. */
export const toJsonLdError = (error: unknown): IsnadError => {
  for (
    let each = error;
    each !== undefined;
    each = member(member(each, 'details'), 'cause') ?? member(each, 'cause')
  )
    if (isIsnadError(each)) return each;
  const reason = error instanceof Error ? error.message : String(error);
  const dropped = droppedText(member(error, 'details'));
  return new IsnadError('rdf-syntax', `Not valid JSON-LD: ${dropped ?? reason}`, { cause: error });
};

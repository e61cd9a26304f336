import { Parser } from '@traqula/parser-sparql-1-1';
import { IsnadError } from '../errors.ts';
import { placeOf, type Token } from './tokens.ts';

type Parsed = ReturnType<Parser['parse']>;
/** The syntax tree of a query. */
export type Query = Extract<Parsed, { type: 'query' }>;
/** The syntax tree of an update request. */
export type Update = Extract<Parsed, { type: 'update' }>;

interface FoundToken {
  readonly image: string;
  readonly startOffset: number;
}

/** What the parser stumbled over, carried through its own throw. */
class ParserStop extends Error {
  readonly found: FoundToken;
  constructor(reason: string, found: FoundToken) {
    super(reason);
    this.name = 'ParserStop';
    this.found = found;
  }
}

interface Recognition {
  readonly message: string;
  readonly token: FoundToken;
}

const parserOptions = {
  lexerConfig: { positionTracking: 'full' as const },
  errorHandler: (errors: readonly Recognition[]): never => {
    const [first] = errors;
    throw new ParserStop(
      first?.message ?? 'unknown reason',
      first?.token ?? { image: '', startOffset: 0 },
    );
  },
};

let parser: Parser | undefined;
/** Building the grammar takes as long as hundreds of queries: once, and only where it is needed. */
const sharedParser = (): Parser => {
  parser ??= new Parser(parserOptions);
  return parser;
};

interface Complaint {
  readonly reason: string;
  readonly offset: number | undefined;
}

const expected = (message: string): string => {
  const one = /Expecting --> (.+) <-- but found/.exec(message)?.[1];
  return one === undefined ? '' : `; expected ${one}`;
};

/** What each of the parser's errors without a place is about. */
const placeless: readonly {
  pattern: RegExp;
  reason: string;
  find: (name: string, token: Token) => boolean;
}[] = [
  {
    pattern: /^Unknown prefix: (.*)$/,
    reason: 'the prefix is not declared',
    find: (name, { kind, text }) => kind === 'name' && text.startsWith(`${name}:`),
  },
  {
    pattern: /\(\?([^)]+)\)|^Variable (\S+) used more than once/,
    reason: '',
    find: (name, { kind, text }) => kind === 'variable' && text.slice(1) === name,
  },
  {
    pattern: /blank node.*\(_:(.+)\)/,
    reason: '',
    find: (name, { kind, text }) => kind === 'name' && text === `_:${name}`,
  },
];

const placelessComplaint = (message: string, tokens: readonly Token[]): Complaint => {
  for (const { pattern, reason, find } of placeless) {
    const [, first, second] = pattern.exec(message) ?? [];
    const name = first ?? second;
    const token = name === undefined ? undefined : tokens.findLast((each) => find(name, each));
    if (token)
      return { reason: reason === '' ? message : `${message}; ${reason}`, offset: token.offset };
  }
  return { reason: message, offset: undefined };
};

const complaintOf = (error: unknown, text: string, tokens: readonly Token[]): Complaint => {
  if (error instanceof ParserStop) {
    const { image, startOffset } = error.found;
    if (image === '')
      return { reason: `the query ends too early${expected(error.message)}`, offset: text.length };
    return { reason: `"${image}" is out of place${expected(error.message)}`, offset: startOffset };
  }
  const message = error instanceof Error ? error.message : String(error);
  const lexed = /at offset: (\d+)/.exec(message)?.[1];
  if (lexed !== undefined) {
    const offset = Number(lexed);
    const word = /^\S{1,40}/.exec(text.slice(offset))?.[0] ?? '';
    return { reason: `"${word}" is not SPARQL`, offset };
  }
  return placelessComplaint(message, tokens);
};

/**
 * Parses a query or an update.
 *
 * @param tokens the tokens of the same text, to find the place of errors that come without one
 * @throws IsnadError `query-syntax` with line and column
 */
export const parseSparql = (text: string, baseIri: string, tokens: readonly Token[]): Parsed => {
  try {
    return sharedParser().parse(text, { baseIRI: baseIri });
  } catch (error) {
    const { reason, offset } = complaintOf(error, text, tokens);
    throw new IsnadError('query-syntax', `The query cannot be read: ${reason}.`, {
      cause: error,
      ...(offset === undefined ? {} : { position: placeOf(text, offset) }),
    });
  }
};

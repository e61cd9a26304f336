/** A rough token of SPARQL: enough to count and to find things, not to parse. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Index of its first character. */
  readonly offset: number;
}

type TokenKind = 'iri' | 'string' | 'name' | 'variable' | 'word' | 'number' | 'mark';

/** In the order in which they are tried. A long string that does not end takes the rest of the text. */
const patterns: Readonly<Record<TokenKind | 'space', readonly RegExp[]>> = {
  space: [/\s+/u, /#[^\n\r]*/u],
  // oxlint-disable-next-line no-control-regex -- an IRI holds no control characters
  iri: [/<[^<>"{}|^`\\\u0000-\u0020]*>/u],
  string: [
    /'''(?:(?:''?)?(?:[^'\\]|\\[\s\S]))*(?:'''|'{0,2}\\?$)/u,
    /"""(?:(?:""?)?(?:[^"\\]|\\[\s\S]))*(?:"""|"{0,2}\\?$)/u,
    /'(?:[^'\\\n\r]|\\.)*'/u,
    /"(?:[^"\\\n\r]|\\.)*"/u,
  ],
  variable: [/[?$][\p{L}\p{N}_]+/u],
  name: [/(?:[\p{L}_][\p{L}\p{M}\p{N}_.-]*)?:(?:[\p{L}\p{M}\p{N}_:.-]|%[0-9A-Fa-f]{2}|\\.)*/u],
  word: [/@?[\p{L}_][\p{L}\p{M}\p{N}_-]*/u],
  number: [/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/u],
  mark: [/\^\^|&&|\|\||[!<>]=|[\s\S]/u],
};
const kinds = ['space', 'iri', 'string', 'variable', 'name', 'word', 'number', 'mark'] as const;
const everyToken = new RegExp(
  kinds
    .map((kind) => `(?<${kind}>${patterns[kind].map(({ source }) => source).join('|')})`)
    .join('|'),
  'guy',
);

/** The tokens of a query; white space and comments are left out, text that fits nothing is a mark. */
export const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (const { groups, index, 0: found } of text.matchAll(everyToken)) {
    const kind = kinds.find((each) => groups?.[each] !== undefined);
    if (kind !== undefined && kind !== 'space') tokens.push({ kind, text: found, offset: index });
  }
  return tokens;
};

/** The first token that is this word; `word` is in upper case. */
export const findWord = (tokens: readonly Token[], word: string): Token | undefined =>
  tokens.find(({ kind, text }) => kind === 'word' && text.toUpperCase() === word);

/** Line and column, from 1, of a character of a text; columns count UTF-16 units. */
export const placeOf = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset);
  const line = before.split(/\r\n|\n|\r/).length;
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  return { line, column: offset - lineStart + 1 };
};

/**
 * Code-point escapes (`\u0642`, `\U0001F600`; SPARQL 1.1 §19.2) written out, so that our parser and
 * the engine read one and the same text. They read escapes differently: one before parsing, the other
 * inside strings. A query must not be harmless to the one and something else to the other.
 */
const anyEscape = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|[\s\S])/g;

/** Characters that would end or change a string are written as escapes of the string itself. */
const inStrings: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  "'": String.raw`\'`,
  '\\': String.raw`\\`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
};

const written = (escape: string, digits: string | undefined): string => {
  // An escaped backslash before a letter u must not be taken for an escape by either reader.
  if (digits === undefined) return escape;
  const codePoint = Number.parseInt(digits, 16);
  if (codePoint > 0x10_ff_ff || (codePoint >= 0xd8_00 && codePoint <= 0xdf_ff)) return escape;
  const character = String.fromCodePoint(codePoint);
  return inStrings[character] ?? character;
};

/** The query with its code-point escapes written out. Text without any is returned as it is. */
export const writeOutEscapes = (text: string): string => {
  if (!/\\[uU]/.test(text)) return text;
  const once = text.replace(anyEscape, (escape, short?: string, long?: string) =>
    written(escape, short ?? long),
  );
  return once.replaceAll(/\\\\([uU])/g, (_, letter: string) =>
    letter === 'u' ? String.raw`\\\u0075` : String.raw`\\\u0055`,
  );
};

/**
 * The tokens of SPARQL 1.1 in which a keyword may hide without being one: comments, IRIs, strings,
 * variables, language tags and prefixed names; and, last, bare words.
 */
const tokens = new RegExp(
  [
    String.raw`#[^\n\r]*`,
    String.raw`<[^<>"{}|^\x60\\\x00-\x20]*>`,
    String.raw`"""(?:"{0,2}(?:[^"\\]|\\[^]))*"""`,
    String.raw`'''(?:'{0,2}(?:[^'\\]|\\[^]))*'''`,
    String.raw`"(?:[^"\\\n\r]|\\[^])*"`,
    String.raw`'(?:[^'\\\n\r]|\\[^])*'`,
    String.raw`[?$@][\p{L}\p{N}_-]+`,
    String.raw`[\p{L}\p{N}_.-]*:(?:[\p{L}\p{N}_.:-]|%[0-9A-Fa-f]{2}|\\.)*`,
    String.raw`(?<word>[A-Za-z]+)`,
  ].join('|'),
  'gu',
);

/** Whether a query names its own dataset, and whether it calls another service. */
export interface QueryKeywords {
  readonly from: boolean;
  readonly service: boolean;
}

/**
 * Finds the keywords FROM and SERVICE where they are keywords. It is a tokeniser, not a parser: on a
 * text that is no query its answer means nothing, and the engine refuses the text anyway.
 */
export const queryKeywords = (query: string): QueryKeywords => {
  let from = false;
  let service = false;
  for (const { groups } of query.matchAll(tokens)) {
    const word = groups?.['word']?.toUpperCase();
    from ||= word === 'FROM';
    service ||= word === 'SERVICE';
  }
  return { from, service };
};

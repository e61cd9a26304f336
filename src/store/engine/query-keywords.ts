const local = String.raw`:(?:[\p{L}\p{N}_.:-]|%[0-9A-Fa-f]{2}|\\[^]?)*`;

/**
 * The tokens of SPARQL 1.1 in which a keyword may hide without being one: comments, IRIs, strings,
 * variables, language tags and prefixed names; and bare words. A string that is never closed goes on to
 * the end, so that no text is read twice and the time grows with its length only.
 */
const tokens = new RegExp(
  [
    String.raw`#[^\n\r]*`,
    String.raw`<[^<>"{}|^\x60\\\x00-\x20]*>`,
    String.raw`"""(?:[^"\\]|\\[^]?|"(?!""))*(?:"""|$)`,
    String.raw`'''(?:[^'\\]|\\[^]?|'(?!''))*(?:'''|$)`,
    String.raw`"(?:[^"\\\n\r]|\\[^]?)*"?`,
    String.raw`'(?:[^'\\\n\r]|\\[^]?)*'?`,
    String.raw`[?$@][\p{L}\p{N}_-]+`,
    String.raw`\p{N}+`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_-]*)(?<local>${local})?`,
    local,
  ].join('|'),
  'gu',
);

/** Whether a query names its own dataset, reads graphs by name, and calls another service. */
export interface QueryKeywords {
  readonly from: boolean;
  readonly graph: boolean;
  readonly service: boolean;
}

/**
 * Finds the keywords FROM, GRAPH and SERVICE where they are keywords. It is a tokeniser, not a parser: on a
 * text that is no query its answer means nothing, and the engine refuses the text anyway.
 */
export const queryKeywords = (query: string): QueryKeywords => {
  let from = false;
  let graph = false;
  let service = false;
  for (const { groups } of query.matchAll(tokens)) {
    if (groups?.['local'] !== undefined) continue;
    const word = groups?.['word']?.toUpperCase();
    from ||= word === 'FROM';
    graph ||= word === 'GRAPH';
    service ||= word === 'SERVICE';
  }
  return { from, graph, service };
};

import type { TaggedText } from './tagged-text.ts';

/**
 * One solution of a SPARQL TSV answer (SPARQL 1.1 Query Results CSV and TSV Formats) as its cells:
 * RDF terms in Turtle syntax, the empty string where a variable is unbound.
 */
export type Row = readonly string[];

/** The rows of a TSV answer, without its header line. */
export function* tsvRows(body: Uint8Array): Generator<Row> {
  const text = new TextDecoder().decode(body);
  let start = text.indexOf('\n') + 1;
  while (start > 0 && start < text.length) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    yield text.slice(start, end).split('\t');
    start = end + 1;
  }
}

/** The IRI in a cell, or nothing if it holds none. */
export const iriIn = (cell: string | undefined): string | undefined =>
  cell?.startsWith('<') === true ? cell.slice(1, -1) : undefined;

/** The whole number in a cell, or nothing if it holds none. */
export const integerIn = (cell: string | undefined): number | undefined => {
  const value = Number(textIn(cell)?.value);
  return cell !== undefined && cell !== '' && Number.isInteger(value) ? value : undefined;
};

const literalPattern = /^"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<[^>]*>)?$/s;

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f' };

/** The lexical form and language of the literal in a cell, or nothing if it holds none. */
export const textIn = (cell: string | undefined): TaggedText | undefined => {
  if (cell === undefined || cell === '' || cell.startsWith('<') || cell.startsWith('_:')) {
    return undefined;
  }
  // Numbers and booleans may stand without quotes.
  if (!cell.startsWith('"')) return { value: cell, language: '' };
  const [, quoted, language = ''] = literalPattern.exec(cell) ?? [];
  if (quoted === undefined) return undefined;
  const value = quoted.replaceAll(
    /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs,
    (_, short?: string, long?: string, character = '') =>
      short === undefined && long === undefined
        ? (escapes[character] ?? character)
        : String.fromCodePoint(Number.parseInt(short ?? long ?? '', 16)),
  );
  return { value, language };
};

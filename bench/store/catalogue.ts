/**
 * A generated catalogue: manuscripts with ten statements each (what they are, their names, script, holder
 * and date, one page with one passage), spread over so many datasets, each a graph of its own.
 * The same numbers always make the same catalogue.
 */
export const baseIri = 'http://localhost:3030/';
const isnad = 'https://w3id.org/isnad/ontology#';
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const rdfsLabel = 'http://www.w3.org/2000/01/rdf-schema#label';
const integer = 'http://www.w3.org/2001/XMLSchema#integer';

export const perManuscript = 10;
const scripts = 12;
const holders = 200;
const verses = 6236;
const linesPerPiece = 20_000;

export interface Catalogue {
  readonly triples: number;
  readonly datasets: number;
}

export const manuscriptIri = (n: number): string => `${baseIri}id/manuscript/m${n}`;
export const scriptIri = (n: number): string => `https://w3id.org/isnad/vocabulary/script/s${n}`;
export const holderIri = (n: number): string => `${baseIri}id/organization/h${n}`;
export const graphIri = (dataset: number): string => `${baseIri}dataset/d${dataset}`;

const linesOf = (n: number, graph: string): string => {
  const [manuscript, page, passage] = ['manuscript/m', 'page/p', 'passage/t'].map(
    (kind) => `<${baseIri}id/${kind}${n}>`,
  );
  const from = 1 + ((n * 7919) % (verses - 20));
  const dated =
    n % 5 === 0
      ? `<${isnad}note> "undated"`
      : `<${isnad}notBefore> "${650 + (n % 900)}"^^<${integer}>`;
  return [
    `${manuscript} <${rdfType}> <${isnad}Manuscript>`,
    `${manuscript} <${rdfsLabel}> "Manuscript ${n}, مخطوط"`,
    `${manuscript} <${isnad}shelfmark> "Ms. or. ${(n * 31) % 100_003}"`,
    `${manuscript} <${isnad}script> <${scriptIri(n % scripts)}>`,
    `${manuscript} <${isnad}holder> <${holderIri((n * 13) % holders)}>`,
    `${manuscript} ${dated}`,
    `${page} <${isnad}pageOf> ${manuscript}`,
    `${passage} <${isnad}onPage> ${page}`,
    `${passage} <${isnad}fromVerse> "${from}"^^<${integer}>`,
    `${passage} <${isnad}toVerse> "${from + (n % 15)}"^^<${integer}>`,
  ]
    .map((line) => `${line} <${graph}> .\n`)
    .join('');
};

/** The pieces of one dataset's graph, of about 20,000 lines each. */
export const datasetPieces = (
  { triples, datasets }: Catalogue,
  dataset: number,
): { readonly graph: string; readonly nquads: Uint8Array[] } => {
  const graph = graphIri(dataset);
  const manuscripts = Math.floor(triples / perManuscript);
  const nquads: Uint8Array[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) nquads.push(Buffer.from(lines.join('')));
    lines = [];
  };
  for (let n = dataset; n < manuscripts; n += datasets) {
    lines.push(linesOf(n, graph));
    if (lines.length * perManuscript >= linesPerPiece) flush();
  }
  flush();
  return { graph, nquads };
};

import type { Iris } from '../model/iris.ts';
import { isnad } from '../model/terms.ts';
import type { WitnessSnapshot } from '../search/witness-snapshot.ts';
import { datasetNodes } from './dataset-quads.ts';
import type { Witness, WitnessAnswer } from './find-witnesses.ts';
import { verseText } from './verse-texts.ts';
import { addPages, addPassages, objectBytes } from './witness-bytes.ts';
import { sourcesOf, type NodeWriter } from './witness-nodes.ts';

/** Where the parts of an answer lie, for the links in it. */
export interface WitnessLinks {
  readonly self: string;
  readonly next?: string;
  readonly previous?: string;
  /** The same question in SPARQL. */
  readonly sparql: string;
}

/**
 * Terms of this answer that the shared context does not have. What is no statement about heritage
 * (totals, paging) is `null`: present in the JSON, absent from the RDF. Everything else in the RDF
 * is what the graph states.
 */
const ownTerms = {
  witnesses: '@included',
  dates: '@included',
  datasets: '@included',
  pages: '@included',
  passages: '@included',
  sameObject: '@included',
  text: { '@reverse': isnad.onPage, '@container': '@set' },
  range: null,
  from: null,
  to: null,
  commit: null,
  totals: null,
  paging: null,
  sparql: null,
  evidenceFound: null,
  displayLabel: null,
  claimedAs: null,
  statedIn: null,
  scripts: null,
} as const;

/**
 * The answer as JSON-LD, in UTF-8: plain JSON for those who want no more.
 *
 * @param language of the display labels
 */
export const witnessDocument = (
  snapshot: WitnessSnapshot,
  answer: WitnessAnswer,
  links: WitnessLinks,
  language: string,
  iris: Iris,
): Buffer => {
  const { range, page, pageSize } = answer.criteria;
  const { self, sparql, ...pages } = links;
  const writer = { snapshot, language };
  const found = answer.witnesses.map((witness) => ({
    witness,
    sources: sourcesIn(snapshot, witness),
  }));
  const head = {
    '@context': [`${iris.base}context.jsonld`, ownTerms],
    id: self,
    range: range.canonical,
    from: { verse: verseText(range.startOrdinal), ordinal: range.startOrdinal },
    to: { verse: verseText(range.endOrdinal), ordinal: range.endOrdinal },
    commit: answer.commit,
    totals: answer.totals,
    paging: { page, pageSize, pages: answer.pageCount, ...pages },
    sparql,
    datasets: datasetsOf(
      snapshot,
      found.flatMap(({ sources }) => sources),
    ),
  };
  const pieces = [Buffer.from(`${JSON.stringify(head).slice(0, -1)},"witnesses":[`)];
  for (const [place, { witness, sources }] of found.entries()) {
    if (place > 0) pieces.push(comma);
    addWitness(pieces, writer, witness, sources);
  }
  pieces.push(end);
  return Buffer.concat(pieces);
};

const comma = Buffer.from(',');
const passagesFollow = Buffer.from('],"passages":[');
const end = Buffer.from(']}\n');
const endOfWitness = Buffer.from(']}');

/** The graphs that had a say in one witness. */
const sourcesIn = (
  { graphs, passages }: WitnessSnapshot,
  { object, onPages, ofWhole }: Witness,
): string[] =>
  sourcesOf(
    object,
    [...onPages, ...ofWhole].map((position) => ({
      graph: graphs[passages.graph[position] ?? 0] ?? '',
    })),
  );

const addWitness = (
  pieces: Buffer[],
  writer: NodeWriter,
  { object, onPages, ofWhole }: Witness,
  sources: readonly string[],
): void => {
  const evidenceFound = onPages.length > 0 ? 'page' : 'record';
  const here = JSON.stringify({ evidenceFound, statedIn: sources });
  pieces.push(objectBytes(writer, object), Buffer.from(`,${here.slice(1, -1)},"pages":[`));
  addPages(pieces, writer.snapshot, onPages);
  pieces.push(passagesFollow);
  addPassages(pieces, writer.snapshot, ofWhole);
  pieces.push(endOfWitness);
};

/** Every dataset with a say in the manuscripts shown, with its licence. */
const datasetsOf = (
  { datasets }: WitnessSnapshot,
  graphs: readonly string[],
): readonly object[] => {
  const sorted = [...new Set(graphs)].toSorted();
  return datasetNodes(Object.fromEntries(sorted.map((graph) => [graph, datasets[graph]])));
};

import { concept, type Node } from './graph.ts';
import { iri, text, type Value } from './turtle.ts';

/** What every row of every table says about where it comes from. */
export interface Sourced {
  readonly source: string;
  readonly confidence: string;
}

/**
 * The state of the published TEI that the tables were compared with, so that an address of a file
 * goes on showing what was read.
 */
const teiRepository =
  'https://github.com/telota/corpus-coranicum-tei/blob/57cb2b7be321ecfba100cb5f7988974f47864a14/';
const teiFile = /telota\/corpus-coranicum-tei (data\/\S+\.xml)/g;

const webAddress = /https?:\/\/\S+/g;
const trailingPunctuation = /[;,.)]+$/;

const webAddresses = (source: string): readonly string[] =>
  [...source.matchAll(webAddress)].map(([address]) => address.replace(trailingPunctuation, ''));

/** What is left of a source cell when its addresses and the published files it names are taken out. */
const remainder = (source: string): string =>
  source.replaceAll(webAddress, '').replaceAll(teiFile, '').replaceAll(/[\s;]/g, '');

/** Every address a source cell names, and those of the published files it names. */
export const sourceIris = (source: string): readonly Value[] => [
  ...webAddresses(source).map(iri),
  ...[...source.matchAll(teiFile)].map(([, file = '']) => iri(`${teiRepository}${file}`)),
];

/** The source cell of a record of the published TEI, by its number. */
export const catalogueSource = (ccId: string): string =>
  `telota/corpus-coranicum-tei data/quran_manuscripts/manuscript-${ccId.padStart(5, '0')}.xml`;

/** The source cell of the published list of holding institutions. */
export const placesSource = 'telota/corpus-coranicum-tei data/quran_manuscripts/places.xml';

/** A source cell as written, when it is more than addresses. */
export const sourceWords = (source: string): Value | undefined =>
  remainder(source) === '' ? undefined : text(source);

/** States the source of a row and how well the row was checked against it. */
export const addSource = (node: Node, { source, confidence }: Sourced): Node =>
  node
    .add('dcterms:source', ...sourceIris(source))
    .add('isnad:sourceText', sourceWords(source))
    .add('isnad:sourceCheck', confidence === '' ? undefined : concept('source-check', confidence));

const checks = ['low', 'medium', 'high'];

/** States the sources of several rows, and the weakest of their checks: what follows from all is no surer. */
export const addSources = (node: Node, rows: readonly Sourced[]): Node => {
  for (const { source } of rows)
    node.add('dcterms:source', ...sourceIris(source)).add('isnad:sourceText', sourceWords(source));
  const weakest = checks.find((check) => rows.some(({ confidence }) => confidence === check));
  return node.add(
    'isnad:sourceCheck',
    weakest === undefined ? undefined : concept('source-check', weakest),
  );
};

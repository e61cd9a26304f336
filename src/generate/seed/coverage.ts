import { verseIri } from '../../model/iris.ts';
import { ordinalOf, type Verse } from '../../model/verses.ts';
import type { Row } from './facts.ts';
import { cell, concept, record, type Graph } from './graph.ts';
import { addSource } from './provenance.ts';
import { integer, iri, text } from './turtle.ts';

const rangePattern = /^(\d+):(\d+)-(\d+):(\d+)$/;

/** Rows whose range is the outer limits of the text, not continuous text. */
const outerLimits = new Set(['ms075', 'ms077']);

const readRange = (words: string): readonly [from: Verse, to: Verse] => {
  const match = rangePattern.exec(words);
  if (!match) throw new Error(`“${words}” is not a range of verses.`);
  const [sura = 0, verse = 0, endSura = 0, endVerse = 0] = match.slice(1).map(Number);
  return [
    { sura, verse },
    { sura: endSura, verse: endVerse },
  ];
};

/**
 * Adds the text that a row says its object bears: one Passage for each range, of the object as a
 * whole, for the row names no pages.
 *
 * @param layer text layer that bears it, where the object has several
 */
export const addCoverage = (
  graph: Graph,
  row: Row<'manuscripts'>,
  object: string,
  layer: string | undefined,
): void => {
  const ranges = row.coverage.split('; ').filter((words) => words !== '');
  for (const [index, words] of ranges.entries()) {
    const [from, to] = readRange(words);
    const passage = record(graph, 'Passage', `${row.id}/${index + 1}`)
      .add('rdfs:label', text(`Q ${words}`, 'en'), text(`القرآن ${words}`, 'ar'))
      .add('isnad:passageOf', iri(object))
      .add('isnad:onLayer', layer === undefined ? undefined : iri(layer))
      .add('isnad:evidence', concept('passage-evidence', 'record'))
      .add('isnad:verbatimKey', text(words))
      .add('isnad:countingSystem', concept('counting-system', 'kufan'))
      .add('isnad:startOrdinal', integer(ordinalOf(from.sura, from.verse)))
      .add('isnad:endOrdinal', integer(ordinalOf(to.sura, to.verse)))
      .add('isnad:startVerse', iri(verseIri(from.sura, from.verse)))
      .add('isnad:endVerse', iri(verseIri(to.sura, to.verse)))
      .add(
        'isnad:passageFlag',
        outerLimits.has(row.id) ? concept('passage-flag', 'doubtful') : undefined,
      )
      .add('skos:note', cell(row.coverage_basis, 'en'));
    addSource(passage, row);
  }
};

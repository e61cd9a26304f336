import { listOf, withoutBrackets, type Agents } from './agents.ts';
import type { Facts, Row } from './facts.ts';
import { cell, concept, createGraph, record, recordIri, type Graph } from './graph.ts';
import { addSource } from './provenance.ts';
import type { FindSubject } from './subjects.ts';
import { iri, text, year, type Value } from './turtle.ts';

/** IRI of a row of the table of outputs. */
export const outputIri = (id: string): string => recordIri('outputs', 'ResearchOutput', id);

/** Titles that are not English. */
const titleLanguages: Readonly<Record<string, string>> = {
  out010: 'fr',
  out013: 'de',
  out039: 'fr',
  out048: 'de',
  out060: 'fr',
  out062: 'de',
};

/** Objects that a title names. */
const subjects: Readonly<Record<string, readonly string[]>> = {
  out002: ['codex:blue-quran'],
  out003: ['ms075', 'ms076'],
  out005: ['ms030'],
  out006: ['ms081'],
  out008: ['ms056'],
  out014: ['codex:katta-langar'],
  out017: ['ms036'],
  out018: ['ms078'],
  out028: ['ms091'],
  out039: ['codex:parisino-petropolitanus'],
  out043: ['ms030'],
};

/** First or only year; the cell stays as written beside it when it is an interval. */
const firstYear = (cellText: string): Value | undefined =>
  /^\d{4}/.test(cellText) ? year(cellText.slice(0, 4)) : undefined;

/** Concept of scheme `output-kind` for the word of the column: mostly the word itself. */
const kindOf = ({ type }: Row<'outputs'>): string =>
  type === 'reference' ? 'reference-work' : type.replaceAll(' ', '-');

const isWebAddress = (words: string): boolean => /^https?:/.test(words);

const addOutput = (graph: Graph, row: Row<'outputs'>, agents: Agents, find: FindSubject): void => {
  const authors = listOf(row.authors);
  const other = row.other_id_or_url;
  const output = record(graph, 'ResearchOutput', row.id)
    .add('rdfs:label', text(row.title, titleLanguages[row.id] ?? 'en'))
    .add('isnad:outputKind', concept('output-kind', kindOf(row)))
    .add('isnad:authorName', ...authors.map((name) => text(name)))
    .add(
      'isnad:author',
      ...authors
        .map(withoutBrackets)
        .map((name) => agents.person(name) ?? agents.organization(name)),
    )
    .add('isnad:publicationDate', firstYear(row.year))
    .add('isnad:dateAsWritten', row.year.includes('/') ? text(row.year) : undefined)
    .add('isnad:venue', cell(row.venue))
    .add('isnad:doi', cell(row.doi))
    .add('isnad:isAbout', ...(subjects[row.id] ?? []).map((subject) => iri(find(subject))))
    .add('foaf:page', isWebAddress(other) ? iri(other) : undefined);
  if (other !== '' && !isWebAddress(other)) {
    const number = output
      .part('identifier', 'isnad:Identifier')
      .add('rdfs:label', text(other))
      .add('isnad:identifierValue', text(other))
      .add('isnad:identifierKind', concept('identifier-kind', other.slice(0, 4).toLowerCase()));
    output.add('isnad:identifier', iri(number.iri));
  }
  addSource(output, row);
};

/** Books, articles, editions, datasets; authors as words in order, with links where a name is sure. */
export const outputsGraph = (facts: Facts, agents: Agents, find: FindSubject): Graph => {
  const graph = createGraph('outputs');
  for (const row of facts.outputs) addOutput(graph, row, agents, find);
  return graph;
};
